import { hash } from 'node:crypto'
import { readStatement } from '../../authorisation/index.ts'
import { canonical } from '../../records/index.ts'
import { applySchedule, STARTING_SCHEDULE } from '../../retention/index.ts'
import { openEnvelope } from '../../signature/index.ts'
import { ActionError, mustBeValid, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { type Grant, grantOf, underGrant } from '../extraction/live-grant.ts'
import { inside } from '../inside.ts'
import type { Actor, Ops } from '../ops.ts'
import { newExtract } from '../retention/new-extract.ts'
import {
  askedFor,
  type ByHand,
  type HandMethod,
  type HandSource,
  type Present,
  type Seen,
  seenByKind,
} from './by-hand.ts'

/** What whoever looked says of it. A number that was not given is NaN. */
export interface SaidByHand {
  readonly to: Date
  readonly present: readonly Present[]
  /** in the order of `askedFor` */
  readonly counts: readonly number[]
  readonly excess: number
  readonly pictures: number
  readonly keptAs: string
  /** that nothing else was photographed, written down or kept */
  readonly nothingElse: boolean
}

export interface HandFault {
  /** a field of `SaidByHand`; of counts `counts-0`, `counts-1` … */
  readonly field: string
  readonly says: string
}

const MOST = 1_000_000
const EXHIBIT = /^[A-Za-z0-9](?:[A-Za-z0-9 ._/-]{0,38}[A-Za-z0-9])?$/

/** What is wrong with what was said, by field. `asked`: how many counts are wanted. */
export function handFaults(
  said: SaidByHand,
  { asked, method, from, now }: { asked: number; method: HandMethod; from: Date; now: Date },
): HandFault[] {
  const { to, present, counts, excess, pictures, keptAs, nothingElse } = said
  const isCount = (value: number | undefined) =>
    Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MOST
  const faults: HandFault[] = []
  const fault = (field: string, says: string) => faults.push({ field, says })
  if (to < from) fault('to', 'It cannot have ended before it was begun')
  if (to > now) fault('to', 'It cannot have ended later than now')
  if (present.length === 0) fault('present', 'Select who was there')
  if (present.includes('nobody') && present.length > 1) fault('present', 'Select who was there, or “Nobody else”')
  for (let at = 0; at < asked; at++)
    if (!isCount(counts[at])) fault(`counts-${at}`, 'enter how many were seen, 0 if none')
  if (!isCount(excess)) fault('excess', 'Enter how many other things were seen: a whole number')
  if (method !== 'screen') {
    if (!isCount(pictures)) fault('pictures', 'Enter how many were made: a whole number, 0 if none')
    else if (pictures > 0) {
      if (!EXHIBIT.test(keptAs)) fault('keptAs', 'Enter the exhibit number as which they are kept')
      if (counts.every((count) => count === 0))
        fault('pictures', 'You say that nothing authorised was seen: pictures or copies may be made of nothing else')
    }
  }
  if (!nothingElse) fault('nothingElse', 'Confirm that nothing else is kept. If something is, report it as a breach')
  return faults
}

/**
 * Records what came of a device that was looked at by hand: how many of what was authorised were seen, and what beside it; how many pictures or
 * copies were made, and where they are (law rows B10, B21, B26). Also where the authorisation ended meanwhile: what was done is on record. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_NOW `RECORDED`, NOT_VALID.
 */
export async function recordByHand(ops: Ops, actor: Actor, id: string, said: SaidByHand): Promise<void> {
  await mustAllow(ops, actor, 'extraction.start', { of: 'extraction', id })
  const found = await ops.store.db
    .selectFrom('extractions')
    .select('request_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw notFound()
  const grant = await grantOf(ops, found.request_id)
  const { authorisation, digest } = statementOf(grant)
  const asked = askedFor(authorisation.scope)
  await ops.store.db.transaction().execute(async (db) => {
    // Two who record the same wait for each other, and the second finds it recorded.
    const row = await db
      .selectFrom('extractions')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const source = row.source as unknown as HandSource
    if (source.kind !== 'hand') throw notFound()
    if (row.state !== 'looking' || row.started_at === null)
      throw new ActionError('NOT_NOW', 'RECORDED', 'what was looked at is on record already', 'see what it says')
    const now = ops.now()
    const { method } = source
    mustBeValid(handFaults(said, { asked: asked.length, method, from: row.started_at, now }))
    const pictures = method === 'screen' ? 0 : said.pictures
    const end = await endOf(inside(ops, db), grant)
    const record: ByHand = {
      method,
      from: row.started_at.toISOString(),
      to: said.to.toISOString(),
      present: said.present,
      seen: asked.map((one, at): Seen => ({ ...one, count: said.counts[at] ?? 0 })),
      excess: said.excess,
      pictures,
      ...(pictures > 0 && {
        kept_as: said.keptAs,
        review_on: applySchedule(newExtract(id, grant.case, grant.device, now), STARTING_SCHEDULE, now).reviewOn,
      }),
      late: end !== undefined && said.to > end,
      authorisation: digest,
      recorded_by: actor.id,
    }
    await ops.journal.record({
      kind: 'extraction.recorded_by_hand',
      actor: actor.id,
      ...underGrant(grant),
      details: {
        extraction: id,
        authorisation: digest,
        method,
        from: record.from,
        to: record.to,
        late: record.late,
        seen: seenByKind(record.seen) as Record<string, number>,
        excess: record.excess,
        pictures,
        record: hash('sha256', canonical(record), 'hex'),
      },
    })
    await db
      .updateTable('extractions')
      .set({ state: 'recorded', result: JSON.stringify(record), finished_at: now, progress: '{}' })
      .where('id', '=', id)
      .execute()
  })
}

/** What was authorised, of a grant that was made here. */
export function statementOf({ envelope }: Pick<Grant, 'envelope'>) {
  const statement = readStatement(openEnvelope(envelope).payload)
  if (!('authorisation' in statement)) throw new TypeError('a grant without an authorisation')
  return statement
}

/** When a grant ended, or ends; undefined where it has no end. */
async function endOf({ store: { db } }: Ops, { request, validUntil }: Grant): Promise<Date | undefined> {
  const row = await db
    .selectFrom('decisions')
    .select('ended_at')
    .where('request_id', '=', request.id)
    .where('outcome', '=', 'granted')
    .executeTakeFirst()
  return row?.ended_at ?? validUntil ?? undefined
}
