import type { Route } from '../../route.ts'
import { askRoutes } from './ask/ask.ts'
import { askPagesRoutes } from './decide/ask-pages.ts'
import { decideRoutes } from './decide/decide.ts'
import { entryRoutes } from './entry/entry.ts'
import { listRoutes } from './list/list.ts'
import { manageRoutes } from './manage/manage.ts'
import { packageRoutes } from './package/package.ts'
import { policyRoutes } from './policy/policy.ts'
import { showRoutes } from './show/show.ts'

/** The catalogue of apps: asked for, known, tried, approved, and gone again. */
export const appRoutes: readonly Route[] = [
  ...listRoutes,
  ...askRoutes,
  ...packageRoutes,
  ...policyRoutes,
  ...showRoutes,
  ...entryRoutes,
  ...manageRoutes,
  ...askPagesRoutes,
  ...decideRoutes,
]
