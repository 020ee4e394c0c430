import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { certificate, scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError } from '../action-error.ts'
import { extractPath } from '../extraction/extract-path.ts'
import { keepMeasure } from '../measure/measure.ts'
import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { recordedBefore, recordedOnce } from '../recorded-once.ts'
import { grantLeaf, heldNow } from '../retention/held.ts'
import { removeCatalogue } from '../review/kept-catalogue.ts'

/**
 * Destroys an extract that two people decided on: its key first, so that every copy is closed whatever becomes of the rest; then what lies here;
 * then it is proved that nothing opens, certified and logged. May be called again after an interruption at any step. Throws ActionError NOT_NOW
 * (`NOT_APPROVED`, `STILL_OPENS`).
 */
export async function destroyExtract(ops: Ops, id: string): Promise<void> {
  const { db } = ops.store
  const row = await db
    .selectFrom('destructions')
    .innerJoin('extractions', 'extractions.id', 'destructions.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .selectAll('destructions')
    .select(['extractions.result', 'extractions.request_id', 'cases.id as case_id', 'cases.pseudonym'])
    .where('destructions.id', '=', id)
    .executeTakeFirstOrThrow()
  if (row.approved_by === null || row.approved_at === null)
    throw new ActionError('NOT_NOW', 'NOT_APPROVED', 'two people have not decided on this', '')
  assert(row.records === null, 'a part of an extract is destroyed by sealing the rest anew')
  if (row.done_at !== null) return
  const extraction = row.extraction_id
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  assert(held, 'what is destroyed was held')
  const container = extractPath(ops, extraction)
  const [destroyed] = await ops.keyring.destroyExtractKeys([extraction])
  assert(destroyed, 'a key was destroyed')
  const check = await ops.keyring.checkNothingOpens({ containers: [container] })
  if (!check.ok)
    throw new ActionError('NOT_NOW', 'STILL_OPENS', 'something still opens this extract', 'look at the key room')
  const about = { caseId: row.case_id, pseudonym: row.pseudonym }
  const leaf = await grantLeaf(ops.store, extraction)
  const under = leaf === undefined ? {} : { authorisation: leaf }
  const before = await recordedBefore(ops, { kind: 'destruction.done', by: 'destruction', id, caseId: row.case_id })
  const files = before
    ? Number(before.details['files_removed'])
    : existsSync(container)
      ? readdirSync(container, { recursive: true }).length
      : 0
  rmSync(container, { recursive: true, force: true })
  await removeCatalogue(ops, extraction)

  const details = {
    destruction: id,
    holding: extraction,
    extract: extraction,
    epoch_before: destroyed.generationBefore,
    epoch_after: destroyed.generationAfter,
    opens_no_longer: true,
    files_removed: files,
    backups_before: 0,
  } as const
  const { leaf: index } = await recordedOnce(
    ops,
    { kind: 'destruction.done', actor: SERVICE_ACTOR, case: about, details, ...under },
    'destruction',
  )
  const grant = await db
    .selectFrom('decisions')
    .select('digest')
    .where('request_id', '=', row.request_id)
    .where('outcome', '=', 'granted')
    .executeTakeFirstOrThrow()
  const { json, digest } = certificate({
    extract: extraction,
    root: String((row.result ?? {})['root'] ?? ''),
    authorisation: grant.digest ?? '',
    records: takenOf(row.result),
    files,
    schedule: { version: STARTING_SCHEDULE.version, digest: scheduleDigest(STARTING_SCHEDULE) },
    reasons: held.decision.reasons.map(({ code }) => code),
    proposed: { role: 'records_reviewer', person: row.proposed_by, at: row.proposed_at.toISOString() },
    approved: {
      role: await approverRole(ops, row.approved_by),
      person: row.approved_by,
      at: row.approved_at.toISOString(),
    },
    method: 'key_destroyed',
    epochs: { before: destroyed.generationBefore, after: destroyed.generationAfter },
    copies: [{ id: 'service', found: 'gone' }],
    log: { origin: ops.logOrigin, index },
    at: ops.now().toISOString(),
  })
  // Its time is in it: a certificate that was made before the interruption is not the one that is kept.
  await ops.journal.record({
    kind: 'destruction.certified',
    actor: SERVICE_ACTOR,
    case: about,
    details: { destruction: id, certificate: digest },
    ...under,
  })
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('destructions').set({ done_at: ops.now(), certificate: json }).where('id', '=', id).execute()
    await tx.updateTable('holdings').set({ destroyed_at: ops.now() }).where('extraction_id', '=', extraction).execute()
    // How much of it was needed stays known, in numbers alone.
    await keepMeasure(tx, extraction)
    // Notes quote what was taken: they are sealed to the key that is gone, and go as well.
    await tx.deleteFrom('notes').where('extraction_id', '=', extraction).execute()
    await tx.deleteFrom('searches').where('extraction_id', '=', extraction).execute()
    await tx.deleteFrom('tags').where('extraction_id', '=', extraction).execute()
  })
}

/**
 * Takes up destructions that two people decided on and that were interrupted; those of a part are handed to a worker again. Returns how many. `approvedBefore`: what was approved since may be under
 * way, and is left to whoever is about it.
 */
export async function finishDestructions(ops: Ops, approvedBefore: Date = ops.now()): Promise<number> {
  const open = await ops.store.db
    .selectFrom('destructions')
    .select(['id', 'records'])
    .where('approved_by', 'is not', null)
    .where('approved_at', '<=', approvedBefore)
    .where('done_at', 'is', null)
    .execute()
  for (const { id, records } of open)
    if (records === null) await destroyExtract(ops, id)
    else await ops.enqueue('reseal', { destruction: id })
  return open.length
}

/** How many records of each kind were taken, from the counts of the extraction. */
function takenOf(result: Record<string, unknown> | null): Record<string, number> {
  const records = (result?.['records'] ?? {}) as Record<string, { taken?: number }>
  return Object.fromEntries(Object.entries(records).map(([kind, { taken }]) => [kind, taken ?? 0]))
}

/** In which of their roles somebody approved. */
export async function approverRole({ store: { db } }: Ops, person: string): Promise<string> {
  const { roles } = await db.selectFrom('people').select('roles').where('id', '=', person).executeTakeFirstOrThrow()
  return roles.includes('information_asset_owner') ? 'information_asset_owner' : 'records_reviewer'
}
