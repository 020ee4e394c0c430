import { hash } from 'node:crypto'
import { canonical } from '../../../records/index.ts'
import { type BatchItem, batchLeaf, rootOf } from './batch.ts'
import { TriageError } from './errors.ts'

/** Somebody's part in it: a role, and a mark that stands for who it was. */
export interface CertifiedHand {
  readonly role: string
  /** lower-case hex: HMAC of the person's id under the archive's key, the same in every certificate of one archive */
  readonly person: string
  /** RFC 3339, UTC */
  readonly at: string
}

/** What was found when it was looked whether anything is left, counted. */
export interface Verified {
  /** files of recordings that are not there: all of the batch */
  readonly files_absent: number
  /** entries that hold no key of a recording any more: all of the batch */
  readonly entries_without_key: number
  /** what opens the details as they were sealed before: nothing that the service holds */
  readonly old_details: 'closed'
  /** the inventory from which the archive was taken in: removed then, and still not there */
  readonly inventory: 'absent'
  /** keys of the service that were tried on what is closed */
  readonly keys_tried: number
  /** recordings of the archive that stay, each sealed under the new key */
  readonly others_sealed_anew: number
}

/** A place where copies were or may be. By kind alone: what people call it stays in the service. */
export interface CertifiedPlace {
  readonly kind: string
  readonly found: string
  readonly count: number
}

/** What the destruction of a batch is certified by: ids, digests, counts, times and words of closed lists. */
export interface RecordingsDestruction {
  readonly archive: string
  readonly batch: string
  /** lower-case hex: RFC 6962 over the leaves */
  readonly root: string
  readonly items: readonly BatchItem[]
  /** length of all of them together, as far as it is known */
  readonly duration_ms: number
  readonly duration_unknown: number
  readonly proposed: CertifiedHand
  readonly approved: readonly CertifiedHand[]
  /** looked at again before: how many, how many were wrong, and the share that may be, rounded up */
  readonly sample?: { readonly id: string; readonly looked: number; readonly wrong: number; readonly at_most: number }
  readonly times: {
    /** matched again for the last time */
    readonly matched: string
    readonly keys_destroyed: string
    readonly verified: string
  }
  /** of the archive: under which key its details were sealed, and are */
  readonly generations: Span
  /** of the keyring */
  readonly epochs: Span
  readonly verified: Verified
  readonly places: readonly CertifiedPlace[]
  /** what is to be known beside it, by code */
  readonly exceptions: Readonly<Record<string, number>>
  /** where the log says that it was destroyed */
  readonly log: { readonly origin: string; readonly index: number }
  readonly at: string
}

interface Span {
  readonly before: number
  readonly after: number
}

/** A certificate as it is signed: the signature is over these bytes. */
export interface RecordingsCertificate {
  /** canonical JSON (RFC 8785), UTF-8 */
  readonly bytes: Buffer
  /** lower-case hex SHA-256 of them */
  readonly digest: string
}

const METHOD = 'keys destroyed under a change of epoch, files removed, absence verified'
const RESIDUAL_RISK =
  'It cannot be shown that nobody kept a copy outside this service, or a copy of a key before it was destroyed.'

/**
 * Writes the certificate of a batch that was destroyed (law rows E14, H14): without a number, a name or a path, or it would be
 * what was destroyed. Throws TriageError NOT_OF_ITS_FORM where a member could hold one, or where proposer and approvers are
 * not different people, or where the items are not those under the root.
 */
export function recordingsCertificate(told: RecordingsDestruction): RecordingsCertificate {
  check(told)
  const { archive, batch, root, items, duration_ms, duration_unknown, proposed, approved, sample, times } = told
  const { generations, epochs, verified, places, exceptions, log, at } = told
  const sum = items.reduce((all, item) => all + item.bytes, 0)
  // Member by member: whatever else the caller's object carries stays out.
  const json = canonical({
    format: 'peel-recordings-certificate/1',
    archive,
    batch,
    root,
    count: items.length,
    bytes: sum,
    hours: Math.round(duration_ms / 36_000) / 100,
    duration_ms,
    duration_unknown,
    classes: tally(items.map((item) => item.class)),
    rules: tally(items.map((item) => item.rule)),
    proposed: hand(proposed),
    approved: approved.map(hand),
    ...(sample !== undefined && {
      sample: { id: sample.id, looked: sample.looked, wrong: sample.wrong, at_most: sample.at_most },
    }),
    method: METHOD,
    times: { matched: times.matched, keys_destroyed: times.keys_destroyed, verified: times.verified },
    generations: { before: generations.before, after: generations.after },
    epochs: { before: epochs.before, after: epochs.after },
    verified: {
      files_absent: verified.files_absent,
      entries_without_key: verified.entries_without_key,
      old_details: verified.old_details,
      inventory: verified.inventory,
      keys_tried: verified.keys_tried,
      others_sealed_anew: verified.others_sealed_anew,
    },
    places: places.map(({ kind, found, count }) => ({ kind, found, count })),
    exceptions,
    log: { origin: log.origin, index: log.index },
    at,
    residual_risk: RESIDUAL_RISK,
  })
  return { bytes: Buffer.from(json), digest: hash('sha256', json, 'hex') }
}

/** The leaves under the root, one a line, in their order: with them anybody computes the root again. */
export function leavesOf(items: readonly BatchItem[]): string {
  return items.map((item) => `${batchLeaf(item)}\n`).join('')
}

function hand({ role, person, at }: CertifiedHand): CertifiedHand {
  return { role, person, at }
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

// Nothing that is only digits: it could be somebody's telephone number.
const ID = /^(?!\d{7,}$)[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/
const DIGEST = /^[0-9a-f]{64}$/
const CODE = /^[a-z][a-z0-9_]{0,63}$/
const ORIGIN = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/

function check(told: RecordingsDestruction): void {
  const { items, proposed, approved, sample, times, generations, epochs, verified, places, log } = told
  const people = [proposed, ...approved].map(({ person }) => person)
  const right: Readonly<Record<string, boolean>> = {
    archive: ID.test(told.archive),
    batch: ID.test(told.batch),
    root: rootOf(items) === told.root,
    items: items.length > 0,
    duration: whole(told.duration_ms) && whole(told.duration_unknown),
    proposed: isHand(proposed),
    approved: approved.length > 0 && approved.every(isHand) && new Set(people).size === people.length,
    sample: sample === undefined || isSample(sample),
    times: Object.values(times).every((time) => INSTANT.test(time)),
    generations: rises(generations),
    epochs: rises(epochs),
    verified: verified.files_absent === items.length && verified.entries_without_key === items.length,
    others: whole(verified.keys_tried) && whole(verified.others_sealed_anew),
    places: places.every(({ kind, found, count }) => CODE.test(kind) && CODE.test(found) && whole(count)),
    exceptions: Object.entries(told.exceptions).every(([code, count]) => CODE.test(code) && whole(count)),
    log: ORIGIN.test(log.origin) && whole(log.index),
    at: INSTANT.test(told.at),
  }
  const wrong = Object.keys(right).find((name) => right[name] === false)
  if (wrong !== undefined) throw new TriageError('NOT_OF_ITS_FORM', `${wrong} of a certificate is not of its form`)
}

function isHand({ role, person, at }: CertifiedHand): boolean {
  return CODE.test(role) && DIGEST.test(person) && INSTANT.test(at)
}

function whole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isSample({ id, looked, wrong, at_most }: NonNullable<RecordingsDestruction['sample']>): boolean {
  return ID.test(id) && whole(looked) && whole(wrong) && wrong <= looked && at_most >= 0 && at_most <= 1
}

function rises({ before, after }: Span): boolean {
  return whole(before) && whole(after) && after > before
}
