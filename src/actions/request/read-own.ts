import type { RequestStatus } from '../../store/index.ts'
import type { Actor, Ops } from '../ops.ts'
import type { Written } from './draft.ts'
import { isReadyToServe } from './ready-to-serve.ts'

/** A request of one's own, as a list shows it. */
export interface OwnRequest {
  readonly id: string
  readonly reference: string
  readonly version: number
  readonly status: RequestStatus
  readonly exhibit: string
  readonly caseReference: string
  /** a draft of which less is asked for than was before, and which nobody has gone through since */
  readonly offeredLess: boolean
  /** a draft whose next step is the notice */
  readonly readyToServe: boolean
  /** since when it is as it is, as far as is known */
  readonly since: Date
}

/** The requests that somebody has to go on with: those that they began, in cases that they are still members of. */
export async function readOwnRequests({ store: { db } }: Ops, actor: Actor): Promise<OwnRequest[]> {
  const rows = await db
    .selectFrom('requests')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .innerJoin('case_members', (join) =>
      join.onRef('case_members.case_id', '=', 'requests.case_id').on('case_members.person_id', '=', actor.id),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('decisions')
          .select('decided_at')
          .whereRef('decisions.request_id', '=', 'requests.id')
          .orderBy('decided_at', 'desc')
          .limit(1)
          .as('decided'),
      (join) => join.onTrue(),
    )
    .select([
      'requests.id',
      'requests.reference',
      'requests.version',
      'requests.status',
      'requests.created_at',
      'requests.document',
      'requests.beliefs',
      'devices.exhibit',
      'cases.reference as case_reference',
      'decided.decided_at',
    ])
    .where('requests.requested_by', '=', actor.id)
    .where('requests.status', 'in', ['draft', 'returned', 'agreed'])
    .orderBy('requests.created_at')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    version: row.version,
    status: row.status,
    exhibit: row.exhibit,
    caseReference: row.case_reference,
    offeredLess: row.status === 'draft' && (row.beliefs as Written['beliefs']).look_again !== undefined,
    readyToServe: row.status === 'draft' && isReadyToServe({ document: row.document, beliefs: row.beliefs } as Written),
    since: row.status === 'returned' ? (row.decided_at ?? row.created_at) : row.created_at,
  }))
}
