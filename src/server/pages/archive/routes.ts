import type { Route } from '../../route.ts'
import { placesRoutes } from './places/places.ts'
import { sampleRoutes } from './sample/sample.ts'
import { sampledRoutes } from './sample/sampled.ts'
import { byHandRoutes } from './statistics/by-hand.ts'
import { statisticsRoutes } from './statistics/statistics.ts'
import { archiveTimelineRoutes } from './timeline/timeline.ts'

/** Archives of call recordings: what is in them, what becomes of it, and what regulators are told. */
export const archiveRoutes: readonly Route[] = [
  ...sampleRoutes,
  ...sampledRoutes,
  ...placesRoutes,
  ...archiveTimelineRoutes,
  ...statisticsRoutes,
  ...byHandRoutes,
]
