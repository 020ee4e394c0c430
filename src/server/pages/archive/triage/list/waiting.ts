import { readQueue, RECORDINGS_A_PAGE } from '../../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Route } from '../../../../route.ts'
import { recordingRows } from '../rows.ts'

/** What waits for the disclosure officer in an archive: protected and unresolved, the first deadline first (law row E14). */
export const queueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveWaiting,
    who: 'archive.see',
    logs: [],
    handle: async ({ service, actor, params, query, now }) => {
      const { archive, recordings } = await readQueue(service.ops, actor, params['archive'] ?? '', from(query['after']))
      const last = recordings.at(-1)
      const here = pathTo(PATHS.archiveWaiting, { archive: archive.id })
      return {
        page: 'pages/archive/triage/list/waiting.njk',
        view: {
          title: 'Recordings that wait for a decision',
          caption: archive.title,
          back: pathTo(PATHS.archiveRecordings, { archive: archive.id }),
          rows: recordingRows(archive.id, recordings, now),
          isFirst: query['after'] === undefined,
          firstHref: here,
          most: RECORDINGS_A_PAGE,
          nextHref:
            recordings.length === RECORDINGS_A_PAGE && last?.deadline
              ? `${here}?after=${last.deadline.toISOString()}~${last.id}`
              : undefined,
        },
      }
    },
  },
]

function from(after = ''): { deadline: Date; id: string } | undefined {
  const [, at = '', id = ''] = /^(\d{4}-[\d-]+T[\d:.]+Z)~([0-9a-f]{32})$/.exec(after) ?? []
  const deadline = new Date(at)
  return Number.isNaN(deadline.getTime()) ? undefined : { deadline, id }
}
