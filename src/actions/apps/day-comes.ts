import { actOn } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import type { Ops } from '../ops.ts'
import { markOf, noteSuspended, storeApp } from './change-app.ts'
import { factsOf } from './facts-of.ts'

/**
 * Looks at every app that is on phones: whether its trial, its assessment, its contract or its day of review is over. What is, is suspended, and stands in the
 * log (law rows C25, E10, E12). A policy asks anew anyway: this only writes down what it would find. Gives how many were suspended.
 */
export async function dayComesToApps(ops: Ops): Promise<number> {
  const on = dayOf(ops.now())
  const rows = await ops.store.db.selectFrom('apps').select('id').where('state', 'in', ['trial', 'approved']).execute()
  let suspended = 0
  for (const { id } of rows)
    await ops.store.db.transaction().execute(async (db) => {
      const row = await db.selectFrom('apps').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
      const { app } = actOn(row.record, { act: 'day_comes', on }, await factsOf(db, row.record.entry))
      if (app === undefined || app.steps.length === row.record.steps.length) return
      const mark = markOf(row, app)
      await noteSuspended(ops, mark, app, app.suspension?.codes)
      await storeApp(db, ops, { row, after: app, mark, act: 'day_comes', by: null, why: undefined })
      suspended++
    })
  return suspended
}
