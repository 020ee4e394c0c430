import { canonical } from '../../../records/index.ts'
import { leafHash, merkleRoot } from '../../../tlog/index.ts'
import type { Item } from '../match/item.ts'
import type { Match } from '../match/match.ts'
import { TriageError } from './errors.ts'
import { mark } from './mark.ts'

/** One thing that a batch proposes to destroy. */
export interface BatchItem {
  /** as the archive has it; never in a leaf */
  readonly id: string
  /** HMAC-SHA-256 of it under the archive's key, lower-case hex */
  readonly mark: string
  readonly sha256: string
  readonly bytes: number
  readonly class: 'E' | 'F'
  /** of an exact copy: the id of what it follows */
  readonly follows?: string
  /** code of the reason: it has no tie, everything that spoke for keeping it was settled, or it is a copy of such a thing */
  readonly rule: 'no_tie' | 'released' | 'exact_copy'
  /** id of the decision by which its class was settled: of what was released, the release */
  readonly decision: string
}

/** What is proposed for destruction, frozen: whatever changes in it is another root. */
export interface Batch {
  readonly id: string
  /** id of who proposes */
  readonly proposer: string
  /** RFC 3339, UTC */
  readonly proposedAt: string
  /** how many people other than the proposer must approve */
  readonly approvals: 1 | 2
  /** in the order of their marks, which is that of the leaves */
  readonly items: readonly BatchItem[]
  /** lower-case hex: RFC 6962 over the leaves */
  readonly root: string
}

/** What must be known of a match to freeze it. */
export type Freezable = Pick<Match, 'class' | 'follows' | 'released'> & {
  readonly item: Pick<Item, 'id' | 'sha256' | 'bytes'>
}

export interface Proposal {
  readonly id: string
  readonly proposer: string
  readonly proposedAt: string
  readonly approvals?: 1 | 2
  /** id of the decision by which the classes of these items were settled, but of those that were released */
  readonly decision: string
  /** the archive's key, 32 bytes or more, for marks */
  readonly key: Uint8Array
}

/**
 * Freezes a batch of items of class E, all their exact copies with them; without `ids`, of every one there is. Throws TriageError
 * NOT_PROPOSED where an id is of no item of class E, EMPTY, NOT_OF_ITS_FORM.
 */
export function freezeBatch(matches: readonly Freezable[], proposal: Proposal, ids?: Iterable<string>): Batch {
  const { id, proposer, proposedAt, approvals = 1, decision, key } = proposal
  if (![id, proposer, decision].every((one) => ID.test(one)) || !INSTANT.test(proposedAt))
    throw new TriageError('NOT_OF_ITS_FORM', 'ids are opaque, and the time is RFC 3339 in UTC')
  const free = new Set(matches.filter((match) => match.class === 'E').map(({ item }) => item.id))
  const chosen = ids === undefined ? free : new Set(ids)
  for (const one of chosen)
    if (!free.has(one)) throw new TriageError('NOT_PROPOSED', 'an item is not of class E, or is not there')
  const items = matches.flatMap((match) => {
    const { item, follows } = match
    if (!chosen.has(follows?.id ?? item.id)) return []
    return [itemOf(match, mark(key, 'item', item.id), decision)]
  })
  if (items.length === 0) throw new TriageError('EMPTY', 'nothing is in it')
  items.sort((a, b) => (a.mark < b.mark ? -1 : 1))
  return { id, proposer, proposedAt, approvals, items, root: rootOf(items) }
}

// Nothing that is only digits: it could be somebody's telephone number.
const ID = /^(?!\d{7,}$)[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/
const DIGEST = /^[0-9a-f]{64}$/

function itemOf({ item, follows, released }: Freezable, itemMark: string, decided: string): BatchItem {
  const { id, sha256, bytes } = item
  if (!DIGEST.test(sha256) || !Number.isSafeInteger(bytes) || bytes < 0)
    throw new TriageError('NOT_OF_ITS_FORM', 'a digest is 64 hexadecimal digits, and a size a whole number')
  const decision = released ?? decided
  if (!ID.test(decision)) throw new TriageError('NOT_OF_ITS_FORM', 'ids are opaque')
  const common = { id, mark: itemMark, sha256, bytes, decision }
  return follows === undefined
    ? { ...common, class: 'E', rule: released === undefined ? 'no_tie' : 'released' }
    : { ...common, class: 'F', rule: 'exact_copy', follows: follows.id }
}

/** The leaf of an item: canonical JSON (RFC 8785) without its id, and nothing in it that tells of a person. */
export function batchLeaf({ mark, sha256, bytes, class: found, rule, decision }: BatchItem): string {
  return canonical({ bytes, class: found, decision, id: mark, rule, sha256 })
}

/** Lower-case hex. */
export function rootOf(items: readonly BatchItem[]): string {
  return merkleRoot(items.map((item) => leafHash(batchLeaf(item)))).toString('hex')
}
