import type { Joined } from './match-items.ts'
import { because, joined, type Reason, type ReasonCode, sorted } from './reason.ts'
import { areNear } from './told.ts'

/** Items with the same bytes. */
export interface ExactCopies {
  /** whose facts count: the first by id of those of which most is known */
  readonly master: Joined
  readonly copies: readonly Joined[]
  /** of the master, with every tie of any copy */
  readonly reasons: readonly Reason[]
}

/** What another copy of the same bytes may know. Everything else that is doubted of one is doubted of all. */
const HEALED: ReadonlySet<ReasonCode> = new Set(['number_unknown', 'time_unknown', 'holder_unknown'])

/** Groups items by their bytes. Every item is in one group, alone where nothing else has its bytes. */
export function exactCopies(items: readonly Joined[]): ExactCopies[] {
  const byId = new Map(items.map((one) => [one.item.id, one]))
  const groups = new Map<string, Joined[]>()
  for (const one of items) {
    const list = groups.get(bytesOf(one))
    if (list === undefined) groups.set(bytesOf(one), [one])
    else list.push(one)
  }
  return [...groups.values()].map((group) => together(group, byId))
}

function bytesOf({ item }: Joined): string {
  return `${item.sha256} ${item.bytes}`
}

function together(group: readonly Joined[], byId: ReadonlyMap<string, Joined>): ExactCopies {
  const [master, ...copies] = group.length === 1 ? group : [...group].sort(byMostKnown)
  const first = master as Joined
  const lost = group.some((one) => {
    const { duplicateOf } = one.item
    const of = duplicateOf === undefined ? one : byId.get(duplicateOf)
    return of === undefined || bytesOf(of) !== bytesOf(one)
  })
  if (copies.length === 0)
    return { master: first, copies, reasons: joined([first.reasons, lost ? [because('copy_unclear')] : []]) }
  const more: ReasonCode[] = []
  if (lost) more.push('copy_unclear')
  if (copies.some((copy) => disagree(first, copy))) more.push('copies_disagree')
  const spreading = copies.map(({ reasons }) => reasons.filter(({ code }) => !HEALED.has(code)))
  return { master: first, copies, reasons: joined([first.reasons, ...spreading, more.map((code) => because(code))]) }
}

function byMostKnown(a: Joined, b: Joined): number {
  const unknown = ({ reasons }: Joined) => reasons.filter(({ code }) => HEALED.has(code)).length
  return unknown(a) - unknown(b) || (a.item.id < b.item.id ? -1 : 1)
}

/** Whether two tell of different calls, in anything that both know. */
function disagree({ facts: a }: Joined, { facts: b }: Joined): boolean {
  const apart = (some: readonly string[], others: readonly string[]) =>
    some.length > 0 && others.length > 0 && !some.some((one) => others.includes(one))
  return (
    apart(a.numbers, b.numbers) ||
    apart(a.holders, b.holders) ||
    (a.began.length > 0 && b.began.length > 0 && !areNear(a.began, b.began))
  )
}

/** Milliseconds by which two containers of one call differ in length. */
const ALIKE_MS = 1000

/**
 * What are likely copies of one call in other containers, as phones and clouds keep them: the same number, the same second, each
 * as long as the next to a second, in at least two containers. Ids, sorted; no exact copies among them. They are told, and never
 * treated as exact.
 */
export function likelyCopies(masters: readonly Joined[]): string[][] {
  const buckets = new Map<string, Joined[]>()
  for (const one of masters) {
    const { numbers, began, durationMs } = one.facts
    if (durationMs === undefined || one.item.audio === undefined) continue
    for (const number of numbers)
      for (const { from, to } of began)
        if (to - from < 1000) {
          const key = `${number} ${Math.floor(from / 1000)}`
          const list = buckets.get(key)
          if (list === undefined) buckets.set(key, [one])
          else if (list.at(-1) !== one) list.push(one)
        }
  }
  const groups = new Map<string, string[]>()
  for (const bucket of buckets.values())
    if (bucket.length > 1)
      for (const run of runsOf(bucket)) {
        const ids = sorted(run.map(({ item }) => item.id))
        groups.set(JSON.stringify(ids), ids)
      }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ids]) => ids)
}

function runsOf(bucket: readonly Joined[]): Joined[][] {
  const runs: Joined[][] = []
  const length = ({ facts }: Joined) => facts.durationMs ?? 0
  let before = -Infinity
  for (const one of [...bucket].sort((a, b) => length(a) - length(b))) {
    if (length(one) - before <= ALIKE_MS) runs.at(-1)?.push(one)
    else runs.push([one])
    before = length(one)
  }
  return runs.filter((run) => new Set(run.map(({ item }) => item.audio?.container)).size > 1)
}
