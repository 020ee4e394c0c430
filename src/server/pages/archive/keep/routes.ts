import type { Route } from '../../../route.ts'
import { chooseRoutes } from './choose/choose.ts'
import { decideKeepRoutes } from './decide/decide.ts'
import { keepsRoutes } from './list/list.ts'
import { proposeKeepRoutes } from './propose/propose.ts'
import { showKeepRoutes } from './show/show.ts'

/** Recordings of an archive that are kept for a case. */
export const keepRoutes: readonly Route[] = [
  ...keepsRoutes,
  ...chooseRoutes,
  ...proposeKeepRoutes,
  ...showKeepRoutes,
  ...decideKeepRoutes,
]
