import { type AppRecord, type PermittedApp, permittedByCatalogue } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import type { Ops } from '../ops.ts'
import { factsOf } from './facts-of.ts'

/** The role of phones on which apps are tried. */
export const TRIAL_ROLE = 'trial'

/** What the catalogue lets onto phones today, app by app: for policies, and to hold what phones have against. The caller has asked the policy. */
export async function permittedApps({ store: { db }, now }: Ops): Promise<PermittedApp[]> {
  const rows = await db
    .selectFrom('apps')
    .select(['record', 'further'])
    .where('state', 'not in', ['requested', 'screened', 'dpia', 'refused'])
    .orderBy('id')
    .execute()
  const on = dayOf(now())
  const found = await Promise.all(
    rows.map(async ({ record, further }) =>
      permittedByCatalogue(record as AppRecord, await factsOf(db, record.entry), on, {
        trialRole: TRIAL_ROLE,
        further: (platform) => (further[platform] ?? {}) as Partial<PermittedApp>,
      }),
    ),
  )
  return found.flat()
}
