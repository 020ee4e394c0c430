import { hash } from 'node:crypto'
import { ActionError, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'

const LONGEST_DONE = 2000

/** Writes down what was done about a report, once. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `DONE`, NOT_VALID `done`. */
export async function doneWithReport(ops: Ops, actor: Actor, id: string, done: string): Promise<void> {
  await askFirst(ops, actor, 'app.manage')
  if (!isId(id)) throw notFound()
  await ops.store.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('self_reports').select('done').where('id', '=', id).forUpdate().executeTakeFirst()
    if (row === undefined) throw notFound()
    if (row.done !== null) throw new ActionError('NOT_NOW', 'DONE', 'it was written down already', 'look at the report')
    const says = done.trim()
    if (says === '') throw new ActionError('NOT_VALID', 'done', 'Enter what was done')
    if (says.length > LONGEST_DONE) throw new ActionError('NOT_VALID', 'done', 'Use 2,000 characters or fewer')
    await ops.journal.record({
      kind: 'self_report.done',
      actor: actor.id,
      details: { report: id, done: hash('sha256', says, 'hex') },
    })
    await db
      .updateTable('self_reports')
      .set({ done: says, done_by: actor.id, done_at: ops.now() })
      .where('id', '=', id)
      .execute()
  })
}
