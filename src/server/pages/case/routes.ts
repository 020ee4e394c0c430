import type { Route } from '../../route.ts'
import { closeRoutes } from './close/close.ts'
import { listRoutes } from './list/list.ts'
import { membersRoutes } from './members/members.ts'
import { newRoutes } from './new/new.ts'
import { showRoutes } from './show/show.ts'

/** Cases, and who is in them. */
export const caseRoutes: readonly Route[] = [
  ...listRoutes,
  ...newRoutes,
  ...showRoutes,
  ...membersRoutes,
  ...closeRoutes,
]
