import { followingReport } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { FOLLOWING_WORDS } from '../words.ts'

/** What follows from a report, told at once to whoever made it (law row E14). The page tells nothing of the report itself. */
export const reportedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appReported,
    who: 'app.report',
    logs: [],
    handle: async ({ service: { ops }, params }) => {
      const follows = await followingReport(ops, params['report'] ?? '')
      if (follows === undefined) return { redirect: PATHS.appReportNew }
      return {
        page: 'pages/self-report/reported/reported.njk',
        view: {
          title: 'You have reported it',
          home: PATHS.home,
          following: follows.following.map((one) => FOLLOWING_WORDS[one]),
          amnesty: follows.amnesty,
        },
      }
    },
  },
]
