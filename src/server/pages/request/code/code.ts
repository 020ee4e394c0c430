import { CODE, type CodeAnswer, codeStepsFor, isUnderCode } from '../../../../actions/index.ts'
import type { FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { CODE_STEP_IDS } from '../words.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'

/** Regard to the code of practice, step by step, with a reason for each departure: PCSC Act 2022 ss.37(11), 42 (law row B8). */
const code: Question = {
  path: PATHS.requestCode,
  page: 'pages/request/code/code.njk',
  title: 'Was the code of practice followed?',
  late: true,
  ones: CODE_STEP_IDS.flatMap((id) => [id, `because-${id}`]),
  values: ({ beliefs: { code: said } }) =>
    Object.fromEntries(
      Object.entries(said?.steps ?? {}).flatMap(([id, one]) => [
        [id, one.followed ? 'followed' : 'departed'],
        [`because-${id}`, one.followed ? undefined : one.because],
      ]),
    ),
  view: ({ document }) => ({ steps: codeStepsFor(document), edition: CODE.title, covered: isUnderCode(document) }),
  answer: (typed, { document }) => {
    const errors: FieldError[] = []
    const steps: Record<string, CodeAnswer['steps'][string]> = {}
    for (const { id } of codeStepsFor(document)) {
      const said = typed.one(id)
      if (said === 'followed') steps[id] = { followed: true }
      else if (said === 'departed') {
        errors.push(...textErrors(typed, `because-${id}`, 'Enter why you departed from this step', 1000))
        steps[id] = { followed: false, because: typed.one(`because-${id}`) }
      } else errors.push({ field: id, text: 'Select whether this step was followed' })
    }
    return errors.length > 0 ? { errors } : { answer: { part: 'code', edition: CODE.edition, steps } }
  },
  next: ({ id }) => pathTo(PATHS.requestCheck, { request: id }),
}

export const codeRoutes = questionRoutes(code)
