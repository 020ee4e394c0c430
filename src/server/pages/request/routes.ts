import type { Route } from '../../route.ts'
import { checkRoutes } from './check/check.ts'
import { clauseRoutes } from './clause/clause.ts'
import { codeRoutes } from './code/code.ts'
import { confidentialRoutes } from './confidential/confidential.ts'
import { excessRoutes } from './excess/excess.ts'
import { lineRoutes } from './line/line.ts'
import { linesRoutes } from './lines/lines.ts'
import { newVersionRoutes } from './new-version/new-version.ts'
import { noPhoneRoutes } from './no-phone/no-phone.ts'
import { otherPeopleRoutes } from './other-people/other-people.ts'
import { otherUsersRoutes } from './other-users/other-users.ts'
import { otherWaysRoutes } from './other-ways/other-ways.ts'
import { powerRoutes } from './power/power.ts'
import { purposeRoutes } from './purpose/purpose.ts'
import { reasonsRoutes } from './reasons/reasons.ts'
import { scopeRoutes } from './scope/scope.ts'
import { sensitiveProcessingRoutes } from './sensitive-processing/sensitive-processing.ts'
import { showRoutes } from './show/show.ts'
import { startRoutes } from './start/start.ts'
import { withdrawRoutes } from './withdraw/withdraw.ts'

/** Requests: begun, written question by question, checked, sent, taken back, or found not to need a phone. */
export const requestRoutes: readonly Route[] = [
  ...startRoutes,
  ...showRoutes,
  ...powerRoutes,
  ...purposeRoutes,
  ...linesRoutes,
  ...lineRoutes,
  ...otherWaysRoutes,
  ...scopeRoutes,
  ...clauseRoutes,
  ...otherPeopleRoutes,
  ...reasonsRoutes,
  ...excessRoutes,
  ...confidentialRoutes,
  ...sensitiveProcessingRoutes,
  ...otherUsersRoutes,
  ...codeRoutes,
  ...checkRoutes,
  ...noPhoneRoutes,
  ...withdrawRoutes,
  ...newVersionRoutes,
]
