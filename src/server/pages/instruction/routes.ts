import type { Route } from '../../route.ts'
import { listRoutes } from './list/list.ts'
import { questionsRoutes } from './questions/questions.ts'
import { readersRoutes } from './readers/readers.ts'
import { showRoutes } from './show/show.ts'
import { writeRoutes } from './write/write.ts'

/** What staff read of apps before they get them, and the questions that show that they did. */
export const instructionRoutes: readonly Route[] = [
  ...listRoutes,
  ...showRoutes,
  ...questionsRoutes,
  ...writeRoutes,
  ...readersRoutes,
]
