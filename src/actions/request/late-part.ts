import { restsOnAgreement } from '../../authorisation/index.ts'
import type { RequestStatus } from '../../store/index.ts'
import { notNow, type RequestRow } from '../turn.ts'
import type { Answer, Beliefs, Draft } from './draft.ts'
import { LATE_PARTS, type RequestPart } from './open-questions.ts'

/**
 * Whether an answer may be given now. What says how it was gone about is said last: after agreement, where the power rests on it. Everything else is
 * said before, because agreement is given to that.
 */
export function isTimeFor(
  part: Answer['part'] | RequestPart,
  status: RequestStatus,
  { power }: Pick<Draft, 'power'>,
): boolean {
  if (status === 'returned') return true
  const late = (LATE_PARTS as ReadonlySet<string>).has(part)
  return status === 'agreed' ? late : status === 'draft' && (!late || (power !== undefined && !restsOnAgreement(power)))
}

/** What another version begins with: what is said after agreement is said of that agreement. */
export function withoutLateParts(beliefs: Beliefs): Beliefs {
  return Object.fromEntries(Object.entries(beliefs).filter(([part]) => !(LATE_PARTS as ReadonlySet<string>).has(part)))
}

/** Throws ActionError NOT_NOW where it may not. */
export function mustBeTimeFor({ status, document }: RequestRow, part: Answer['part']): void {
  if (!isTimeFor(part, status, document as Draft)) throw notNow(status)
}
