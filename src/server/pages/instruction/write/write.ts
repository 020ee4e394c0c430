import {
  instructionProblems,
  issueInstruction,
  MOST_ANSWERS,
  MOST_QUESTIONS,
  newestInstruction,
  readAppTitle,
  type WrittenInstruction,
} from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError, fields } from '../../../form.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Writing an instruction on an app, or changing it: then everybody reads it anew (law row E9). */
export const writeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.instructionWrite,
    who: 'instruction.write',
    logs: [],
    handle: async (visit) => {
      const last = await newestInstruction(visit.service.ops, visit.params['app'] ?? '')
      return page(
        visit,
        last === undefined
          ? { text: '', questions: [], passMark: 0 }
          : { text: last.text, questions: last.questions, passMark: last.pass_mark },
        [],
      )
    },
  },
  {
    method: 'POST',
    path: PATHS.instructionWrite,
    who: 'instruction.write',
    logs: ['instruction.issued'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const app = params['app'] ?? ''
      const written = writtenOf(visit)
      const errors = errorsFrom(instructionProblems(written))
      if (errors.length > 0) return page(visit, written, errors)
      const not = await taken(() => issueInstruction(service.ops, actor, app, written))
      return not === undefined
        ? { redirect: `${pathTo(PATHS.instructionReaders, { app })}?done=issued` }
        : page(visit, written, not.errors)
    },
  },
]

/** What the form says; rows of which nothing was filled in are none. */
function writtenOf(visit: Visit): WrittenInstruction {
  const numbers = Array.from({ length: MOST_QUESTIONS }, (_, at) => at + 1)
  const questions = numbers.flatMap((number) => {
    const asks = field(visit, `question-${number}`)
    const answers = Array.from({ length: MOST_ANSWERS }, (_, at) => field(visit, `answer-${number}-${at + 1}`))
    const ticked = fields(visit, `right-${number}`)
    if (asks === '' && answers.every((one) => one === '') && ticked.length === 0) return []
    const given = answers
      .map((text, at) => ({ text, isRight: ticked.includes(String(at + 1)) }))
      .filter(({ text }) => text !== '')
    return [
      {
        asks,
        answers: given.map(({ text }) => text),
        right: given.flatMap(({ isRight }, at) => (isRight ? [at] : [])),
      },
    ]
  })
  const mark = field(visit, 'passMark')
  return {
    text: field(visit, 'text'),
    questions: questions.map((one, at) => ({ id: `Q${at + 1}`, ...one })),
    passMark: /^\d{1,3}$/.test(mark) ? Number(mark) : 0,
  }
}

async function page(visit: Visit, written: WrittenInstruction, errors: readonly FieldError[]): Promise<Answer> {
  const { service, params } = visit
  const app = params['app'] ?? ''
  const title = await readAppTitle(service.ops, app)
  if (title === undefined) return { redirect: PATHS.instructions }
  const isNew = (await newestInstruction(service.ops, app)) === undefined
  const rows = Math.min(MOST_QUESTIONS, Math.max(3, written.questions.length + 1))
  return {
    page: 'pages/instruction/write/write.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Write the instruction on ${title}`,
      back: isNew ? PATHS.instructions : pathTo(PATHS.instruction, { app }),
      backText: isNew ? 'Instructions on apps' : 'The instruction',
      isNew,
      text: written.text,
      passMark: written.passMark === 0 ? '' : written.passMark,
      questions: Array.from({ length: rows }, (_, at) => {
        const question = written.questions[at]
        return {
          number: at + 1,
          asks: question?.asks ?? '',
          answers: Array.from({ length: MOST_ANSWERS }, (_, answer) => ({
            number: answer + 1,
            text: question?.answers[answer] ?? '',
            right: question?.right.includes(answer) ?? false,
          })),
        }
      }),
      ...errorsView(errors),
    },
  }
}
