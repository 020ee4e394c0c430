import type { AppRecord } from '../../apps/index.ts'
import { mustBeValid } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { askFirst } from '../allow.ts'
import { changeApp, reachOf } from './change-app.ts'
import { LONGEST_TEXT, textFaults, wordsDigest } from '../written-words.ts'

/** Why, in whoever's words: both acts need it. */
interface WithReason {
  readonly appId: string
  readonly why: string
}

/** Suspends an app at once: it goes from every phone until it is decided on again (law rows E10, E11). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID, NOT_NOW. */
export async function suspendApp(ops: Ops, actor: Actor, input: WithReason): Promise<AppRecord> {
  await askFirst(ops, actor, 'app.suspend')
  const why = reasonOf(input)
  return changeApp(ops, actor, {
    appId: input.appId,
    act: ({ on, by }) => ({ act: 'suspend', on, by, why }),
    logged: (mark, after) => ({
      kind: 'app.suspended',
      details: { ...mark, codes: ['by_hand'], reach: reachOf(after), words: wordsDigest(why) },
    }),
    why,
  })
}

/** Withdraws an app for good: what is left of it is found and removed. What was asked of it waits no longer. Throws as `suspendApp`. */
export async function withdrawApp(ops: Ops, actor: Actor, input: WithReason): Promise<AppRecord> {
  await askFirst(ops, actor, 'app.suspend')
  const why = reasonOf(input)
  return changeApp(ops, actor, {
    appId: input.appId,
    act: ({ on, by }) => ({ act: 'withdraw', on, by, why }),
    logged: (mark) => ({ kind: 'app.withdrawn', details: { ...mark, words: wordsDigest(why) } }),
    why,
    stored: (db) =>
      db
        .updateTable('app_askings')
        .set({ outcome: 'taken_back', decided_by: actor.id, decided_at: ops.now() })
        .where('app_id', '=', input.appId)
        .where('outcome', 'is', null)
        .execute(),
  })
}

function reasonOf(input: WithReason): string {
  mustBeValid(textFaults('why', input.why, 'Enter why', LONGEST_TEXT))
  return input.why.trim()
}
