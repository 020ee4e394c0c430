import { couldEver } from '../../../../../access/index.ts'
import { readKeeps } from '../../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Route } from '../../../../route.ts'
import { KEEP_WORDS } from '../words.ts'

/** What of an archive is kept for cases, and what somebody proposed to keep. */
export const keepsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveKeeps,
    who: 'archive.see',
    logs: [],
    handle: async ({ service: { ops }, actor, params }) => {
      const archive = params['archive'] ?? ''
      const { title, isOver, keeps } = await readKeeps(ops, actor, archive)
      return {
        page: 'pages/archive/keep/list/list.njk',
        view: {
          title: 'Kept for cases',
          caption: title,
          back: pathTo(PATHS.archive, { archive }),
          backText: title,
          propose: !isOver && couldEver(actor, 'recording.keep') ? pathTo(PATHS.archiveKeep, { archive }) : undefined,
          keeps: keeps.map((keep) => ({
            ...keep,
            tag: KEEP_WORDS[keep.state],
            href: pathTo(PATHS.keep, { archive, keep: keep.id }),
          })),
        },
      }
    },
  },
]
