import type { Route } from '../../route.ts'
import { amnestyRoutes } from './amnesty/amnesty.ts'
import { listRoutes } from './list/list.ts'
import { reportRoutes } from './report/report.ts'
import { reportedRoutes } from './reported/reported.ts'
import { showRoutes } from './show/show.ts'

/** What staff say themselves of apps on their phones. */
export const selfReportRoutes: readonly Route[] = [
  ...reportRoutes,
  ...reportedRoutes,
  ...listRoutes,
  ...amnestyRoutes,
  ...showRoutes,
]
