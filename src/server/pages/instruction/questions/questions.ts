import { answerInstruction, instructionsFor, type InstructionToRead, unanswered } from '../../../../actions/index.ts'
import { markQuiz } from '../../../../apps/index.ts'
import { errorsView, type FieldError, fields } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** The questions of an instruction, which may be answered as often as somebody likes (law row E9). */
export const questionsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.instructionQuestions,
    who: 'instruction.answer',
    logs: [],
    handle: async (visit) => {
      const one = await theirs(visit)
      if ('redirect' in one) return one
      return page(visit, one, [])
    },
  },
  {
    method: 'POST',
    path: PATHS.instructionQuestions,
    who: 'instruction.answer',
    logs: ['instruction.answered'],
    handle: async (visit) => {
      const one = await theirs(visit)
      if ('redirect' in one) return one
      const { app, digest, instruction } = one
      const chosen = chosenOf(visit, one)
      const errors = unanswered(instruction, chosen).map((id) => {
        const number = instruction.questions.findIndex((question) => question.id === id) + 1
        return { field: `answer-${number}`, text: `Answer question ${number}` }
      })
      if (errors.length > 0) return page(visit, one, errors)
      const { passed } = await answerInstruction(visit.service.ops, visit.actor, { app, digest, chosen })
      if (passed) return { redirect: pathTo(PATHS.instruction, { app }) }
      return page(visit, one, [], true)
    },
  },
]

/** The instruction as it is now; whoever has not said that they read it is sent to it, and whoever passed has nothing to answer. */
async function theirs({ service: { ops }, actor, params }: Visit): Promise<InstructionToRead | { redirect: string }> {
  const app = params['app'] ?? ''
  const [one] = await instructionsFor(ops, actor, app)
  if (one === undefined) return { redirect: PATHS.instructions }
  return one.reading === 'not_answered' || one.reading === 'not_passed'
    ? one
    : { redirect: pathTo(PATHS.instruction, { app }) }
}

function chosenOf(visit: Visit, { instruction }: InstructionToRead): Record<string, number[]> {
  return Object.fromEntries(
    instruction.questions.map(({ id }, at) => [
      id,
      fields(visit, `answer-${at + 1}`)
        .map(Number)
        .filter(Number.isInteger),
    ]),
  )
}

function page(visit: Visit, one: InstructionToRead, errors: readonly FieldError[], isMarked = false): Answer {
  const { instruction, app, title } = one
  const chosen = chosenOf(visit, one)
  const marked = isMarked ? markQuiz(instruction, chosen) : undefined
  return {
    page: 'pages/instruction/questions/questions.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Questions on ${title}`,
      back: pathTo(PATHS.instruction, { app }),
      backText: 'The instruction',
      marked,
      passMark: instruction.pass_mark,
      questions: instruction.questions.map(({ id, asks, answers, right }, at) => ({
        id: `answer-${at + 1}`,
        asks,
        several: right.length > 1,
        wrong: marked?.wrong.includes(id),
        items: answers.map((text, value) => ({
          value: String(value),
          text,
          checked: (chosen[id] ?? []).includes(value),
        })),
      })),
      ...errorsView(errors),
    },
  }
}
