import { type Reading, readReaders } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { READING_TAGS } from '../words.ts'

const ORDER: readonly Reading[] = ['not_read', 'read_before', 'not_answered', 'not_passed', 'cleared']

/** Who may be given an app, and who has not read its instruction or not passed its questions (law rows E9, E10). */
export const readersRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.instructionReaders,
    who: 'instruction.write',
    logs: [],
    handle: async ({ service: { ops }, actor, params, query }) => {
      const app = params['app'] ?? ''
      const readers = await readReaders(ops, actor, app)
      if (readers === undefined) return { redirect: pathTo(PATHS.instructionWrite, { app }) }
      const { people } = readers
      return {
        page: 'pages/instruction/readers/readers.njk',
        view: {
          title: `Who has read the instruction on ${readers.title}`,
          back: pathTo(PATHS.instruction, { app }),
          backText: 'The instruction',
          ...(query['done'] === 'issued' && {
            done: 'It is issued. Those who have to read it see it when they sign in.',
          }),
          readers,
          catalogue: pathTo(PATHS.app, { app }),
          write: pathTo(PATHS.instructionWrite, { app }),
          roster: PATHS.fleetRoster,
          passed: people.filter(({ reading }) => reading === 'cleared').length,
          groups: ORDER.map((reading) => ({
            tag: READING_TAGS[reading],
            people: people.filter((one) => one.reading === reading),
          })).filter((group) => group.people.length > 0),
        },
      }
    },
  },
]
