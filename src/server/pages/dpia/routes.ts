import type { Route } from '../../route.ts'
import { adviceRoutes } from './advice/advice.ts'
import { approveRoutes } from './approve/approve.ts'
import { filesRoutes } from './files/files.ts'
import { listRoutes } from './list/list.ts'
import { showRoutes } from './show/show.ts'
import { measuresRoutes } from './write/measures.ts'
import { risksRoutes } from './write/risks.ts'
import { writeRoutes } from './write/write.ts'

/** Data protection impact assessments, from the first line to the second signature. */
export const dpiaRoutes: readonly Route[] = [
  ...listRoutes,
  ...showRoutes,
  ...writeRoutes,
  ...risksRoutes,
  ...measuresRoutes,
  ...adviceRoutes,
  ...approveRoutes,
  ...filesRoutes,
]
