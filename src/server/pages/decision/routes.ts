import type { Route } from '../../route.ts'
import { adviseRoutes } from './advise/advise.ts'
import { doneRoutes } from './done/done.ts'
import { endRoutes } from './end/end.ts'
import { grantRoutes } from './grant/grant.ts'
import { journalisticRoutes } from './journalistic/journalistic.ts'
import { listRoutes } from './list/list.ts'
import { narrowRoutes } from './narrow/narrow.ts'
import { showRoutes } from './show/show.ts'
import { turnDownRoutes } from './turn-down/turn-down.ts'

/** Decisions: what waits, the whole request on a page, the four outcomes, and the end of a grant. */
export const decisionRoutes: readonly Route[] = [
  ...listRoutes,
  ...showRoutes,
  ...grantRoutes,
  ...narrowRoutes,
  ...turnDownRoutes,
  ...journalisticRoutes,
  ...adviseRoutes,
  ...doneRoutes,
  ...endRoutes,
]
