import type { NamedTime } from '../names/named-call.ts'
import type { Direction, Item, Source, ToldCall } from './item.ts'
import type { ReasonCode } from './reason.ts'
import type { Telephones } from './telephone.ts'
import { meet, widened, type Window } from './window.ts'

/** What an item tells of its call by itself, before any bill is asked. */
export interface Told {
  /** every number that any source tells, sorted */
  readonly numbers: readonly string[]
  readonly numbersFrom?: Source
  /** every stretch in which it may have begun; none where nothing says when */
  readonly began: readonly Window[]
  readonly beganFrom?: Source
  readonly direction?: Direction
  readonly directionFrom?: Source
  readonly durationMs?: number
  readonly durationFrom?: Source
  readonly doubts: readonly ReasonCode[]
}

/** Milliseconds by which two clocks may differ that tell of one call. */
export const NEAR_MS = 5000

const SOURCES: readonly (readonly [Source, (item: Item) => ToldCall | undefined])[] = [
  ['name', ({ named }) => named],
  ['sidecar', ({ sidecar }) => sidecar],
  ['db', ({ db }) => db],
]

const LASTS = { millisecond: 1, second: 1000, minute: 60_000 } as const

/** Every instant in which a time, as it was told, may lie. */
export function stretches(time: NamedTime | undefined): Window[] {
  if (time === undefined) return []
  const lasts = LASTS[time.precision]
  return time.at.map((at) => {
    // A name that tells the minute tells which minute, wherever in it the instant stands.
    const from = Math.floor(at / lasts) * lasts
    return { from, to: from + lasts - 1 }
  })
}

/** Brings together what the name, the side-car, the database and the bytes tell. Where they differ all of it is kept, and doubted. */
export function toldBy(item: Item, telephones: Telephones): Told {
  const doubts = new Set<ReasonCode>()
  const sources = SOURCES.flatMap(([from, of]) => {
    const told = of(item)
    if (told === undefined) return []
    return [{ from, told, numbers: numbersOf(told.numbers, telephones, doubts), began: stretches(told.started) }]
  })
  const numbered = sources.filter(({ numbers }) => numbers.length > 0)
  const timed = sources.filter(({ began }) => began.length > 0)
  const [number, time] = [numbered[0], timed[0]]
  const directed = sources.find(({ told }) => told.direction !== undefined)
  if (number && numbered.some(({ numbers }) => !numbers.some((one) => number.numbers.includes(one))))
    doubts.add('sources_disagree')
  if (time && timed.some(({ began }) => !areNear(began, time.began))) doubts.add('sources_disagree')
  const lasted = durationOf(item, sources)
  return {
    numbers: [...new Set(numbered.flatMap(({ numbers }) => numbers))].sort(),
    ...(number && { numbersFrom: number.from }),
    began: doubts.has('sources_disagree') ? timed.flatMap(({ began }) => began) : (time?.began ?? []),
    ...(time && { beganFrom: time.from }),
    ...(directed && { direction: directed.told.direction, directionFrom: directed.from }),
    ...lasted,
    doubts: [...doubts],
  }
}

function durationOf(
  { audio }: Item,
  sources: readonly { readonly from: Source; readonly told: ToldCall }[],
): Pick<Told, 'durationMs' | 'durationFrom'> {
  // A damaged file counts what is left of it, and that is not how long the call was.
  if (audio?.state === 'whole' && audio.durationMs !== undefined)
    return { durationMs: audio.durationMs, durationFrom: 'container' }
  const told = sources.find((one) => one.told.durationMs !== undefined)
  return told ? { durationMs: told.told.durationMs, durationFrom: told.from } : {}
}

function numbersOf(written: readonly string[], telephones: Telephones, doubts: Set<ReasonCode>): string[] {
  return written.flatMap((one) => {
    const found = telephones.of(one)
    if (found.is === 'unclear' || found.is === 'unreadable') doubts.add('number_unclear')
    return found.is === 'number' || found.is === 'unclear' ? [found.number] : []
  })
}

/** Whether any of the one lies near any of the other. */
export function areNear(some: readonly Window[], others: readonly Window[]): boolean {
  return some.some((one) => others.some((other) => meet(widened(one, NEAR_MS), other)))
}
