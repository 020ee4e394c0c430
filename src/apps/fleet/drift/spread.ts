import { inOrder } from '../instant.ts'
import { lapseOf } from '../permitted.ts'
import type { Holdings } from './fleet-state.ts'
import { Judge, type Rules } from './judge.ts'

/** On how many phones an app is, against on how many it may be. Law row E11. */
export interface Spread {
  readonly app: string
  /** phones that are named, or more where a source counts more without naming them */
  readonly installed: number
  /** the sum of what is approved; 0 where no approval holds any more */
  readonly approved: number
}

/** Apps that are on more phones than their approved cohorts; an app without a stated cohort has no bound. The widest excess first. */
export function aboveCohort({ at, devices, counts }: Holdings, rules: Rules): readonly Spread[] {
  const judge = new Judge(rules)
  const on = new Map<string, Set<string>>()
  for (const [device, reports] of devices)
    for (const { held } of reports)
      for (const { install } of held) {
        const key = judge.keyOf(install)
        const set = on.get(key)
        if (set === undefined) on.set(key, new Set([device]))
        else set.add(device)
      }
  const installed = new Map([...on].map(([app, phones]) => [app, phones.size]))
  for (const list of counts.values()) {
    const sums = new Map<string, number>()
    // A source counts each version by itself.
    for (const count of list) sums.set(judge.keyOf(count), (sums.get(judge.keyOf(count)) ?? 0) + count.devices)
    for (const [app, sum] of sums) installed.set(app, Math.max(installed.get(app) ?? 0, sum))
  }
  const approved = new Map<string, number>()
  for (const app of rules.permitted) {
    const key = `${app.platform} ${app.id}`
    const bound = at !== undefined && lapseOf(app, at) !== undefined ? 0 : (app.cohort ?? Number.POSITIVE_INFINITY)
    approved.set(key, (approved.get(key) ?? 0) + bound)
  }
  return [...installed]
    .map(([app, number]) => ({ app, installed: number, approved: approved.get(app) ?? 0 }))
    .filter((one) => approved.has(one.app) && one.installed > one.approved)
    .sort((a, b) => b.installed - b.approved - (a.installed - a.approved) || inOrder(a.app, b.app))
}
