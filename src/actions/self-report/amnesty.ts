import type { Amnesty } from '../../apps/index.ts'
import { isDay } from '../../retention/index.ts'
import { mustBeValid } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'

const MOST_APPS = 50

/** What is wrong with a promise, by field. */
export function amnestyFaults({ from, until, apps }: Amnesty): { field: keyof Amnesty; says: string }[] {
  return [
    ...(isDay(from) ? [] : [{ field: 'from', says: 'Enter its first day' } as const]),
    ...(isDay(until) ? [] : [{ field: 'until', says: 'Enter its last day' } as const]),
    ...(isDay(from) && isDay(until) && until < from
      ? [{ field: 'until', says: 'Its last day must not be before its first' } as const]
      : []),
    ...(apps.length > MOST_APPS || apps.some((app) => app.length > 200)
      ? [{ field: 'apps', says: 'Name at most 50 apps, each in 200 characters or fewer' } as const]
      : []),
  ]
}

/** Promises for a time that reporting an app has no consequences by itself (law row E11). Throws ActionError NOT_ALLOWED, NOT_VALID with the field. */
export async function setAmnesty(ops: Ops, actor: Actor, amnesty: Amnesty): Promise<void> {
  await askFirst(ops, actor, 'app.manage')
  mustBeValid(amnestyFaults(amnesty))
  const id = newId(ops.random)
  const { from, until, apps } = amnesty
  await ops.journal.record({
    kind: 'amnesty.set',
    actor: actor.id,
    details: { amnesty: id, from, until, apps: apps.length },
  })
  await ops.store.db
    .insertInto('amnesties')
    .values({ id, from_day: from, until_day: until, apps: [...apps], set_by: actor.id, set_at: ops.now() })
    .execute()
}

/** The promise that counts for a day: one that lasts then, the newest before others; else the newest there is. Undefined where none was ever made. */
export async function currentAmnesty({ store: { db } }: Ops, day: string): Promise<Amnesty | undefined> {
  const rows = await db.selectFrom('amnesties').selectAll().orderBy('set_at', 'desc').execute()
  // What was promised while it lasted is not taken back by a later promise.
  const row = rows.find(({ from_day, until_day }) => from_day <= day && day <= until_day) ?? rows[0]
  return row && { from: row.from_day, until: row.until_day, apps: row.apps }
}
