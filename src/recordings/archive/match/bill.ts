import type { BilledCall } from './rows.ts'
import { NEAR_MS, type Told } from './told.ts'
import { meet, merged, widened, type Window } from './window.ts'

/** Milliseconds by which what a bill counts and what was recorded of a call may differ. */
const NEAR_DURATION_MS = 5000

interface Entry {
  readonly from: number
  readonly call: BilledCall
}

/** The force's bills, by line and by when a call began. */
export class Bills {
  readonly #lines = new Map<string, Entry[]>()
  #longest = 1

  constructor(calls: readonly BilledCall[]) {
    for (const call of calls) {
      let entries = this.#lines.get(call.ours)
      if (entries === undefined) this.#lines.set(call.ours, (entries = []))
      for (const { from, to } of call.began) {
        entries.push({ from, call })
        this.#longest = Math.max(this.#longest, to - from + 1)
      }
    }
    for (const entries of this.#lines.values()) entries.sort((a, b) => a.from - b.from)
  }

  /** Calls on these lines that one could be, by when it began and how long it lasted: 5 s either way each. */
  near(lines: Iterable<string>, { began, durationMs }: Pick<Told, 'began' | 'durationMs'>): Set<BilledCall> {
    const found = new Set<BilledCall>()
    for (const line of lines)
      for (const window of began) {
        const { from, to } = widened(window, NEAR_MS)
        const entries = this.#lines.get(line) ?? []
        for (let at = firstFrom(entries, from - this.#longest); at < entries.length; at++) {
          const entry = entries[at] as Entry
          if (entry.from > to) break
          if (entry.call.began.some((one) => meet(one, { from, to })) && lastsAsLong(entry.call, durationMs))
            found.add(entry.call)
        }
      }
    return found
  }
}

function lastsAsLong(call: BilledCall, durationMs: number | undefined): boolean {
  if (durationMs === undefined || call.durationMs === undefined) return true
  return Math.abs(call.durationMs - durationMs) <= NEAR_DURATION_MS
}

function firstFrom(entries: readonly Entry[], from: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle] as Entry).from < from) low = middle + 1
    else high = middle
  }
  return low
}

/** What a bill adds to what an item tells. */
export interface Billed extends Told {
  /** lines of the exports at which the call stands that it is; none where the bill does not say, or not for certain */
  readonly billed: readonly number[]
}

/**
 * Repairs what an item tells by the bill: a number and a direction that are missing, and which of several instants it was.
 * Where the bill has a call then with somebody else, or several that it could be, all their numbers are kept and it is
 * doubted.
 */
export function repaired(told: Told, near: ReadonlySet<BilledCall>): Billed {
  if (near.size === 0) return { ...told, billed: [] }
  const agreeing = told.numbers.length === 0 ? near : agreeingWith(told.numbers, near)
  const others = [...new Set([...near].map(({ other }) => other))]
  if (agreeing.size === 0) {
    // Only calls whose other side the bill does not name neither agree nor disagree.
    const named = others.filter((one) => one !== undefined)
    if (named.length === 0) return { ...told, billed: [] }
    return {
      ...told,
      numbers: [...new Set([...told.numbers, ...named])].sort(),
      doubts: [...told.doubts, 'bill_disagrees'],
      billed: [],
    }
  }
  const numbers = [...new Set([...agreeing].map(({ other }) => other))]
  if (told.numbers.length === 0 && numbers.length > 1)
    return {
      ...told,
      numbers: numbers.filter((one) => one !== undefined).sort(),
      doubts: [...told.doubts, 'bill_ambiguous'],
      billed: [],
    }
  const only = told.numbers.length === 0 ? numbers[0] : undefined
  const narrowed = narrower(told.began, agreeing)
  const directions = new Set([...agreeing].map(({ direction }) => direction))
  const direction = directions.size === 1 ? [...directions][0] : undefined
  return {
    ...told,
    ...(only !== undefined && { numbers: [only], numbersFrom: 'bill' as const }),
    ...(narrowed && { began: narrowed, beganFrom: 'bill' as const }),
    ...(told.direction === undefined && direction && { direction, directionFrom: 'bill' as const }),
    ...durationFrom(told, agreeing),
    billed: [...agreeing].map(({ line }) => line).sort((a, b) => a - b),
  }
}

function agreeingWith(numbers: readonly string[], near: ReadonlySet<BilledCall>): Set<BilledCall> {
  return new Set([...near].filter(({ other }) => other !== undefined && numbers.includes(other)))
}

/** Of several instants, or of a whole minute, the ones that the bill allows; undefined where those are all. */
function narrower(began: readonly Window[], calls: ReadonlySet<BilledCall>): readonly Window[] | undefined {
  if (began.length === 1 && began.every(({ from, to }) => to - from < 1000)) return undefined
  const allowed = [...calls].flatMap((call) => call.began.map((one) => widened(one, NEAR_MS)))
  const left = merged(
    began.flatMap((window) =>
      allowed
        .filter((one) => meet(one, window))
        .map((one) => ({ from: Math.max(one.from, window.from), to: Math.min(one.to, window.to) })),
    ),
  )
  const length = (windows: readonly Window[]) => windows.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  return left.length > 0 && length(left) < length(merged(began)) ? left : undefined
}

function durationFrom(told: Told, calls: ReadonlySet<BilledCall>): Pick<Told, 'durationMs' | 'durationFrom'> {
  const durations = [...new Set([...calls].map(({ durationMs }) => durationMs))]
  if (told.durationMs !== undefined || durations.length !== 1 || durations[0] === undefined) return {}
  return { durationMs: durations[0], durationFrom: 'bill' }
}
