import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { ActionError } from '../action-error.ts'
import { isSameText } from '../request/open-questions.ts'
import { LONGEST_TEXT } from '../request/save-part.ts'

/** The two tests of PCSC Act 2022 s.37(5)(c), each with a reason of its own (law row B4). */
export interface Reasons {
  readonly necessity: string
  readonly proportionality: string
}

/** What is wrong with reasons, by field; empty where they can stand. */
export function reasonFaults({
  necessity,
  proportionality,
}: Reasons): { field: keyof Reasons; reason: string; says: string }[] {
  const faults: { field: keyof Reasons; reason: string; says: string }[] = []
  for (const [field, text] of [
    ['necessity', necessity],
    ['proportionality', proportionality],
  ] as const) {
    if (text.trim() === '')
      faults.push({ field, reason: `NO_${field.toUpperCase()}`, says: `Enter your reasons on ${field}.` })
    else if (text.length > LONGEST_TEXT)
      faults.push({
        field,
        reason: 'TOO_LONG',
        says: `Your reasons on ${field} must be ${LONGEST_TEXT} characters or fewer.`,
      })
  }
  if (faults.length === 0 && isSameText(necessity, proportionality))
    faults.push({
      field: 'proportionality',
      reason: 'SAME_REASON_TWICE',
      says: 'Proportionality is a test of its own: enter a reason of its own.',
    })
  return faults
}

/** Throws ActionError NOT_VALID where a reason is missing or both are one (law row B4). */
export function mustHaveReasons(reasons: Reasons): Reasons {
  const fault = reasonFaults(reasons)[0]
  if (fault) throw new ActionError('NOT_VALID', fault.reason, fault.says)
  return { necessity: reasons.necessity.trim(), proportionality: reasons.proportionality.trim() }
}

/** Reasons as the log names them: SHA-256, lower-case hex. */
export function reasonsDigest(reasons: Reasons): string {
  return hash('sha256', canonical({ ...reasons }), 'hex')
}
