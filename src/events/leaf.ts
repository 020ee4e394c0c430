import { EventError } from './errors.ts'
import { isPseudonym } from './pseudonym.ts'
import { type EventKind, isEventKind, kindOf } from './registry.ts'

/** One entry of the log. Names nobody and nothing. */
export interface Leaf {
  /** index of the leaf that granted the authorisation */
  readonly a?: number
  /** the case's pseudonym */
  readonly c?: string
  /** base64url SHA-256 over the bytes of the envelope */
  readonly e: string
  /** kind; may be none that this version knows */
  readonly k: string
  /** number within the case, from 1 */
  readonly n?: number
  /** time to the minute, in UTC */
  readonly t: string
  readonly v: 1
}

/** What a leaf is made of. */
export interface LeafParts {
  readonly kind: EventKind
  /** base64url, as `sealEvent` gives it */
  readonly digest: string
  readonly at: Date
  readonly casePseudonym?: string
  /** number within the case: 1 for its first event, then without a gap */
  readonly n?: number
  /** index in the log of the leaf that granted the authorisation */
  readonly authorisation?: number
}

/** No leaf is longer, in bytes. */
export const MAX_LEAF = 1024

const DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
const KIND = /^[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*$/
const MINUTE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\dZ$/

/**
 * Writes the leaf of an event: JSON in canonical form (RFC 8785), at most 1 KiB. Throws EventError `BAD_EVENT` when the registry
 * wants a case or an authorisation and none is given, or the other way round.
 */
export function leafFor({ kind, digest, at, casePseudonym, n, authorisation }: LeafParts): Uint8Array {
  if (!isEventKind(kind)) throw bad('UNKNOWN_KIND', 'there is no such kind of event')
  const { inCase, under } = kindOf(kind)
  if ((casePseudonym === undefined) !== (n === undefined))
    throw bad('BAD_EVENT', `${kind}: a case and the number within it come together`)
  if (inCase === 'always' && n === undefined) throw bad('BAD_EVENT', `${kind} belongs to a case`)
  if (inCase === 'never' && n !== undefined) throw bad('BAD_EVENT', `${kind} belongs to no case`)
  if ((under === 'live' || under === 'granted') && authorisation === undefined)
    throw bad('BAD_EVENT', `${kind} happens under an authorisation`)
  if (under === 'never' && authorisation !== undefined) throw bad('BAD_EVENT', `${kind} happens under no authorisation`)
  const leaf: Leaf = {
    ...(authorisation === undefined ? {} : { a: authorisation }),
    ...(casePseudonym === undefined ? {} : { c: casePseudonym }),
    e: digest,
    k: kind,
    ...(n === undefined ? {} : { n }),
    t: minuteOf(at),
    v: 1,
  }
  if (!isLeaf(leaf)) throw bad('BAD_EVENT', `${kind}: a part of the leaf is not of its form`)
  return Buffer.from(writeLeaf(leaf))
}

/**
 * Reads a leaf, as hostile input; `leafFor` is the inverse. Throws EventError `NOT_A_LEAF` for anything but the one way of writing
 * it. Its kind may be one that is not in the registry.
 */
export function parseLeaf(bytes: Uint8Array): Leaf {
  if (bytes.length > MAX_LEAF) throw notALeaf()
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw notALeaf(cause)
  }
  // Written anew and compared: no member more, none twice, no second way of writing the same.
  if (!isLeaf(json) || writeLeaf(json) !== text) throw notALeaf()
  return json
}

function isLeaf(value: unknown): value is Leaf {
  if (typeof value !== 'object' || value === null) return false
  const { a, c, e, k, n, t, v } = value as Record<string, unknown>
  return (
    (a === undefined || isCount(a)) &&
    (c === undefined ? n === undefined : isPseudonym(c) && isCount(n) && n > 0) &&
    typeof e === 'string' &&
    DIGEST.test(e) &&
    typeof k === 'string' &&
    k.length <= 64 &&
    KIND.test(k) &&
    typeof t === 'string' &&
    MINUTE.test(t) &&
    v === 1
  )
}

// Every member is plain ASCII without anything to escape, and the names stand in the order of RFC 8785 §3.2.3.
function writeLeaf({ a, c, e, k, n, t }: Leaf): string {
  const under = a === undefined ? '' : `"a":${a},`
  const inCase = c === undefined ? '' : `"c":"${c}",`
  const number = n === undefined ? '' : `"n":${n},`
  return `{${under}${inCase}"e":"${e}","k":"${k}",${number}"t":"${t}","v":1}`
}

function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function bad(code: 'BAD_EVENT' | 'UNKNOWN_KIND', message: string): EventError {
  return new EventError(code, message, 'see what the registry says of this kind')
}

function notALeaf(cause?: unknown): EventError {
  return new EventError(
    'NOT_A_LEAF',
    'this is no leaf of the log',
    'check that the entry is whole and as it was written',
    {
      cause,
    },
  )
}
