import type { CustodyKind } from '../../store/index.ts'

const HOUR = 3_600_000

/** So many hours after a device was handed over it is back with its user, or a phone was lent in its place (law row B25). */
export const HOURS_ALLOWED = 24
/** So many hours before that it is said that the time runs out. */
export const HOURS_OF_WARNING = 6

/** How long somebody has been without their device. */
export interface CustodyClock {
  /** absent: it was never received */
  readonly receivedAt?: Date
  readonly returnedAt?: Date
  /** whole hours, rounded down, from receipt to return or until now */
  readonly hoursHeld: number
  /** when 24 hours are over */
  readonly dueAt?: Date
  /** whether a phone is lent to the user now */
  readonly loan: boolean
  /** `returned`; `lent`: held, with a phone in its place; `in_time`, `due_soon` and `overdue`: held, with none */
  readonly state: 'returned' | 'lent' | 'in_time' | 'due_soon' | 'overdue'
}

/**
 * Reads the clock of a device from its custody record (law row B25: nobody without a phone for more than 24 hours). A phone that is lent stops
 * no clock: it changes what is owed. Events in any order.
 */
export function custodyClock(
  { events }: { readonly events: readonly { readonly kind: CustodyKind; readonly happened_at: Date }[] },
  now: Date,
): CustodyClock {
  const inOrder = [...events].sort((a, b) => a.happened_at.getTime() - b.happened_at.getTime())
  const receivedAt = inOrder.find(({ kind }) => kind === 'received')?.happened_at
  if (receivedAt === undefined) return { hoursHeld: 0, loan: false, state: 'in_time' }
  const returnedAt = inOrder.findLast(({ kind }) => kind === 'returned')?.happened_at
  const loan = inOrder.findLast(({ kind }) => kind === 'loan_given' || kind === 'loan_returned')?.kind === 'loan_given'
  const held = (returnedAt ?? now).getTime() - receivedAt.getTime()
  const clock = {
    receivedAt,
    hoursHeld: Math.max(0, Math.floor(held / HOUR)),
    dueAt: new Date(receivedAt.getTime() + HOURS_ALLOWED * HOUR),
    loan,
  }
  if (returnedAt !== undefined) return { ...clock, returnedAt, state: 'returned' }
  if (loan) return { ...clock, state: 'lent' }
  if (held >= HOURS_ALLOWED * HOUR) return { ...clock, state: 'overdue' }
  return { ...clock, state: held >= (HOURS_ALLOWED - HOURS_OF_WARNING) * HOUR ? 'due_soon' : 'in_time' }
}
