import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { type Batch, freezeBatch, TriageError } from '../../../recordings/index.ts'
import type { Tables } from '../../../store/index.ts'
import { ActionError, mustBeValid } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { withArchiveKeys } from '../details.ts'
import { type BatchFilter, chooseItems, countFree } from './choose-items.ts'
import { matchingId } from './frozen-batch.ts'
import { finishedSample, foundWrong, type SampleResult } from './sample-result.ts'

/** A batch as somebody proposes it. */
export interface BatchProposal extends BatchFilter {
  readonly archiveId: string
  readonly reasons: string
}

/** Of more recordings than these two people approve, beside whoever proposes. */
export const ONE_APPROVER = 10_000
const LONGEST = 2000

/** What is wrong with it, by field. */
export function batchFaults({ reasons, phones, months }: Omit<BatchProposal, 'archiveId'>): {
  field: 'reasons' | 'phones' | 'months'
  says: string
}[] {
  return [
    ...(reasons.trim() === '' ? [{ field: 'reasons', says: 'Enter why they are to be destroyed' } as const] : []),
    ...(reasons.length > LONGEST ? [{ field: 'reasons', says: 'Use 2,000 characters or fewer' } as const] : []),
    ...(phones !== undefined && (phones.length === 0 || !phones.every((phone) => Number.isInteger(phone) && phone > 0))
      ? [{ field: 'phones', says: 'Enter phones by their numbers in the archive, such as 1, 2, 12' } as const]
      : []),
    ...(months !== undefined && (months.length === 0 || !months.every((month) => /^\d{4}-(0[1-9]|1[0-2])$/.test(month)))
      ? [{ field: 'months', says: 'Enter months as year and month, such as 2018-03' } as const]
      : []),
  ]
}

/**
 * Proposes that recordings be destroyed: the first of two people, or of three (law rows E14, H14). Takes everything of class E with its exact copies that is
 * in no other batch, or what a filter leaves of it, as the last matching found it, and freezes it under a root. Gives the batch's id. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `NOT_MATCHED`, `NO_SAMPLE` where nobody has looked at a sample of this matching to its end, `NOTHING`.
 */
export async function proposeBatch(ops: Ops, actor: Actor, input: BatchProposal): Promise<string> {
  await askFirst(ops, actor, 'batch.propose')
  const { id: archive } = await archiveRow(ops, input.archiveId)
  mustBeValid(batchFaults(input))
  const id = newId(ops.random)
  await ops.store.db.transaction().execute(async (db) => {
    // One proposal at a time, so that no recording is in two. A hold may be set meanwhile: it is asked when somebody approves, and again before anything goes.
    const row = await db
      .selectFrom('archives')
      .selectAll()
      .where('id', '=', archive)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    if (row.state !== 'matched')
      throw new ActionError('NOT_NOW', 'NOT_MATCHED', 'this archive is not matched', 'match it first')
    const sample = await finishedSample(db, archive, row.matching)
    if (sample === undefined)
      throw new ActionError(
        'NOT_NOW',
        'NO_SAMPLE',
        'nobody has looked at a sample of what this matching proposes',
        'draw a sample, and look at all of it',
      )
    const { matches, ids, durationMs } = await chooseItems(db, row, input)
    const isMuch = matches.length > ONE_APPROVER || sample.wrong > 0 || (await foundWrong(db, archive))
    const at = ops.now()
    const batch = await withArchiveKeys(ops, row, ({ marks }) =>
      freeze(() =>
        freezeBatch(
          matches,
          {
            id,
            proposer: actor.id,
            proposedAt: at.toISOString(),
            approvals: isMuch ? 2 : 1,
            decision: matchingId(archive, row.matching),
            key: marks,
          },
          ids,
        ),
      ),
    )
    const reasons = input.reasons.trim()
    const about = { archive, batch: id, root: batch.root }
    const bytes = batch.items.reduce((sum, item) => sum + item.bytes, 0)
    await ops.journal.record({
      kind: 'batch.proposed',
      actor: actor.id,
      details: {
        ...about,
        items: batch.items.length,
        bytes,
        approvals: batch.approvals,
        sample: sample.id,
        reasons: hash('sha256', reasons, 'hex'),
      },
    })
    await keep(db, batch, {
      archive,
      matching: row.matching,
      sample,
      actor: actor.id,
      at,
      reasons,
      bytes,
      durationMs,
    })
  })
  return id
}

/** What whoever is about to propose is told: how much there is, and what the sample of the last matching found. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readToPropose(
  ops: Ops,
  actor: Actor,
  archiveId: string,
): Promise<{ title: string; isMatched: boolean; free: number; copies: number; sample?: SampleResult }> {
  await askFirst(ops, actor, 'batch.propose')
  const row = await archiveRow(ops, archiveId)
  const { db } = ops.store
  const sample = await finishedSample(db, row.id, row.matching)
  return {
    title: row.title,
    isMatched: row.state === 'matched',
    ...(await countFree(db, row)),
    ...(sample !== undefined && { sample }),
  }
}

/** Something to propose, or a sentence that there is nothing. */
function freeze(make: () => Batch): Batch {
  try {
    return make()
  } catch (error) {
    if (error instanceof TriageError && error.code === 'EMPTY')
      throw new ActionError('NOT_NOW', 'NOTHING', 'no recording may be proposed', 'look at what is in other batches')
    throw error
  }
}

interface Kept {
  readonly archive: string
  readonly matching: number
  readonly sample: SampleResult
  readonly actor: string
  readonly at: Date
  readonly reasons: string
  readonly bytes: number
  readonly durationMs: number
}

async function keep(db: Kysely<Tables>, { id, items, root, approvals }: Batch, kept: Kept): Promise<void> {
  await db
    .insertInto('batches')
    .values({
      id,
      archive_id: kept.archive,
      matching: kept.matching,
      sample_id: kept.sample.id,
      proposed_by: kept.actor,
      proposed_at: kept.at,
      reasons: kept.reasons,
      approvals,
      root,
      items: items.length,
      bytes: kept.bytes,
      duration_ms: kept.durationMs,
      state: 'proposed',
    })
    .execute()
  // As columns: two hundred thousand rows are one statement of seven values.
  const column = <T>(of: (item: (typeof items)[number]) => T): T[] => items.map(of)
  await sql`
    INSERT INTO batch_items (batch_id, item_id, mark, class, rule, decision, follows)
    SELECT ${id}, * FROM unnest(
      ${column((item) => item.id)}::text[], ${column((item) => item.mark)}::text[], ${column((item) => item.class)}::text[],
      ${column((item) => item.rule)}::text[], ${column((item) => item.decision)}::text[],
      ${column((item) => item.follows ?? null)}::text[])`.execute(db)
}
