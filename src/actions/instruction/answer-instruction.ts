import { instructionDigest, type Instruction, markQuiz, type QuizAttempt, type QuizResult } from '../../apps/index.ts'
import { britishDay } from '../../records/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { newestInstruction } from './issue-instruction.ts'

/** Somebody says that they have read an instruction as it is now (law row E9). Saying it twice changes nothing. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `CHANGED`. */
export async function sayRead(ops: Ops, actor: Actor, appId: string, digest: string): Promise<void> {
  await askFirst(ops, actor, 'instruction.answer')
  await asItIs(ops, appId, digest)
  if (await hasRead(ops, actor, digest)) return
  await ops.journal.record({
    kind: 'instruction.read',
    actor: actor.id,
    details: { app: appId, instruction: digest },
  })
  await ops.store.db
    .insertInto('instruction_receipts')
    .values({ instruction: digest, person_id: actor.id, on_day: britishDay(ops.now()) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Which questions nobody has answered yet, by their ids. */
export function unanswered({ questions }: Instruction, chosen: QuizAttempt['chosen']): string[] {
  return questions.filter(({ id }) => (chosen[id] ?? []).length === 0).map(({ id }) => id)
}

/**
 * Marks somebody's answers and writes down how they answered; they may try as often as they like (law row E9). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW
 * `CHANGED`, `NOT_READ`, NOT_VALID with the id of a question that was not answered.
 */
export async function answerInstruction(
  ops: Ops,
  actor: Actor,
  { app, digest, chosen }: { app: string; digest: string; chosen: QuizAttempt['chosen'] },
): Promise<QuizResult> {
  await askFirst(ops, actor, 'instruction.answer')
  const instruction = await asItIs(ops, app, digest)
  if (!(await hasRead(ops, actor, digest)))
    throw new ActionError('NOT_NOW', 'NOT_READ', 'you have not said that you read it', 'read it first')
  const [missing] = unanswered(instruction, chosen)
  if (missing !== undefined) throw new ActionError('NOT_VALID', missing, 'Answer every question')
  const known = Object.fromEntries(
    instruction.questions.map(({ id, answers }) => [
      id,
      [...new Set(chosen[id])].filter((at) => Number.isInteger(at) && at >= 0 && at < answers.length),
    ]),
  )
  const result = markQuiz(instruction, known)
  await ops.journal.record({
    kind: 'instruction.answered',
    actor: actor.id,
    details: { app, instruction: digest, right: result.right, of: result.of, passed: result.passed },
  })
  await ops.store.db
    .insertInto('instruction_attempts')
    .values({
      id: newId(ops.random),
      instruction: digest,
      person_id: actor.id,
      on_day: britishDay(ops.now()),
      chosen: JSON.stringify(known),
      at: ops.now(),
    })
    .execute()
  return result
}

async function asItIs(ops: Ops, appId: string, digest: string): Promise<Instruction> {
  const instruction = await newestInstruction(ops, appId)
  if (instruction === undefined) throw notFound()
  if (instructionDigest(instruction) !== digest)
    throw new ActionError('NOT_NOW', 'CHANGED', 'the instruction was issued anew meanwhile', 'read it as it is now')
  return instruction
}

async function hasRead({ store: { db } }: Ops, { id }: Actor, digest: string): Promise<boolean> {
  const row = await db
    .selectFrom('instruction_receipts')
    .select('on_day')
    .where('instruction', '=', digest)
    .where('person_id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}
