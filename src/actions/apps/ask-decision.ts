import { entryDigest } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { RefusedWithReasons } from './app-refused.ts'
import { type Asks, againstAsking } from './asking.ts'
import { askFirst } from '../allow.ts'
import { factsOf } from './facts-of.ts'
import { personOfActor } from './person-of.ts'
import { wordsDigest } from '../written-words.ts'

/**
 * Asks for a decision on an app: a trial, the board's approval, that it is gone. It waits for somebody else (law rows E10, E12, H17). Gives its id. Throws
 * ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`ASKED_ALREADY`, or every reason that stands against it whoever decides).
 */
export async function askDecision(
  ops: Ops,
  actor: Actor,
  { appId, asks }: { readonly appId: string; readonly asks: Asks },
): Promise<string> {
  await askFirst(ops, actor, 'app.manage')
  if (!isId(appId)) throw notFound()
  return ops.store.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('apps').selectAll().where('id', '=', appId).forUpdate().executeTakeFirst()
    if (row === undefined) throw notFound()
    const open = await db
      .selectFrom('app_askings')
      .select('id')
      .where('app_id', '=', appId)
      .where('outcome', 'is', null)
      .executeTakeFirst()
    if (open !== undefined)
      throw new ActionError(
        'NOT_NOW',
        'ASKED_ALREADY',
        'a decision on this app is asked for already',
        'wait for it, or have it taken back',
      )
    const by = personOfActor(actor)
    const { record } = row
    const reasons = againstAsking(record, asks, by, await factsOf(db, record.entry), dayOf(ops.now()))
    if (reasons.length > 0) throw new RefusedWithReasons(reasons)
    const id = newId(ops.random)
    const entry = entryDigest(record.entry)
    const { act } = asks
    await ops.journal.record({
      kind: 'app.asked',
      actor: actor.id,
      details: { app: appId, asking: id, act, entry, asks: wordsDigest(asks) },
    })
    await db
      .insertInto('app_askings')
      .values({
        id,
        app_id: appId,
        act,
        asks: JSON.stringify({ ...asks, entry }),
        asked_by: actor.id,
        asked_at: ops.now(),
      })
      .execute()
    return id
  })
}
