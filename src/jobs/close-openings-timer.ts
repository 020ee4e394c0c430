import { closeEndedOpenings } from '../actions/index.ts'
import type { Timer } from './timer.ts'

/** Closes extracts that somebody opened and left open (law row C19). */
export const closeOpeningsTimer: Timer = {
  name: 'extracts left open',
  every: 60_000,
  run: ({ ops }) => closeEndedOpenings(ops),
}
