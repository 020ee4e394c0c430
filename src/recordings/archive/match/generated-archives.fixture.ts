import fc from 'fast-check'
import type { Item } from './item.ts'
import {
  type ArchiveHold,
  HELD_THINGS,
  OWNER_SAYS,
  type OwnerStatement,
  PROTECTED_KINDS,
  type Registers,
} from './rows.ts'
import { ALWAYS } from './window.ts'

/** Few of everything, so that all sorts of things meet. */
const NUMBERS = ['+447700900101', '+447700900102', '+447700900103', '+447700900104', '101']
const SPELLINGS = [...NUMBERS, '07700 900101', '00447700900102', '+44 (0)7700 900103']
const LINES = ['+447700900901', '+447700900902']
const PEOPLE = ['PC 1', 'pc-2', 'PC3']
const DEVICES = ['D-1', 'd2', 'IMEI 3']
const CASES = ['OC/1', 'OC/2', 'OC/3']
/** An hour before the clocks go back in 2019. */
const BASE = Date.UTC(2019, 9, 26, 23, 30)
export const IDS = ['i1', 'i2', 'i3', 'i4', 'i5', 'i6']

// Seconds, so that things lie near one another, just beside, or hours apart.
const instant = fc
  .tuple(fc.constantFrom(0, 1, 4, 5, 6, 11, 59, 60, 3600, 3605, 7200), fc.constantFrom(0, 0, 500, 999))
  .map(([seconds, ms]) => BASE + seconds * 1000 + ms)
const numbers = fc.subarray(SPELLINGS, { maxLength: 2 })
const some = <Value>(values: readonly Value[]) => fc.constantFrom(...values)
const maybe = <Value>(one: fc.Arbitrary<Value>, yes = 2, no = 1) =>
  fc.oneof({ weight: yes, arbitrary: one }, { weight: no, arbitrary: fc.constant(undefined) })

const during = fc.oneof(
  { weight: 2, arbitrary: fc.constant(ALWAYS) },
  {
    weight: 4,
    arbitrary: fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  },
  { weight: 1, arbitrary: fc.constant({ ...ALWAYS, unsure: true as const }) },
)

const started = fc
  .tuple(instant, fc.boolean(), some(['millisecond', 'second', 'second', 'minute'] as const))
  .map(([at, twice, precision]) => ({
    at: twice ? [at, at + 3_600_000] : [at],
    precision,
    zone: 'british' as const,
  }))
const durationMs = fc.constantFrom(60_000, 60_400, 61_000, 62_000, 66_000)
const told = fc.record({ numbers, started: maybe(started, 5), durationMs: maybe(durationMs) })

const item = fc.record({
  sha256: some(['a', 'b', 'c', 'd', 'e', 'f', '0', '1']).map((digit) => digit.repeat(64)),
  bytes: fc.constant(9600),
  device: maybe(some(DEVICES), 6),
  named: maybe(
    fc.record({ numbers, started: maybe(started, 8) }).map((one) => ({ recorder: 'made', ...one })),
    8,
  ),
  sidecar: maybe(told, 1, 4),
  db: maybe(told, 1, 6),
  audio: maybe(
    fc.record({
      container: some(['amr', 'm4a', 'mp3']),
      durationMs: maybe(durationMs, 5),
      state: some(['whole', 'whole', 'whole', 'damaged', 'empty'] as const),
    }),
    8,
  ),
  duplicateOf: maybe(some(IDS), 1, 8),
})

/** A few files, each with an id of its own. */
export const items: fc.Arbitrary<Item[]> = fc
  .array(item, { minLength: 1, maxLength: IDS.length })
  .map((made) => made.map((one, at) => ({ ...one, id: IDS[at] as string })))

const line = fc.constant(2)
const hold: fc.Arbitrary<ArchiveHold> = fc
  .tuple(some(HELD_THINGS), fc.nat(5), maybe(some([1, 3]), 1))
  .map(([on, at, lifted]) => {
    const targets = {
      archive: [undefined],
      device: DEVICES,
      holder: PEOPLE,
      number: [...NUMBERS, ...LINES],
      case: CASES,
      item: IDS,
    }[on]
    // One on everything would leave nothing else to be seen: it is made lifted.
    const until = on === 'archive' ? 1 : lifted
    return { line: 2, id: `H-${on}-${at}`, on, target: targets[at % targets.length], ...(until && { lifted: until }) }
  })
const statement: fc.Arbitrary<OwnerStatement> = fc
  .record({
    line,
    says: some(OWNER_SAYS),
    item: maybe(some(IDS), 1, 8),
    device: maybe(some(DEVICES)),
    holder: maybe(some(PEOPLE)),
    number: maybe(some(NUMBERS)),
    during,
  })
  .filter(({ item, device, holder, number }) => [item, device, holder, number].some((one) => one !== undefined))

/** Registers about the same few numbers, people and phones. Lifted holds were lifted at 1 or 3: ask at 2. */
export const registers: fc.Arbitrary<Registers> = fc.record({
  holdings: fc.array(
    fc.record({
      line,
      device: some(DEVICES),
      imei: maybe(some(['imei-3', '356-1']), 1, 3),
      number: maybe(some(LINES), 3),
      holder: some(PEOPLE),
      during,
    }),
    { maxLength: 4 },
  ),
  bills: fc.array(
    fc.record({
      line,
      ours: some(LINES),
      other: maybe(some(NUMBERS), 5),
      began: fc
        .tuple(instant, fc.boolean(), some([1000, 60_000]))
        .map(([at, twice, lasts]) =>
          (twice ? [at, at + 3_600_000] : [at]).map((from) => ({ from, to: from + lasts - 1 })),
        ),
      durationMs: maybe(durationMs, 4),
      direction: maybe(some(['in', 'out'] as const)),
    }),
    { maxLength: 4 },
  ),
  operations: fc.array(
    fc.record({ line, id: some(['OP-1', 'OP-2']), people: fc.subarray(PEOPLE, { minLength: 1 }), during }),
    { maxLength: 2 },
  ),
  cases: fc.array(
    fc.record({
      line,
      occurrence: some(CASES),
      live: fc.boolean(),
      oic: maybe(some(PEOPLE)),
      team: fc.subarray(PEOPLE, { maxLength: 1 }),
      parties: fc
        .subarray(NUMBERS, { maxLength: 2 })
        .map((list) => list.map((number) => ({ number, role: 'other' as const }))),
      during,
    }),
    { maxLength: 3 },
  ),
  holds: fc.array(hold, { maxLength: 2 }),
  protected: fc.array(fc.record({ line, number: some(NUMBERS), kind: some(PROTECTED_KINDS) }), { maxLength: 1 }),
  statements: fc.array(statement, { maxLength: 2 }),
})
