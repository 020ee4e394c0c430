import type { Route } from '../../route.ts'
import { answerRoutes } from './answer/answer.ts'
import { doneRoutes } from './done/done.ts'
import { guardianRoutes } from './guardian/guardian.ts'
import { paperRoutes } from './paper/paper.ts'
import { refusedRoutes } from './refused/refused.ts'
import { stepRoutes } from './step/step.ts'
import { withdrawRoutes } from './withdraw/withdraw.ts'

/** The answer to the notice: a yes page by page, a no on one, a change of mind, and whoever must be told. */
export const agreementRoutes: readonly Route[] = [
  ...answerRoutes,
  ...stepRoutes,
  ...refusedRoutes,
  ...doneRoutes,
  ...paperRoutes,
  ...withdrawRoutes,
  ...guardianRoutes,
]
