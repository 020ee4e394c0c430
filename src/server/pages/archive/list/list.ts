import { couldEver } from '../../../../access/index.ts'
import { readArchives } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { ARCHIVE_STATE_WORDS, FAILED_TAG } from '../words.ts'

/** Every archive of call recordings, and where it stands (law row E14). */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archives,
    who: 'archive.see',
    logs: [],
    handle: async ({ service: { ops }, actor }) => ({
      page: 'pages/archive/list/list.njk',
      view: {
        title: 'Archives of call recordings',
        open: couldEver(actor, 'archive.manage') ? PATHS.archiveNew : undefined,
        archives: (await readArchives(ops)).map((archive) => ({
          title: archive.title,
          href: pathTo(PATHS.archive, { archive: archive.id }),
          tag: archive.failure === undefined ? ARCHIVE_STATE_WORDS[archive.state] : FAILED_TAG,
          recordings: archive.summary?.recordings.number,
          openedAt: archive.openedAt,
          openedBy: archive.openedBy,
        })),
      },
    }),
  },
]
