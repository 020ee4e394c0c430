import type { Route } from '../../route.ts'
import { changeRoutes } from './change/change.ts'
import { filesRoutes } from './files/files.ts'
import { showRoutes } from './show/show.ts'

/** The record of processing activities: read, said anew, given to whoever may ask for it. */
export const processingRoutes: readonly Route[] = [...showRoutes, ...changeRoutes, ...filesRoutes]
