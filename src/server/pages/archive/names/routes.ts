import type { Route } from '../../../route.ts'
import { listRoutes } from './list.ts'
import { markRoutes } from './mark.ts'
import { templateRoutes } from './template.ts'

/** Learning how the names of an archive are read. */
export const archiveNamesRoutes: readonly Route[] = [...listRoutes, ...markRoutes, ...templateRoutes]
