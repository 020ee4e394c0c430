/**
 * Jobs: work behind the pages, one task a file, on a queue in the database, for any number of workers on any number of machines. Knows the queue and what
 * each task needs. Does not know who asked: it is told ids, and asks the database.
 * Invariant: a task that is ended anywhere can be taken up again, and what it did is either done or undone.
 */
export { openWorker, type Worker, type WorkerSettings } from './open-worker.ts'
export type { Timer, TimerParts } from './timer.ts'
export { startTimers, TIMERS, type Timers } from './timers.ts'
export { openQueue, type Queue } from './queue.ts'
export { type Work, work } from './work.ts'
