import type { Leaf } from './leaf.ts'
import { type EventKind, isEventKind, kindOf } from './registry.ts'

/** What does not hold among leaves. */
export const FINDINGS = {
  UNKNOWN_KIND: 'the kind is not in the registry',
  CASE_MISSING: 'an event of this kind belongs to a case',
  CASE_UNEXPECTED: 'an event of this kind belongs to no case',
  GAP: 'events of the case are missing before this one',
  NUMBER_REPEATED: 'the number within the case was given before',
  AUTHORISATION_MISSING: 'an event of this kind happens under an authorisation, and none is named',
  AUTHORISATION_UNEXPECTED: 'an event of this kind happens under no authorisation',
  NOT_GRANTED: 'what it points to is not an earlier grant in the same case',
  AUTHORISATION_ENDED: 'the authorisation had expired, was varied, or was withdrawn',
  NOT_STARTED: 'an extraction ends that was not started',
  NOT_PROPOSED: 'a destruction was decided that was not proposed',
  NOT_AUTHORISED: 'something was destroyed without the second yes',
  NOTHING_EXTRACTED: 'something was read before an extraction had finished',
  AFTER_DESTRUCTION: 'something was read after it was destroyed',
} as const
export type FindingCode = keyof typeof FINDINGS

export interface Finding {
  /** of the leaf in the log */
  readonly index: number
  readonly code: FindingCode
  readonly says: string
}

/** What is known of one grant and everything done under it. */
interface Grant {
  readonly pseudonym: string
  ended: boolean
  running: number
  held: number
  destroyed: number
  proposed: number
  approved: number
}

/** Kinds that let somebody see what was taken. */
const READS = /^(?:item\..*|extract\.(?:opened|combined)|key\.granted)$/

/**
 * Holds the leaves of a log to what must be true among them, without opening anything personal. Feed all, in order, from the first.
 * Constant time a leaf; memory grows with cases and grants, not with leaves.
 */
export class LeafInvariants {
  readonly #numbers = new Map<string, number>()
  readonly #grants = new Map<number, Grant>()
  #index = 0
  /** whether the log goes on from one that cannot be seen: the numbers of its cases may begin anywhere */
  #continued = false

  /** Takes the next leaf, and gives what does not hold of it. */
  add(leaf: Leaf): Finding[] {
    const index = this.#index++
    const codes: FindingCode[] = []
    this.#checkNumber(leaf, codes)
    if (!isEventKind(leaf.k)) codes.push('UNKNOWN_KIND')
    else {
      if (leaf.k === 'log.restored' && index === 0) this.#continued = true
      this.#checkPlace(leaf, leaf.k, codes)
      const grant = this.#checkGrant(leaf, leaf.k, codes)
      if (grant) follow(grant, leaf.k, codes)
      if (leaf.k === 'authorisation.granted' && leaf.c !== undefined)
        this.#grants.set(index, {
          pseudonym: leaf.c,
          ended: false,
          running: 0,
          held: 0,
          destroyed: 0,
          proposed: 0,
          approved: 0,
        })
    }
    return codes.map((code) => ({ index, code, says: FINDINGS[code] }))
  }

  #checkNumber({ c, n }: Leaf, codes: FindingCode[]): void {
    if (c === undefined || n === undefined) return
    const last = this.#numbers.get(c)
    if (last === undefined ? n > 1 && !this.#continued : n > last + 1) codes.push('GAP')
    if (last !== undefined && n <= last) codes.push('NUMBER_REPEATED')
    if (last === undefined || n > last) this.#numbers.set(c, n)
  }

  #checkPlace({ a, c }: Leaf, kind: EventKind, codes: FindingCode[]): void {
    const { inCase, under } = kindOf(kind)
    if (inCase === 'always' && c === undefined) codes.push('CASE_MISSING')
    if (inCase === 'never' && c !== undefined) codes.push('CASE_UNEXPECTED')
    if ((under === 'live' || under === 'granted') && a === undefined) codes.push('AUTHORISATION_MISSING')
    if (under === 'never' && a !== undefined) codes.push('AUTHORISATION_UNEXPECTED')
  }

  #checkGrant({ a, c }: Leaf, kind: EventKind, codes: FindingCode[]): Grant | undefined {
    const { under } = kindOf(kind)
    if (a === undefined || under === 'never') return undefined
    const grant = this.#grants.get(a)
    if (grant === undefined || grant.pseudonym !== c) {
      codes.push('NOT_GRANTED')
      return undefined
    }
    if (under === 'live' && grant.ended) codes.push('AUTHORISATION_ENDED')
    return grant
  }
}

/** Moves a grant on by one event under it. */
function follow(grant: Grant, kind: EventKind, codes: FindingCode[]): void {
  switch (kind) {
    case 'authorisation.varied':
    case 'authorisation.expired':
    case 'authorisation.withdrawn':
    case 'agreement.withdrawn':
      grant.ended = true
      return
    case 'extraction.started':
    case 'extraction.begun_by_hand':
      grant.running++
      return
    case 'extraction.finished':
      grant.held++
      endExtraction(grant, codes)
      return
    case 'extraction.failed':
    case 'extraction.cancelled':
    // By hand nothing comes to be held here.
    case 'extraction.recorded_by_hand':
      endExtraction(grant, codes)
      return
    case 'destruction.proposed':
      grant.proposed++
      return
    case 'destruction.authorised':
    case 'destruction.refused':
      if (grant.proposed === 0) codes.push('NOT_PROPOSED')
      else grant.proposed--
      if (kind === 'destruction.authorised') grant.approved++
      return
    case 'destruction.done':
    case 'extract.resealed':
      if (grant.approved === 0) codes.push('NOT_AUTHORISED')
      else grant.approved--
      if (kind === 'destruction.done') grant.destroyed++
      return
    default:
      if (READS.test(kind) && grant.held <= grant.destroyed)
        codes.push(grant.held === 0 ? 'NOTHING_EXTRACTED' : 'AFTER_DESTRUCTION')
  }
}

function endExtraction(grant: Grant, codes: FindingCode[]): void {
  if (grant.running === 0) codes.push('NOT_STARTED')
  else grant.running--
}
