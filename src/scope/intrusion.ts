import { person, RECORD_KINDS, type RecordKind } from '../records/index.ts'
import { canHold } from './lint.ts'
import type { Clause, Scope } from './scope.ts'

/** How far a scope reaches into somebody's life, in figures. Clauses add up: where one has no limit, the whole has none. */
export interface Intrusion {
  /** days covered by any clause, begun days counted whole; absent: no limit */
  readonly days?: number
  /** the time covered, without overlaps, in milliseconds since 1970; of what has no limit, nothing */
  readonly windows: readonly { readonly from: number; readonly to: number }[]
  readonly kinds: readonly RecordKind[]
  /** names of apps; absent: every app that holds the kinds */
  readonly apps?: readonly string[]
  /** kind by kind, the apps; absent: every app */
  readonly cells: readonly { readonly kind: RecordKind; readonly apps?: readonly string[] }[]
  /** people by whatever address; absent: anybody */
  readonly parties?: number
  /** words and phrases; absent: whatever is said */
  readonly words?: number
  /** places; absent: anywhere */
  readonly places?: number
  /** whether pictures and files themselves are taken */
  readonly media: boolean
  /** most messages either side */
  readonly context: number
}

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** Days of a time in milliseconds, begun ones whole. An hour more begins no day: on one day a year clocks go back. */
export function daysOf(time: number): number {
  return Math.max(1, Math.ceil((time - HOUR) / DAY))
}

/** Measures a scope. The empty scope reaches nowhere: everything in it is zero. */
export function intrusionOf(scope: Scope): Intrusion {
  const windows = merged(scope.flatMap(({ between }) => (between ? [windowOf(between)] : [])))
  const apps = limited(scope, undefined, ({ apps }) => apps)
  const parties = limited(scope, 'with', (clause) => clause.with?.map(person))
  const words = limited(scope, 'containing', ({ containing: c }) => c && ('any' in c ? c.any : c.all))
  const places = limited(scope, 'near', ({ near }) => near && [`${near.lat} ${near.lon} ${near.radius_metres}`])
  const times = limited(scope, 'between', ({ between }) => between && [between.from])
  return {
    ...(times && { days: windows.reduce((sum, { from, to }) => sum + daysOf(to - from), 0) }),
    windows,
    kinds: RECORD_KINDS.filter((kind) => scope.some(({ records }) => records.includes(kind))),
    ...(apps && { apps }),
    cells: cellsOf(scope),
    ...(parties && { parties: parties.length }),
    ...(words && { words: words.length }),
    ...(places && { places: places.length }),
    media: scope.some(({ attachments }) => attachments === true),
    context: Math.max(0, ...scope.map(({ context = 0, records }) => (records.includes('message') ? context : 0))),
  }
}

/** Everything that clauses name of one condition; undefined where one clause could have been limited by it and is not. */
function limited(
  scope: Scope,
  condition: 'between' | 'with' | 'near' | 'containing' | undefined,
  named: (clause: Clause) => readonly string[] | undefined,
): string[] | undefined {
  const all = new Set<string>()
  for (const clause of scope) {
    const names = named(clause)
    const could = condition === undefined || clause.records.some((kind) => canHold(kind, condition))
    if (names === undefined && could) return undefined
    for (const name of names ?? []) all.add(name)
  }
  return [...all]
}

function cellsOf(scope: Scope): Intrusion['cells'] {
  return RECORD_KINDS.flatMap((kind) => {
    const clauses = scope.filter(({ records }) => records.includes(kind))
    if (clauses.length === 0) return []
    const apps = limited(clauses, undefined, (clause) => clause.apps)
    return [{ kind, ...(apps && { apps }) }]
  })
}

function windowOf({ from, to }: NonNullable<Clause['between']>): { from: number; to: number } {
  return { from: Date.parse(from), to: Date.parse(to) }
}

/** Windows in their order, those that touch or overlap made one; what ends before it begins is none. */
function merged(windows: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (const { from, to } of windows.filter((one) => one.from < one.to).sort((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else found.push({ from, to })
  }
  return found
}

/** What is compared. Infinity stands for no limit. */
export const MEASURES = ['days', 'kinds', 'apps', 'parties', 'context'] as const
export type Measure = (typeof MEASURES)[number]

/** Fewer than so many say nothing of what is usual, and might say something of one of them. */
export const FEWEST = 5

/** What is usual: the median of each measure, and the share in which files were taken. */
export interface Usual extends Readonly<Record<Measure, number>> {
  readonly of: number
  /** from 0 to 1 */
  readonly media: number
}

/** The medians over scopes that were granted; undefined where there are fewer than `FEWEST`. */
export function usualOf(granted: readonly Intrusion[]): Usual | undefined {
  if (granted.length < FEWEST) return undefined
  const measure = (name: Measure) => median(granted.map((one) => measureOf(one, name)))
  return {
    of: granted.length,
    days: measure('days'),
    kinds: measure('kinds'),
    apps: measure('apps'),
    parties: measure('parties'),
    context: measure('context'),
    media: granted.filter(({ media }) => media).length / granted.length,
  }
}

/** One measure of a scope; Infinity where there is no limit. */
export function measureOf(intrusion: Intrusion, name: Measure): number {
  switch (name) {
    case 'kinds':
      return intrusion.kinds.length
    case 'apps':
      return intrusion.apps?.length ?? Number.POSITIVE_INFINITY
    case 'context':
      return intrusion.context
    default:
      return intrusion[name] ?? Number.POSITIVE_INFINITY
  }
}

/** The lower of the two in the middle: a limit and no limit have no half-way between them. */
function median(values: number[]): number {
  const sorted = values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted[Math.floor((sorted.length - 1) / 2)] as number
}
