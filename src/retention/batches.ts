import { applySchedule } from './apply.ts'
import type { Holding, ObjectClass } from './holding.ts'
import type { Schedule } from './schedule.ts'

/** Holdings that one pair of people can decide about together. */
export interface Batch {
  readonly verdict: 'review' | 'restrict' | 'destroy_due'
  readonly owner: string
  readonly objectClass: ObjectClass
  /** codes that every holding in it has as a reason */
  readonly reasons: readonly string[]
  /** ids, in order */
  readonly holdings: readonly string[]
}

const MOST = 100

/**
 * What is due at `now`, put together for the people who decide: one owner, one class, one set of reasons, at most `most`
 * holdings (default 100) in each, because nobody approves more with open eyes. Destruction first.
 */
export function batches(
  holdings: readonly Holding[],
  schedule: Schedule,
  now: Date,
  { most = MOST }: { readonly most?: number } = {},
): Batch[] {
  const groups = new Map<string, Batch & { readonly holdings: string[] }>()
  for (const { id, owner, objectClass, ...rest } of holdings) {
    const { verdict, reasons } = applySchedule({ id, owner, objectClass, ...rest }, schedule, now)
    if (verdict === 'keep') continue
    const codes = [...new Set(reasons.map(({ code }) => code))].sort()
    const key = JSON.stringify([ORDER[verdict], owner, objectClass, codes])
    const group = groups.get(key) ?? { verdict, owner, objectClass, reasons: codes, holdings: [] }
    group.holdings.push(id)
    groups.set(key, group)
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { holdings: ids, ...batch }]) => cut(ids.sort(), most).map((part) => ({ ...batch, holdings: part })))
}

const ORDER = { destroy_due: 0, restrict: 1, review: 2 } as const

function cut(ids: readonly string[], most: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / most) }, (_, at) => ids.slice(at * most, (at + 1) * most))
}
