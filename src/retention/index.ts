/**
 * Retention: how long what was taken may be kept, and when somebody must look at it again. Knows the schedule (a document, not
 * code), holds, reviews, and what a certificate of destruction says. Does not know containers, keys, people's names or the
 * clock, and destroys nothing.
 * Invariant: nothing is due for destruction under a hold, before its floor or without a review that decided so, and every
 * verdict has its reasons and the day of its next review.
 */
export * from './apply.ts'
export * from './batches.ts'
export * from './calendar.ts'
export * from './certificate.ts'
export { after, type Day, dayOf, isDay } from './day.ts'
export * from './errors.ts'
export * from './holding.ts'
export * from './reason.ts'
export * from './schedule.ts'
