import type { Selectable } from 'kysely'
import type { DecisionsTable, EndedBecause, StopReason } from '../../store/index.ts'
import type { Ops } from '../ops.ts'

/** A grant that is in force, as the database holds it. */
export type Grant = Selectable<DecisionsTable>

/** What a worker is told of an extraction under a grant that ended. */
const STOP: Readonly<Record<EndedBecause, StopReason>> = {
  'agreement-withdrawn': 'agreement-withdrawn',
  'no-longer-necessary': 'authorisation-ended',
  mistake: 'authorisation-ended',
  other: 'authorisation-ended',
  varied: 'authorisation-ended',
  expired: 'authorisation-expired',
}

/**
 * Ends a grant before or at its time: logs it, stops whatever is queued or running under it, and notes the end. `by`: of a grant that a later version
 * replaced, the later one's digest. To be called in the request's turn.
 */
export async function endGrant(
  ops: Ops,
  {
    actor,
    case: about,
    grant,
    because,
    by,
  }: {
    actor: string
    case: { caseId: string; pseudonym: string }
    grant: Grant
    because: EndedBecause
    by?: string
  },
): Promise<void> {
  const authorisation = grant.digest ?? ''
  const event = { actor, case: about, authorisation: grant.leaf ?? undefined }
  if (because === 'varied')
    await ops.journal.record({ ...event, kind: 'authorisation.varied', details: { authorisation, by: by ?? '' } })
  else if (because === 'expired')
    await ops.journal.record({
      ...event,
      kind: 'authorisation.expired',
      details: { authorisation, valid_until: (grant.valid_until ?? ops.now()).toISOString() },
    })
  else await ops.journal.record({ ...event, kind: 'authorisation.withdrawn', details: { authorisation, because } })
  const { db } = ops.store
  await db
    .updateTable('extractions')
    .set({ stop: STOP[because], stop_by: actor })
    .where('request_id', '=', grant.request_id)
    .where('state', 'in', ['queued', 'running', 'looking'])
    .where('stop', 'is', null)
    .execute()
  await db
    .updateTable('decisions')
    .set({ ended_at: ops.now(), ended_because: because })
    .where('id', '=', grant.id)
    .execute()
}
