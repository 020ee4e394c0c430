import { couldEver } from '../../../../access/index.ts'
import { ActionError, instructionsFor, sayRead } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { READING_TAGS } from '../words.ts'

/** One instruction: what staff must know, and that they have read it (law row E9). */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.instruction,
    who: 'instruction.answer',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.instructionRead,
    who: 'instruction.answer',
    formOn: PATHS.instruction,
    logs: ['instruction.read'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const app = params['app'] ?? ''
      if (field(visit, 'read') !== 'yes') return page(visit, [{ field: 'read', text: 'Confirm that you have read it' }])
      try {
        await sayRead(service.ops, actor, app, field(visit, 'digest'))
        return { redirect: pathTo(PATHS.instructionQuestions, { app }) }
      } catch (error) {
        if (!(error instanceof ActionError) || error.reason !== 'CHANGED') throw error
        return page(visit, [{ field: 'read', text: 'It was issued anew meanwhile: read it as it is now' }])
      }
    },
  },
]

async function page({ service: { ops }, actor, params }: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const [one] = await instructionsFor(ops, actor, params['app'] ?? '')
  if (one === undefined) return { redirect: PATHS.instructions }
  const { app, title, instruction, reading, digest } = one
  return {
    page: 'pages/instruction/show/show.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Instruction on ${title}`,
      back: PATHS.instructions,
      backText: 'Instructions on apps',
      instruction,
      digest,
      reading,
      tag: READING_TAGS[reading],
      paragraphs: instruction.text.split(/\n{2,}/),
      form: pathTo(PATHS.instructionRead, { app }),
      questions: pathTo(PATHS.instructionQuestions, { app }),
      ...(couldEver(actor, 'instruction.write') && {
        write: pathTo(PATHS.instructionWrite, { app }),
        readers: pathTo(PATHS.instructionReaders, { app }),
      }),
      ...errorsView(errors),
    },
  }
}
