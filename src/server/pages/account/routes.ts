import type { Route } from '../../route.ts'
import { newKeyRoutes } from './new-key/new-key.ts'
import { showRoutes } from './show/show.ts'

/** One's own account. */
export const accountRoutes: readonly Route[] = [...showRoutes, ...newKeyRoutes]
