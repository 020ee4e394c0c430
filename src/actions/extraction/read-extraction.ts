import type { Scope } from '../../scope/index.ts'
import type { ExtractionState, StopReason } from '../../store/index.ts'
import { readStatement } from '../../authorisation/index.ts'
import { openEnvelope } from '../../signature/index.ts'
import { notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { type Measure, measureOf } from '../measure/measure.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantOf } from './live-grant.ts'
import type { Result } from './result.ts'
import type { Source } from './start-extraction.ts'

/** One extraction as its pages show it. */
export interface Extraction {
  readonly id: string
  readonly requestId: string
  readonly caseId: string
  readonly caseReference: string
  readonly reference: string
  readonly exhibit: string
  readonly device: string
  readonly state: ExtractionState
  readonly source: Source
  readonly queuedAt: Date
  readonly startedAt: Date | undefined
  readonly finishedAt: Date | undefined
  readonly stop: StopReason | undefined
  readonly progress: { readonly file?: number; readonly files?: number; readonly taken?: number }
  readonly result: Result | undefined
  readonly failure: string | undefined
  readonly receiptGiven: boolean
  /** of recordings that were kept from an archive: which, and nobody gets a receipt */
  readonly fromArchive: string | undefined
  readonly validUntil: Date | undefined
  readonly scope: Scope
  readonly holding:
    | { readonly reviewOn: string; readonly owner: string; readonly destroyedAt: Date | undefined }
    | undefined
  /** records that somebody has set apart as taken in excess since */
  readonly excess: number
  /** how much of what was taken was needed, with what was destroyed since */
  readonly measure: Measure
}

/** Reads one extraction. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readExtraction(ops: Ops, actor: Actor, id: string): Promise<Extraction> {
  await mustAllow(ops, actor, 'extraction.see', { of: 'extraction', id })
  const { db } = ops.store
  const row = await db.selectFrom('extractions').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  const grant = await grantOf(ops, row.request_id)
  const [holding, excess, measure] = await Promise.all([
    db
      .selectFrom('holdings')
      .innerJoin('people', 'people.id', 'holdings.owner_id')
      .select(['review_on', 'people.name', 'destroyed_at'])
      .where('extraction_id', '=', id)
      .executeTakeFirst(),
    db
      .selectFrom('tags')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('extraction_id', '=', id)
      .where('tag', '=', 'excess')
      .executeTakeFirst(),
    measureOf(db, id),
  ])
  const statement = readStatement(openEnvelope(grant.envelope).payload)
  return {
    id,
    requestId: row.request_id,
    caseId: grant.case.id,
    caseReference: grant.case.reference,
    reference: grant.request.reference,
    exhibit: grant.device.exhibit,
    device: grant.device.description,
    state: row.state,
    source: row.source as unknown as Source,
    queuedAt: row.queued_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    stop: row.stop ?? undefined,
    progress: row.progress,
    result: row.result === null || row.state !== 'sealed' ? undefined : (row.result as unknown as Result),
    failure: row.failure ?? undefined,
    receiptGiven: row.receipt_digest !== null,
    fromArchive: grant.device.from_archive ?? undefined,
    validUntil: grant.validUntil ?? undefined,
    scope: 'authorisation' in statement ? statement.authorisation.scope : [],
    holding: holding && {
      reviewOn: holding.review_on,
      owner: holding.name,
      destroyedAt: holding.destroyed_at ?? undefined,
    },
    excess: Number(excess?.count ?? 0),
    measure,
  }
}

/** What the page asks again and again while it runs. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readProgress(
  ops: Ops,
  actor: Actor,
  id: string,
): Promise<Pick<Extraction, 'state' | 'progress' | 'stop'>> {
  await mustAllow(ops, actor, 'extraction.see', { of: 'extraction', id })
  const row = await ops.store.db
    .selectFrom('extractions')
    .select(['state', 'progress', 'stop'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return { state: row.state, progress: row.progress, stop: row.stop ?? undefined }
}
