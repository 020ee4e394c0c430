import type { Route } from '../../route.ts'
import { destructionRoutes } from './destruction/destruction.ts'
import { holdRoutes } from './hold/hold.ts'
import { holdingRoutes } from './holding/holding.ts'
import { retentionListRoutes } from './list/list.ts'
import { proposeRoutes } from './propose/propose.ts'
import { reviewRoutes } from './review/review.ts'

/** What is held, until when, and its end. */
export const retentionRoutes: readonly Route[] = [
  ...retentionListRoutes,
  ...holdingRoutes,
  ...reviewRoutes,
  ...holdRoutes,
  ...proposeRoutes,
  ...destructionRoutes,
]
