import type { Timer } from './timer.ts'

/** Asks the witnesses about the checkpoint as it stands, also while nothing happens: at least hourly, so that its age says something. */
export const cosignTimer: Timer = {
  name: 'the witnesses of the log',
  every: 30 * 60_000,
  run: ({ log }) => log.cosign(),
}
