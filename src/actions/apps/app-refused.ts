import type { Reason } from '../../apps/index.ts'
import { ActionError } from '../action-error.ts'

/** What stands against an act on an app or an assessment: every reason, each with its source. Nothing was changed. */
export class RefusedWithReasons extends ActionError {
  readonly reasons: readonly Reason[]

  constructor(reasons: readonly Reason[]) {
    const [first] = reasons
    super('NOT_NOW', first?.code.toUpperCase() ?? 'REFUSED', first?.says ?? 'this cannot be done now', 'look again')
    this.name = 'RefusedWithReasons'
    this.reasons = reasons
  }
}

/** Somebody else has changed it since whoever acts has read it. */
export function changedMeanwhile(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'CHANGED_MEANWHILE',
    'somebody else has changed it meanwhile',
    'open it again, and change what is still to be changed',
  )
}
