import type { Route } from '../../route.ts'
import { closeRoutes } from './close/close.ts'
import { keepRoutes } from './keep/routes.ts'
import { listRoutes } from './list/list.ts'
import { newRoutes } from './new/new.ts'
import { placesRoutes } from './places/places.ts'
import { columnsRoutes } from './registers/columns.ts'
import { giveRoutes } from './registers/give.ts'
import { registersRoutes } from './registers/registers.ts'
import { sampleRoutes } from './sample/sample.ts'
import { sampledRoutes } from './sample/sampled.ts'
import { showRoutes } from './show/show.ts'
import { byHandRoutes } from './statistics/by-hand.ts'
import { statisticsRoutes } from './statistics/statistics.ts'
import { archiveTimelineRoutes } from './timeline/timeline.ts'
import { archiveTriageRoutes } from './triage/routes.ts'

/** Archives of call recordings: what is in them, what becomes of it, and what regulators are told. */
export const archiveRoutes: readonly Route[] = [
  ...listRoutes,
  ...newRoutes,
  ...showRoutes,
  ...archiveTriageRoutes,
  ...registersRoutes,
  ...giveRoutes,
  ...columnsRoutes,
  ...keepRoutes,
  ...sampleRoutes,
  ...sampledRoutes,
  ...placesRoutes,
  ...archiveTimelineRoutes,
  ...statisticsRoutes,
  ...byHandRoutes,
  ...closeRoutes,
]
