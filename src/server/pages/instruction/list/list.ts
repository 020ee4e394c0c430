import { couldEver } from '../../../../access/index.ts'
import { appsWithoutInstruction, instructionsFor } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { READING_TAGS } from '../words.ts'

/** Every instruction on an app, those that somebody has to follow first (law row E9). */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.instructions,
    who: 'instruction.answer',
    logs: [],
    handle: async ({ service: { ops }, actor }) => {
      const writes = couldEver(actor, 'instruction.write')
      const all = (await instructionsFor(ops, actor)).map((one) => ({
        ...one,
        tag: READING_TAGS[one.reading],
        href: pathTo(PATHS.instruction, { app: one.app }),
        ...(writes && { readers: pathTo(PATHS.instructionReaders, { app: one.app }) }),
      }))
      return {
        page: 'pages/instruction/list/list.njk',
        view: {
          title: 'Instructions on apps',
          without: writes
            ? (await appsWithoutInstruction(ops)).map(({ app, title }) => ({
                title,
                href: pathTo(PATHS.instructionWrite, { app }),
              }))
            : [],
          theirs: all.filter(({ isTheirs }) => isTheirs),
          others: all.filter(({ isTheirs }) => !isTheirs),
        },
      }
    },
  },
]
