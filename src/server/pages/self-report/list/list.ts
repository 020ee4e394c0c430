import { couldEver } from '../../../../access/index.ts'
import { currentAmnesty, readReports } from '../../../../actions/index.ts'
import { dayOf } from '../../../../retention/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'

/** What staff report of apps on their phones, for those whose part it is (law rows E11, E14). */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appReports,
    who: 'app.see_reports',
    logs: [],
    handle: async ({ service: { ops }, actor, now }) => {
      const reports = (await readReports(ops, actor)).map((one) => ({
        ...one,
        href: pathTo(PATHS.appReport, { report: one.id }),
      }))
      const today = dayOf(now)
      const amnesty = await currentAmnesty(ops, today)
      return {
        page: 'pages/self-report/list/list.njk',
        view: {
          title: 'Apps that staff reported',
          open: reports.filter(({ done }) => !done),
          seenTo: reports.filter(({ done }) => done),
          amnesty: amnesty && {
            ...amnesty,
            stands: today < amnesty.from ? 'ahead' : today <= amnesty.until ? 'lasts' : 'over',
          },
          ...(couldEver(actor, 'app.manage') && { setAmnesty: PATHS.amnesty }),
        },
      }
    },
  },
]
