import { dayComesToApps } from '../actions/index.ts'
import type { Timer } from './timer.ts'

/** Suspends apps whose trial, assessment, contract or day of review is over (law rows C25, E10, E12). Hourly, for a day that begins while the service runs. */
export const appsDayTimer: Timer = {
  name: 'apps whose time is over',
  every: 3_600_000,
  run: ({ ops }) => dayComesToApps(ops),
}
