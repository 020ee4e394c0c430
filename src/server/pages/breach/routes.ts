import type { Route } from '../../route.ts'
import { listRoutes } from './list/list.ts'
import { reportRoutes } from './report/report.ts'
import { showRoutes } from './show/show.ts'

/** The register of breaches: every one, its 72 hours, and who was told. */
export const breachRoutes: readonly Route[] = [...listRoutes, ...reportRoutes, ...showRoutes]
