import type { Route } from '../../route.ts'
import { decideRoutes } from './decide/decide.ts'
import { reportRoutes } from './report/report.ts'
import { showRoutes } from './show/show.ts'

/** What else comes to light in an extract: whoever reads stops, and an authorising officer decides (law row G15). */
export const findRoutes: readonly Route[] = [...reportRoutes, ...showRoutes, ...decideRoutes]
