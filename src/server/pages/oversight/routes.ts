import type { Route } from '../../route.ts'
import { logRoutes } from './log/log.ts'
import { overviewRoutes } from './overview/overview.ts'
import { proofRoutes } from './proof.ts'

/** How it stands with the log, figures over everybody, and questions to the log. */
export const oversightRoutes: readonly Route[] = [...overviewRoutes, ...logRoutes, ...proofRoutes]
