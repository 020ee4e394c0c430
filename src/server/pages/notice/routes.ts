import type { Route } from '../../route.ts'
import { chooseRoutes } from './choose/choose.ts'
import { paperRoutes } from './paper/paper.ts'
import { previewRoutes } from './preview/preview.ts'
import { servedRoutes } from './served/served.ts'

/** The notice before agreement: chosen, read as its reader will, served, printed. */
export const noticeRoutes: readonly Route[] = [...chooseRoutes, ...previewRoutes, ...servedRoutes, ...paperRoutes]
