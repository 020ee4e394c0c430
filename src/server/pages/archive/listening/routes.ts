import type { Route } from '../../../route.ts'
import { askRoutes } from './ask.ts'
import { listeningRoutes as oneRoutes } from './listening.ts'
import { soundRoutes } from './sound.ts'

/** Listening to a recording: asked, decided, heard. */
export const listeningRoutes: readonly Route[] = [...askRoutes, ...oneRoutes, ...soundRoutes]
