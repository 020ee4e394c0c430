import { accountRoutes } from './pages/account/routes.ts'
import { appRoutes } from './pages/app/routes.ts'
import { dpiaRoutes } from './pages/dpia/routes.ts'
import { listeningRoutes } from './pages/archive/listening/routes.ts'
import { batchRoutes } from './pages/archive/batch/routes.ts'
import { archiveRoutes } from './pages/archive/routes.ts'
import { archiveNamesRoutes } from './pages/archive/names/routes.ts'
import { breachRoutes } from './pages/breach/routes.ts'
import { caseRoutes } from './pages/case/routes.ts'
import { deviceRoutes } from './pages/device/routes.ts'
import { extractionRoutes } from './pages/extraction/routes.ts'
import { agreementRoutes } from './pages/agreement/routes.ts'
import { decisionRoutes } from './pages/decision/routes.ts'
import { noticeRoutes } from './pages/notice/routes.ts'
import { oversightRoutes } from './pages/oversight/routes.ts'
import { findRoutes } from './pages/find/routes.ts'
import { fleetRoutes } from './pages/fleet/routes.ts'
import { instructionRoutes } from './pages/instruction/routes.ts'
import { selfReportRoutes } from './pages/self-report/routes.ts'
import { processingRoutes } from './pages/processing/routes.ts'
import { homeRoutes } from './pages/home/home.ts'
import { requestRoutes } from './pages/request/routes.ts'
import { retentionRoutes } from './pages/retention/routes.ts'
import { peopleRoutes } from './pages/people/people.ts'
import { reviewingRoutes } from './pages/review/routes.ts'
import type { Route } from './route.ts'

/** The table: every page and form of the service, who may use it, and what it logs. */
export const ROUTES: readonly Route[] = [
  ...homeRoutes,
  ...caseRoutes,
  ...deviceRoutes,
  ...requestRoutes,
  ...noticeRoutes,
  ...agreementRoutes,
  ...decisionRoutes,
  ...extractionRoutes,
  ...retentionRoutes,
  ...accountRoutes,
  ...peopleRoutes,
  ...reviewingRoutes,
  ...archiveRoutes,
  ...batchRoutes,
  ...breachRoutes,
  ...processingRoutes,
  ...appRoutes,
  ...dpiaRoutes,
  ...findRoutes,
  ...listeningRoutes,
  ...archiveNamesRoutes,
  ...fleetRoutes,
  ...instructionRoutes,
  ...selfReportRoutes,
  ...oversightRoutes,
]
