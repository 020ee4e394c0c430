import { couldEver } from '../../../../access/index.ts'
import { waitingDecisions } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'

/** What waits for a decision that this person may make. */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.decisions,
    who: 'signed-in',
    logs: [],
    handle: async ({ service, actor, now }) => {
      const rows = await waitingDecisions(service.ops, actor)
      return {
        page: 'pages/decision/list/list.njk',
        view: {
          title: 'Requests to decide',
          decides: couldEver(actor, 'decision.grant'),
          rows: rows.map((row) => ({
            ...row,
            href: pathTo(PATHS.decision, { request: row.id }),
            hours: Math.floor((now.getTime() - row.since.getTime()) / 3_600_000),
          })),
        },
      }
    },
  },
]
