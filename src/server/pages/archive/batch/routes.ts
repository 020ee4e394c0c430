import type { Route } from '../../../route.ts'
import { filesRoutes } from './files/files.ts'
import { listRoutes } from './list/list.ts'
import { proposeRoutes } from './propose/propose.ts'
import { showRoutes } from './show/show.ts'

/** Recordings that are to be destroyed, by two people, and what proves that they were. */
export const batchRoutes: readonly Route[] = [...listRoutes, ...proposeRoutes, ...showRoutes, ...filesRoutes]
