import type { Kysely } from 'kysely'
import { type Instruction, instructionDigest, instructionFaults, type QuizQuestion, reissue } from '../../apps/index.ts'
import { britishDay, canonical } from '../../records/index.ts'
import type { Tables } from '../../store/index.ts'
import { ActionError, mustBeValid, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'

/** What an instruction says. */
export interface WrittenInstruction {
  readonly text: string
  readonly questions: readonly QuizQuestion[]
  readonly passMark: number
}

export const LONGEST_INSTRUCTION = 20_000
const LONGEST_QUESTION = 500
export const MOST_QUESTIONS = 10
export const MOST_ANSWERS = 5

/** What is wrong with an instruction, by field: `text`, `passMark`, and of a question `question-1`, from 1. */
export function instructionProblems({
  text,
  questions,
  passMark,
}: WrittenInstruction): { field: string; says: string }[] {
  const alone = (question: QuizQuestion) =>
    instructionFaults({ app: '', version: 1, issued: '', text: 'Some text.', questions: [question], pass_mark: 1 })
  const long = ({ asks, answers }: QuizQuestion) => [asks, ...answers].some((one) => one.length > LONGEST_QUESTION)
  return [
    ...(text.trim() === '' ? [{ field: 'text', says: 'Enter what staff must know' }] : []),
    ...(text.length > LONGEST_INSTRUCTION ? [{ field: 'text', says: 'Use 20,000 characters or fewer' }] : []),
    ...(questions.length === 0 ? [{ field: 'question-1', says: 'Ask at least one question' }] : []),
    ...questions.flatMap((question, at) => {
      const field = `question-${at + 1}`
      if (question.asks.trim() === '') return [{ field, says: `Enter question ${at + 1}` }]
      if (alone(question).length > 0)
        return [
          { field, says: `Question ${at + 1} needs at least two answers, of which some are right and some are not` },
        ]
      return long(question) ? [{ field, says: `Use 500 characters or fewer in question ${at + 1}` }] : []
    }),
    ...(questions.length > 0 && (!Number.isInteger(passMark) || passMark < 1 || passMark > questions.length)
      ? [{ field: 'passMark', says: `The pass mark must be from 1 to ${questions.length}` }]
      : []),
  ]
}

/**
 * Issues an instruction on an app to the staff of its roles, or issues it anew: then everybody reads and answers anew (law row E9). Gives its digest, which the
 * entry of the catalogue has to name. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID with the field.
 */
export async function issueInstruction(
  ops: Ops,
  actor: Actor,
  appId: string,
  written: WrittenInstruction,
): Promise<string> {
  await askFirst(ops, actor, 'instruction.write')
  if (!isId(appId)) throw notFound()
  return ops.store.db.transaction().execute(async (db) => {
    // Of two who issue at once the second issues on what the first did.
    const app = await db.selectFrom('apps').select('id').where('id', '=', appId).forUpdate().executeTakeFirst()
    if (app === undefined) throw notFound()
    mustBeValid(instructionProblems(written))
    const before = await newestOf(db, appId)
    const issued = britishDay(ops.now())
    const says = { text: written.text.trim(), questions: written.questions, pass_mark: written.passMark }
    const next: Instruction =
      before === undefined ? { app: appId, version: 1, issued, ...says } : reissue(before, says, issued)
    if (before !== undefined && isAlike(before, next))
      throw new ActionError('NOT_VALID', 'text', 'Nothing has changed in it')
    const digest = instructionDigest(next)
    await ops.journal.record({
      kind: 'instruction.issued',
      actor: actor.id,
      details: { app: appId, version: next.version, instruction: digest, questions: next.questions.length },
    })
    await db
      .insertInto('instructions')
      .values({
        app_id: appId,
        version: next.version,
        document: JSON.stringify(next),
        digest,
        issued_by: actor.id,
        issued_at: ops.now(),
      })
      .execute()
    return digest
  })
}

/** The instruction of an app as it is now; undefined where there is none. For whoever is signed in: everybody reads instructions. */
export async function newestInstruction({ store }: Ops, appId: string): Promise<Instruction | undefined> {
  return isId(appId) ? newestOf(store.db, appId) : undefined
}

async function newestOf(db: Kysely<Tables>, appId: string): Promise<Instruction | undefined> {
  const row = await db
    .selectFrom('instructions')
    .select('document')
    .where('app_id', '=', appId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.document
}

function isAlike(a: Instruction, b: Instruction): boolean {
  const said = ({ text, questions, pass_mark }: Instruction) => canonical({ text, questions, pass_mark })
  return said(a) === said(b)
}
