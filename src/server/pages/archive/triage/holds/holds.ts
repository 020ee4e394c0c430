import { couldEver } from '../../../../../access/index.ts'
import { readArchiveHolds } from '../../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Route } from '../../../../route.ts'
import { HELD_WORDS } from '../words.ts'

const DONE: Readonly<Record<string, string>> = {
  lifted: 'The hold is lifted. Recordings keep their class until the archive is matched again.',
}

/** The holds of an archive: in force, and lifted (law rows D9, E14). */
export const holdsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveHolds,
    who: 'archive.see',
    logs: [],
    handle: async ({ service, actor, params, query }) => {
      const { archive, holds } = await readArchiveHolds(service.ops, actor, params['archive'] ?? '')
      const lifts = couldEver(actor, 'archive.lift_hold')
      return {
        page: 'pages/archive/triage/holds/holds.njk',
        view: {
          title: 'Holds on recordings',
          caption: archive.title,
          back: pathTo(PATHS.archive, { archive: archive.id }),
          done: doneWords(query['set']) ?? DONE[query['done'] ?? ''],
          holds: holds.map((hold) => ({
            ...hold,
            says: HELD_WORDS[hold.on],
            liftHref:
              lifts && hold.lifted === undefined
                ? pathTo(PATHS.archiveHoldLift, { archive: archive.id, hold: hold.id })
                : undefined,
          })),
          newHref: couldEver(actor, 'archive.hold') ? pathTo(PATHS.archiveHoldNew, { archive: archive.id }) : undefined,
        },
      }
    },
  },
]

function doneWords(recordings: string | undefined): string | undefined {
  if (recordings === undefined || !/^\d{1,9}$/.test(recordings)) return undefined
  const n = Number(recordings)
  if (n === 0) return 'The hold is set. No recording is under it now. If the next matching finds any, they will be.'
  return n === 1
    ? 'The hold is set. One recording is under it.'
    : `The hold is set. ${n.toLocaleString('en-GB')} recordings are under it.`
}
