import { setTimeout as pause } from 'node:timers/promises'
import { appsDayTimer } from './apps-day-timer.ts'
import { auditTimer } from './audit-timer.ts'
import { closeOpeningsTimer } from './close-openings-timer.ts'
import { cosignTimer } from './cosign-timer.ts'
import { endSignInsTimer } from './end-sign-ins-timer.ts'
import { expireAuthorisationsTimer } from './expire-authorisations-timer.ts'
import { finishDestructionsTimer } from './finish-destructions-timer.ts'
import type { Timer, TimerParts } from './timer.ts'

/** Everything that the service does by the clock. docs/running.md has the same table. */
export const TIMERS: readonly Timer[] = [
  expireAuthorisationsTimer,
  closeOpeningsTimer,
  endSignInsTimer,
  finishDestructionsTimer,
  appsDayTimer,
  cosignTimer,
  auditTimer,
]

/** Timers that go. */
export interface Timers {
  /** Begins no further turn, and resolves when the turns under way have ended. */
  stop(): Promise<void>
}

/**
 * Starts timers, each with a turn at once and then after its own interval; of one timer there is one turn at a time. For the one process that writes
 * the log. `failed` is told what went wrong; the next turn tries again.
 */
export function startTimers(
  parts: TimerParts,
  failed: (what: string, error: unknown) => void,
  timers: readonly Timer[] = TIMERS,
): Timers {
  const ending = new AbortController()
  const { signal } = ending
  const going = timers.map(async ({ name, every, run }) => {
    while (!signal.aborted) {
      try {
        await run(parts)
      } catch (error) {
        // oxlint-disable-next-line no-unnecessary-condition -- it may have ended meanwhile
        if (!signal.aborted) failed(name, error)
      }
      await pause(every, undefined, { signal, ref: false }).catch(() => {})
    }
  })
  return {
    async stop() {
      ending.abort()
      await Promise.all(going)
    },
  }
}
