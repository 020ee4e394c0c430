import { couldEver } from '../../access/index.ts'
import type { AppAskingsTable } from '../../store/index.ts'
import type { Actor, Ops } from '../ops.ts'

/** Something of apps that waits for somebody. */
export interface WaitingApp {
  readonly id: string
  readonly title: string
  readonly act: 'request' | AppAskingsTable['act']
  readonly askedBy: string
  readonly since: Date
}

const MOST = 50

/** Requests that nobody has looked at, for whoever answers for apps; decisions that another asked for, for whoever may give them. Whoever may do neither gets nothing. */
export async function appsWaiting({ store: { db } }: Ops, actor: Actor): Promise<WaitingApp[]> {
  const [requests, askings] = await Promise.all([
    couldEver(actor, 'app.manage')
      ? db
          .selectFrom('apps')
          .innerJoin('people', 'people.id', 'apps.requested_by')
          .select(['apps.id', 'apps.title', 'people.name as askedBy', 'apps.requested_at as since'])
          .where('apps.state', '=', 'requested')
          .orderBy('apps.requested_at')
          .limit(MOST)
          .execute()
      : [],
    couldEver(actor, 'app.decide')
      ? db
          .selectFrom('app_askings')
          .innerJoin('apps', 'apps.id', 'app_askings.app_id')
          .innerJoin('people', 'people.id', 'app_askings.asked_by')
          .select([
            'apps.id',
            'apps.title',
            'app_askings.act',
            'people.name as askedBy',
            'app_askings.asked_at as since',
          ])
          .where('app_askings.outcome', 'is', null)
          .where('app_askings.asked_by', '<>', actor.id)
          .orderBy('app_askings.asked_at')
          .limit(MOST)
          .execute()
      : [],
  ])
  return [...requests.map((one) => ({ ...one, act: 'request' as const })), ...askings]
}
