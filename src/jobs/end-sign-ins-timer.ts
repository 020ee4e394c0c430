import { endSignIns } from '../actions/index.ts'
import type { Timer } from './timer.ts'

/** Removes sign-ins that ended. */
export const endSignInsTimer: Timer = {
  name: 'sign-ins that ended',
  every: 5 * 60_000,
  run: ({ ops }) => endSignIns(ops),
}
