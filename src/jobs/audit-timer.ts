import type { Timer } from './timer.ts'

/** Holds what was logged since the last time to what must be true among entries (docs/formats/log.md). */
export const auditTimer: Timer = {
  name: 'the audit of the log',
  every: 60_000,
  run: ({ audit, log }) => audit.follow(log),
}
