import { readTies, type Tie } from '../../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Route } from '../../../../route.ts'

/** What ties recordings of an archive: where somebody begins who wants to keep some for a case (law row E14). */
export const chooseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveKeep,
    who: 'recording.keep',
    logs: [],
    handle: async ({ service: { ops }, actor, params }) => {
      const id = params['archive'] ?? ''
      const { archive, ties } = await readTies(ops, actor, id)
      const shown = (of: Tie['of']) =>
        ties
          .filter((tie) => tie.of === of)
          .map((tie) => ({ ...tie, href: pathTo(PATHS.archiveKeepTied, { archive: id, tie: tie.id }) }))
      return {
        page: 'pages/archive/keep/choose/choose.njk',
        view: {
          title: 'Which recordings are to be kept?',
          caption: archive.title,
          back: pathTo(PATHS.archiveKeeps, { archive: id }),
          backText: 'Kept for cases',
          isMatched: archive.state === 'matched',
          cases: shown('case'),
          operations: shown('operation'),
          others: shown('other'),
        },
      }
    },
  },
]
