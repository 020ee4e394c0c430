import { hash } from 'node:crypto'
import { canonical, type RecordKind } from '../records/index.ts'
import { RetentionError } from './errors.ts'

/** What a destruction is certified by. Nothing in it can hold a word: ids, digests, counts, days and closed lists alone. */
export interface Destruction {
  /** the extract's opaque id */
  readonly extract: string
  /** lower-case hex: the Merkle root over the records taken */
  readonly root: string
  /** lower-case hex: the root over what stayed; given exactly where the extract was rewritten without the rest */
  readonly root_after?: string
  /** lower-case hex: the digest of the authorisation under which they were taken */
  readonly authorisation: string
  /** how many records of each kind went, and how many files */
  readonly records: Readonly<Partial<Record<RecordKind, number>>>
  readonly files: number
  /** which rules of which schedule it was due under */
  readonly schedule: { readonly version: number; readonly digest: string }
  readonly reasons: readonly string[]
  /** ids of the roles and of the people in them, never names (law row H14: two of them, not the same) */
  readonly proposed: Hand
  readonly approved: Hand
  readonly method: 'key_destroyed' | 'rewritten_without'
  /** the keyring before and after: the key is in the one and not in the other */
  readonly epochs: { readonly before: number; readonly after: number }
  readonly copies: readonly { readonly id: string; readonly found: 'gone' | 'cannot_be_opened' | 'not_reached' }[]
  /** index of the leaf in the log that says so */
  readonly log: { readonly origin: string; readonly index: number }
  /** RFC 3339 in UTC */
  readonly at: string
}

export interface Hand {
  readonly role: string
  readonly person: string
  readonly at: string
}

/** A certificate as it is signed. */
export interface Certificate {
  /** canonical JSON (RFC 8785) */
  readonly json: string
  /** lower-case hex SHA-256 of it */
  readonly digest: string
}

/** Printed in every certificate, because no certificate can promise more. */
export const RESIDUAL_RISK =
  'It cannot be shown that nobody kept a copy outside this service, or a copy of the key before it was destroyed.'

/**
 * Writes the certificate of a destruction: what went, by metadata alone (law rows D7, E14). Throws RetentionError SAME_PERSON
 * where one person proposed and approved, CERTIFICATE_INVALID where a member is not of its form: an id or digest that holds
 * anything else could hold a name.
 */
export function certificate(destruction: Destruction): Certificate {
  if (fold(destruction.proposed.person) === fold(destruction.approved.person))
    throw new RetentionError('SAME_PERSON', 'one person proposed and approved', 'have another person approve')
  check(destruction)
  const {
    extract,
    root,
    root_after,
    authorisation,
    records,
    files,
    schedule,
    reasons,
    proposed,
    approved,
    method,
    epochs,
    copies,
    log,
    at,
  } = destruction
  // Member by member: whatever else the caller's object carries stays out.
  const json = canonical({
    format: 'peel-destruction/1',
    extract,
    root,
    ...(root_after === undefined ? {} : { root_after }),
    authorisation,
    records,
    files,
    schedule: { version: schedule.version, digest: schedule.digest },
    reasons: [...reasons].sort(),
    proposed: hand(proposed),
    approved: hand(approved),
    method,
    epochs: { before: epochs.before, after: epochs.after },
    copies: copies.map(({ id, found }) => ({ id, found })),
    log: { origin: log.origin, index: log.index },
    at,
    residual_risk: RESIDUAL_RISK,
  })
  return { json, digest: hash('sha256', json, 'hex') }
}

function hand({ role, person, at }: Hand): Hand {
  return { role, person, at }
}

// Nothing that is only digits: it could be somebody's telephone number.
const ID = /^(?!\d{7,}$)[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/
const ORIGIN = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/
const DIGEST = /^[0-9a-f]{64}$/
const CODE = /^[a-z][a-z0-9_]{0,63}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/

function check(d: Destruction): void {
  const whole = (value: number) => Number.isSafeInteger(value) && value >= 0
  const right: Readonly<Record<string, boolean>> = {
    extract: ID.test(d.extract),
    root: DIGEST.test(d.root),
    root_after: d.method === 'rewritten_without' ? DIGEST.test(d.root_after ?? '') : d.root_after === undefined,
    authorisation: DIGEST.test(d.authorisation),
    records: Object.entries(d.records).every(([kind, value]) => CODE.test(kind) && whole(value)),
    files: whole(d.files),
    schedule: whole(d.schedule.version) && DIGEST.test(d.schedule.digest),
    reasons: d.reasons.length > 0 && d.reasons.every((code) => CODE.test(code)),
    proposed: isHand(d.proposed),
    approved: isHand(d.approved),
    method: d.method === 'key_destroyed' || d.method === 'rewritten_without',
    epochs: whole(d.epochs.before) && whole(d.epochs.after) && d.epochs.after > d.epochs.before,
    copies: d.copies.every(
      ({ id, found }) => ID.test(id) && ['gone', 'cannot_be_opened', 'not_reached'].includes(found),
    ),
    log: ORIGIN.test(d.log.origin) && whole(d.log.index),
    at: INSTANT.test(d.at),
  }
  const wrong = Object.keys(right).find((name) => right[name] === false)
  if (wrong !== undefined)
    throw new RetentionError(
      'CERTIFICATE_INVALID',
      `${wrong} is not of its form`,
      'give ids, digests, counts and UTC instants alone',
    )
}

function isHand({ role, person, at }: Hand): boolean {
  return CODE.test(role) && ID.test(person) && INSTANT.test(at)
}

/** Case, spaces and dashes do not make another person. */
function fold(id: string): string {
  return id
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
