import { person } from '../../../records/index.ts'
import type { Item } from './item.ts'
import type { Registers } from './rows.ts'

/** What an item is tied to, and what of it is not known, as the slowest reading of the rules has it. */
export interface Said {
  /** `R1 OP-1` … */
  readonly ties: Set<string>
  readonly doubts: Set<string>
  readonly numbers: Set<string>
  readonly holders: Set<string>
  /** milliseconds at which it may have begun, from and to */
  readonly spans: readonly (readonly [number, number])[]
  readonly lastsMs: number | undefined
}

/**
 * The rules once more, for a judge: every item against every row, one after the other, without an index, sharing nothing with what
 * it judges but how numbers are reduced and the shape of rows.
 */
export function slowly(item: Item, all: Registers, now: number): Said {
  const doubts = new Set<string>()
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '')
  const sources = [item.named, item.sidecar, item.db].filter((one) => one !== undefined)
  const numberSets = sources.map((one) => new Set(one.numbers.map(person))).filter((set) => set.size > 0)
  const spanSets = sources
    .map((one) => {
      const lasts = { millisecond: 1, second: 1000, minute: 60_000 }[one.started?.precision ?? 'second']
      return (one.started?.at ?? []).map((at) => [at - (at % lasts), at - (at % lasts) + lasts - 1] as const)
    })
    .filter((spans) => spans.length > 0)
  const apart = (a: readonly (readonly [number, number])[], b: typeof a, by: number) =>
    !a.some(([from, to]) => b.some(([start, end]) => from - by <= end && start <= to + by))
  if (numberSets.some((set) => numberSets[0]?.isDisjointFrom(set))) doubts.add('sources_disagree')
  if (spanSets.some((spans) => apart(spans, spanSets[0] ?? [], 5000))) doubts.add('sources_disagree')
  let numbers = new Set(numberSets.flatMap((set) => [...set]))
  let spans = doubts.size > 0 ? spanSets.flat() : (spanSets[0] ?? [])
  let lastsMs =
    item.audio?.state === 'whole' && item.audio.durationMs !== undefined
      ? item.audio.durationMs
      : [item.sidecar, item.db].find((one) => one?.durationMs !== undefined)?.durationMs

  // The phone: every name that rows give it, one leading to the next.
  const names = new Set(item.device === undefined ? [] : [plain(item.device)])
  for (let before = -1; before !== names.size; ) {
    before = names.size
    for (const { device, imei } of all.holdings) {
      const both = [device, imei].filter((one) => one !== undefined).map(plain)
      if (both.some((one) => names.has(one))) for (const one of both) names.add(one)
    }
  }
  const overlaps = ({ from, to }: { from: number; to: number }) =>
    spans.length === 0 || spans.some(([start, end]) => from <= end && start <= to)
  const rowsOf = () =>
    all.holdings.filter(
      ({ device, imei, during }) =>
        [device, imei].some((one) => one !== undefined && names.has(plain(one))) && overlaps(during),
    )
  let rows = rowsOf()
  let lines = new Set(rows.flatMap(({ number }) => number ?? []))
  if (lines.size === 0) {
    const people = new Set(rows.map(({ holder }) => plain(holder)))
    lines = new Set(
      all.holdings
        .filter(({ holder, during }) => people.has(plain(holder)) && overlaps(during))
        .flatMap(({ number }) => number ?? []),
    )
  }
  const calls = all.bills.filter(
    ({ ours, began, durationMs }) =>
      spans.length > 0 &&
      lines.has(ours) &&
      began.some(({ from, to }) => spans.some(([start, end]) => from <= end + 5000 && start - 5000 <= to)) &&
      (durationMs === undefined || lastsMs === undefined || Math.abs(durationMs - lastsMs) <= 5000),
  )
  const agreeing = calls.filter(({ other }) => numbers.size === 0 || (other !== undefined && numbers.has(other)))
  const others = new Set((agreeing.length > 0 ? agreeing : calls).map(({ other }) => other))
  let settled = agreeing.length > 0
  if (calls.length > 0 && agreeing.length === 0) {
    const named = [...others].filter((one) => one !== undefined)
    if (named.length > 0) doubts.add('bill_disagrees')
    for (const one of named) numbers.add(one)
  } else if (numbers.size === 0 && others.size > 1) {
    doubts.add('bill_ambiguous')
    numbers = new Set([...others].filter((one) => one !== undefined))
    settled = false
  } else if (numbers.size === 0 && others.size === 1) numbers = new Set([...others].filter((one) => one !== undefined))
  const isOneSecond = spans.length === 1 && spans.every(([from, to]) => to - from < 1000)
  if (settled && !isOneSecond) {
    const allowed = agreeing.flatMap(({ began }) => began)
    const left = spans.flatMap(([start, end]) =>
      allowed
        .map(({ from, to }) => [Math.max(start, from - 5000), Math.min(end, to + 5000)] as const)
        .filter(([from, to]) => from <= to),
    )
    // Counted by where either begins or ends: stretches may lie over one another.
    const sum = (some: typeof spans) => {
      const ends = [...new Set(some.flatMap(([from, to]) => [from, to + 1]))].sort((x, y) => x - y)
      return ends.reduce((total, end, at) => {
        const next = ends[at + 1] ?? end
        return total + (some.some(([from, to]) => from <= end && end <= to) ? next - end : 0)
      }, 0)
    }
    if (sum(left) < sum(spans)) spans = left
  }
  if (settled && lastsMs === undefined) {
    const durations = new Set(agreeing.map(({ durationMs }) => durationMs))
    if (durations.size === 1) lastsMs = [...durations][0]
  }

  rows = rowsOf()
  const holders = new Set(rows.map(({ holder }) => plain(holder)))
  const isCovered = spans.every(([start, end]) =>
    rows.some(({ during }) => during.unsure !== true && during.from <= start && end <= during.to),
  )
  if (numbers.size === 0) doubts.add('number_unknown')
  if (spans.length === 0) doubts.add('time_unknown')
  if (holders.size === 0) doubts.add('holder_unknown')
  if (holders.size > 1) doubts.add('holder_disputed')
  if (holders.size === 1 && spans.length > 0 && !isCovered) doubts.add('holder_unsure')
  if (item.audio === undefined) doubts.add('no_audio')
  if (item.audio?.state === 'damaged') doubts.add('damaged')

  const ties = new Set<string>()
  const isCertain = holders.size === 1 && spans.length > 0 && isCovered
  for (const { id, people, during } of all.operations) {
    if (!people.some((one) => holders.has(plain(one))) || !overlaps(during)) continue
    const isWithin = spans.every(([start, end]) => during.from <= start && end <= during.to)
    ties.add(`${isCertain && during.unsure !== true && isWithin ? 'operation' : 'operation_possible'} ${id}`)
  }
  for (const occurrence of new Set(all.cases.map((row) => row.occurrence))) {
    const ofCase = all.cases.filter((row) => row.occurrence === occurrence)
    if (!ofCase.some(({ parties }) => parties.some(({ number }) => numbers.has(number)))) continue
    if (ofCase.some(({ live }) => live)) ties.add(`live_case ${occurrence}`)
    const staff = ofCase.flatMap(({ oic, team }) => [...team, ...(oic === undefined ? [] : [oic])]).map(plain)
    const during = {
      from: Math.min(...ofCase.map((row) => row.during.from)),
      to: Math.max(...ofCase.map((row) => row.during.to)),
    }
    if (staff.some((one) => holders.has(one)) && overlaps(during)) ties.add(`own_case ${occurrence}`)
    for (const { id, on, target = '', lifted } of all.holds)
      if (on === 'case' && plain(target) === plain(occurrence) && !(lifted !== undefined && lifted <= now))
        ties.add(`hold ${id}`)
  }
  for (const { number, kind } of all.protected) if (numbers.has(number)) ties.add(`protected_number ${kind}`)
  const carried = new Set(rows.flatMap(({ number }) => number ?? []))
  for (const { id, on, target, lifted } of all.holds) {
    if (lifted !== undefined && lifted <= now) continue
    const holds =
      on === 'archive' ||
      target === undefined ||
      (on === 'item' && target === item.id) ||
      (on === 'device' && names.has(plain(target))) ||
      (on === 'holder' && holders.has(plain(target))) ||
      (on === 'number' && (numbers.has(target) || carried.has(target)))
    if (holds) ties.add(`hold ${id}`)
  }
  for (const { says, item: about, device, holder, number, during } of all.statements) {
    const code = {
      evidence: 'evidence',
      maybe_evidence: 'evidence',
      confidential: 'confidential',
      operation: 'operation',
      unclear: 'unclear',
      nothing: '',
      does_not_know: '',
    }[says]
    if (code === '') continue
    // The narrowest that it names must be known and fit; the others must not speak against it.
    const asked = [
      [number, numbers],
      [device && plain(device), names],
      [holder && plain(holder), holders],
    ] as const
    const said = asked.filter(([what]) => what !== undefined)
    const fits =
      said[0] !== undefined &&
      said[0][1].has(said[0][0] as string) &&
      said.every(([what, known]) => known.size === 0 || known.has(what as string)) &&
      overlaps(during)
    if (about === undefined ? fits : about === item.id) ties.add(`owner_${code} `)
  }
  return { ties, doubts, numbers, holders, spans, lastsMs }
}
