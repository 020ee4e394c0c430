import type { Platform } from '../../apps/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { askFirst } from '../allow.ts'
import { wordsDigest } from '../written-words.ts'

/** What management systems ask of an app besides, on one platform. None of it is decided on, so that it suspends nothing. */
export interface FurtherFacts {
  /** under which id Intune knows it */
  readonly intuneApp?: string
  /** its address in the App Store */
  readonly storeUrl?: string
  /** the force's own, which comes from no shop */
  readonly inHouse?: boolean
  /** on how many phones it may be */
  readonly cohort?: number
}

/** Says what management systems ask of an app besides. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID (`intuneApp`, `storeUrl`, `cohort`). */
export async function changeFurther(
  ops: Ops,
  actor: Actor,
  { appId, platform, facts }: { readonly appId: string; readonly platform: Platform; readonly facts: FurtherFacts },
): Promise<void> {
  await askFirst(ops, actor, 'app.manage')
  const { intuneApp, storeUrl, cohort } = facts
  if (intuneApp !== undefined && !/^[0-9A-Za-z-]{1,64}$/.test(intuneApp))
    throw new ActionError('NOT_VALID', 'intuneApp', 'Enter the id of the app in Intune')
  if (storeUrl !== undefined && !/^https:\/\/apps\.apple\.com\/[!-~]{1,300}$/.test(storeUrl))
    throw new ActionError('NOT_VALID', 'storeUrl', 'Enter its address at apps.apple.com')
  if (cohort !== undefined && !(Number.isSafeInteger(cohort) && cohort >= 1))
    throw new ActionError('NOT_VALID', 'cohort', 'Enter a whole number of phones')
  if (!isId(appId)) throw notFound()
  await ops.store.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('apps').select('further').where('id', '=', appId).forUpdate().executeTakeFirst()
    if (row === undefined) throw notFound()
    await ops.journal.record({
      kind: 'app.management_changed',
      actor: actor.id,
      details: { app: appId, platform, facts: wordsDigest(facts) },
    })
    await db
      .updateTable('apps')
      .set({ further: JSON.stringify({ ...row.further, [platform]: facts }) })
      .where('id', '=', appId)
      .execute()
  })
}
