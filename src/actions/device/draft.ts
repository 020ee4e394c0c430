import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'

/** What somebody has answered so far about a device that they receive, by the name of the question. */
export type DeviceAnswers = Readonly<Record<string, string | readonly string[]>>

const KIND = 'device'

/** Reads what a person has answered so far; nothing where they have not begun. Each person has a draft of their own in each case. */
export async function readDraft(ops: Ops, actor: Actor, caseId: string): Promise<DeviceAnswers> {
  await mustAllow(ops, actor, 'device.receive', { of: 'case', id: caseId })
  const row = await ops.store.db
    .selectFrom('drafts')
    .select('answers')
    .where('case_id', '=', caseId)
    .where('person_id', '=', actor.id)
    .where('kind', '=', KIND)
    .executeTakeFirst()
  return (row?.answers ?? {}) as DeviceAnswers
}

/** Adds answers to a person's draft. Nothing is logged: nothing has been done yet, and nobody else sees it. */
export async function saveDraft(ops: Ops, actor: Actor, caseId: string, answers: DeviceAnswers): Promise<void> {
  const all = JSON.stringify({ ...(await readDraft(ops, actor, caseId)), ...answers })
  const updated_at = ops.now()
  await ops.store.db
    .insertInto('drafts')
    .values({ case_id: caseId, person_id: actor.id, kind: KIND, answers: all, updated_at })
    .onConflict((conflict) =>
      conflict.columns(['case_id', 'person_id', 'kind']).doUpdateSet({ answers: all, updated_at }),
    )
    .execute()
}

/** Forgets a draft. */
export async function dropDraft(ops: Ops, actor: Actor, caseId: string): Promise<void> {
  await ops.store.db
    .deleteFrom('drafts')
    .where('case_id', '=', caseId)
    .where('person_id', '=', actor.id)
    .where('kind', '=', KIND)
    .execute()
}
