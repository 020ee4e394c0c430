import type { Route } from '../../../route.ts'
import { holdsRoutes } from './holds/holds.ts'
import { liftHoldRoutes } from './holds/lift.ts'
import { setHoldRoutes } from './holds/set.ts'
import { recordingsRoutes } from './list/list.ts'
import { queueRoutes } from './list/waiting.ts'
import { mineRoutes } from './mine/mine.ts'
import { decideRoutes } from './recording/decide.ts'
import { recordingRoutes } from './recording/recording.ts'

/** Triage of an archive: recordings by class and reason, one by one, holds, and what those who held the phones say. */
export const archiveTriageRoutes: readonly Route[] = [
  ...recordingsRoutes,
  ...queueRoutes,
  ...recordingRoutes,
  ...decideRoutes,
  ...holdsRoutes,
  ...setHoldRoutes,
  ...liftHoldRoutes,
  ...mineRoutes,
]
