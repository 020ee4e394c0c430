import type { Route } from '../../route.ts'
import { askRoutes } from './ask/ask.ts'
import { askPagesRoutes } from './decide/ask-pages.ts'
import { decideRoutes } from './decide/decide.ts'
import { entryRoutes } from './entry/entry.ts'
import { listRoutes } from './list/list.ts'
import { furtherRoutes } from './manage/further.ts'
import { manageRoutes } from './manage/manage.ts'
import { packageRoutes } from './package/package.ts'
import { policyExportRoutes } from './policy/export.ts'
import { policiesRoutes } from './policy/list.ts'
import { policyRoutes } from './policy/policy.ts'
import { showRoutes } from './show/show.ts'

/** The catalogue of apps: asked for, known, tried, approved, and gone again. */
export const appRoutes: readonly Route[] = [
  ...listRoutes,
  ...askRoutes,
  ...packageRoutes,
  ...policiesRoutes,
  ...policyRoutes,
  ...policyExportRoutes,
  ...showRoutes,
  ...entryRoutes,
  ...manageRoutes,
  ...furtherRoutes,
  ...askPagesRoutes,
  ...decideRoutes,
]
