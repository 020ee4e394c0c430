import { applySchedule, STARTING_SCHEDULE } from '../../retention/index.ts'
import type { Ops } from '../ops.ts'
import { newExtract } from '../retention/new-extract.ts'
import { underGrant, type Grant } from './live-grant.ts'
import { leftOf, type Result, takenOf } from './result.ts'
import { lastEventOf } from './started-events.ts'
import { STOPPED_STATE } from './stop-extraction.ts'
import { Stopped } from './watch-extraction.ts'

/**
 * Makes an extraction that has come to its end count: written to the log, then sealed, with somebody who answers for it and a day on which it is
 * looked at (Data Protection Act 2018 s.39(2); law row C8). Throws Stopped where it was to stop before: from here on nothing stops it, and what is
 * withdrawn is withdrawn after.
 */
export async function finishExtraction(
  ops: Ops,
  { id, by, grant, result, logged }: { id: string; by: string; grant: Grant; result: Result; logged: boolean },
): Promise<void> {
  await ops.store.db.transaction().execute(async (db) => {
    // Whoever stops it waits here until it is sealed, and then finds it so.
    const row = await db
      .selectFrom('extractions')
      .select(['stop', 'stop_by'])
      .where('id', '=', id)
      .where('state', '=', 'running')
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (row.stop !== null && !logged) throw new Stopped(row.stop, row.stop_by ?? undefined)
    if (!logged)
      await ops.journal.record({
        kind: 'extraction.finished',
        actor: by,
        ...underGrant(grant),
        subject: [{ name: 'manifest', digest: result.manifest }],
        details: {
          extraction: id,
          extract: id,
          authorisation: result.authorisation,
          manifest: result.manifest,
          root: result.root,
          files_opened: result.files.opened,
          files_not_opened: result.files.not_opened,
          files_missing: result.files.missing,
          taken: takenOf(result),
          left: leftOf(result),
          problems: Object.values(result.problems).reduce((sum, count) => sum + count, 0),
        },
      })
    const now = ops.now()
    await db
      .updateTable('extractions')
      .set({ state: 'sealed', finished_at: now, progress: '{}' })
      .where('id', '=', id)
      .execute()
    const holding = newExtract(id, grant.case, grant.device, now)
    await db
      .insertInto('holdings')
      .values({
        extraction_id: id,
        case_id: grant.case.id,
        object_class: holding.objectClass,
        retention_group: holding.group,
        person_role: holding.personRole,
        child: holding.child,
        created_on: holding.created,
        review_on: applySchedule(holding, STARTING_SCHEDULE, now).reviewOn,
        owner_id: holding.owner,
      })
      .execute()
  })
}

/** Writes down that an extraction was stopped, after what it wrote is gone, and ends it. What the service itself stopped waits to be begun again. */
export async function endStopped(
  ops: Ops,
  { id, grant, stopped, started }: { id: string; grant: Grant; stopped: Stopped; started: boolean },
): Promise<void> {
  const { because, by } = stopped
  const event = { actor: by, ...underGrant(grant) }
  if (started)
    await ops.journal.record({ kind: 'extraction.cancelled', ...event, details: { extraction: id, because } })
  else if (because !== 'service-stopped' && (await lastEventOf(ops, grant.case.id, id)) !== 'extraction.called_off')
    await ops.journal.record({ kind: 'extraction.called_off', ...event, details: { extraction: id, because } })
  const again = because === 'service-stopped'
  await ops.store.db
    .updateTable('extractions')
    .set(
      again
        ? { state: 'queued', started_at: null, progress: '{}' }
        : { state: STOPPED_STATE[because], stop: because, stop_by: by, finished_at: ops.now(), progress: '{}' },
    )
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .execute()
}
