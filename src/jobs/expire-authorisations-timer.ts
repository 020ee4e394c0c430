import { expireAuthorisations } from '../actions/index.ts'
import type { Timer } from './timer.ts'

/** Ends authorisations whose time is over, and stops what runs under them (law row B29). Each also ends by itself: its own time says so. */
export const expireAuthorisationsTimer: Timer = {
  name: 'authorisations whose time is over',
  every: 30_000,
  run: ({ ops }) => expireAuthorisations(ops, ops.now()),
}
