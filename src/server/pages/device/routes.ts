import type { Route } from '../../route.ts'
import { lendRoutes } from './lend/lend.ts'
import { moveRoutes } from './move/move.ts'
import { newRoutes } from './new/new.ts'
import { returnRoutes } from './return/return.ts'
import { roleRoutes } from './role/role.ts'
import { showRoutes } from './show/show.ts'

/** Devices: received, moved, lent for, returned. */
export const deviceRoutes: readonly Route[] = [
  ...newRoutes,
  ...showRoutes,
  ...moveRoutes,
  ...lendRoutes,
  ...returnRoutes,
  ...roleRoutes,
]
