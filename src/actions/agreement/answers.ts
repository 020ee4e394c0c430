import type { Act } from '../../access/index.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'

/** What somebody has answered so far, page by page, by the name of the question. */
export type Answers = Readonly<Record<string, string | readonly string[]>>

/** What the answers are for: each has the act that it ends in. */
const ENDS_IN = { notice: 'notice.serve', agreement: 'agreement.record' } as const satisfies Readonly<
  Record<string, Act>
>
export type AnswersFor = keyof typeof ENDS_IN

/** Reads what a person has answered so far about a request; nothing where they have not begun. */
export async function readAnswers(ops: Ops, actor: Actor, what: AnswersFor, requestId: string): Promise<Answers> {
  const { caseId } = await mustAllow(ops, actor, ENDS_IN[what], { of: 'request', id: requestId })
  const row = await ops.store.db
    .selectFrom('drafts')
    .select('answers')
    .where('case_id', '=', caseId)
    .where('person_id', '=', actor.id)
    .where('kind', '=', `${what}:${requestId}`)
    .executeTakeFirst()
  return (row?.answers ?? {}) as Answers
}

/** Adds answers to them. Nothing is logged: nothing has been done yet, and nobody else sees it. */
export async function saveAnswers(
  ops: Ops,
  actor: Actor,
  what: AnswersFor,
  requestId: string,
  answers: Answers,
): Promise<void> {
  const { caseId } = await mustAllow(ops, actor, ENDS_IN[what], { of: 'request', id: requestId })
  const all = JSON.stringify({ ...(await readAnswers(ops, actor, what, requestId)), ...answers })
  const updated_at = ops.now()
  await ops.store.db
    .insertInto('drafts')
    .values({ case_id: caseId, person_id: actor.id, kind: `${what}:${requestId}`, answers: all, updated_at })
    .onConflict((conflict) =>
      conflict.columns(['case_id', 'person_id', 'kind']).doUpdateSet({ answers: all, updated_at }),
    )
    .execute()
}

/** Forgets them, when what they were for is done. */
export async function dropAnswers({ store }: Ops, what: AnswersFor, requestId: string): Promise<void> {
  await store.db.deleteFrom('drafts').where('kind', '=', `${what}:${requestId}`).execute()
}
