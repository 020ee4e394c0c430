import { FleetError } from '../errors.ts'
import { type Instant, inOrder } from '../instant.ts'
import type { AppCount, Imported, Install, Source } from '../install.ts'
import { comparedName } from '../aliases.ts'

/** An app on a phone, with what earlier imports knew of it. */
export interface Held {
  readonly install: Install
  /** the earliest time at which it was known to be there without a break */
  readonly firstSeen: Instant
  /** whether a source said so, rather than our having found it */
  readonly said: boolean
  /** the last report of the phone without it */
  readonly absentAt?: Instant
}

/** What a source last said of a phone. */
export interface Report {
  readonly source: Source
  readonly at: Instant
  /** the last whole list; absent while there was none */
  readonly wholeAt?: Instant
  readonly held: readonly Held[]
}

/** What is known of the fleet after some imports. */
export interface Holdings {
  readonly at?: Instant
  /** by device, what each source said of it */
  readonly devices: ReadonlyMap<string, readonly Report[]>
  /** by source, what it counts without naming devices */
  readonly counts: ReadonlyMap<Source, readonly AppCount[]>
}

export const NO_HOLDINGS: Holdings = { devices: new Map(), counts: new Map() }

/**
 * Takes in imports of one time. Where a list is whole, what it does not hold is gone; where it is not, everything known stays. Throws
 * FleetError OUT_OF_ORDER where they are older than what was taken in, or not of one time.
 */
export function takeIn(before: Holdings, imports: readonly Imported[]): Holdings {
  const at = imports[0]?.at
  if (at === undefined) return before
  if (imports.some((one) => one.at !== at) || (before.at !== undefined && at <= before.at))
    throw new FleetError('OUT_OF_ORDER', 'an import is not from after the last one', 'bring imports in by their time')
  const devices = new Map(before.devices)
  const counts = new Map(before.counts)
  for (const source of [...new Set(imports.map((one) => one.source))].sort(inOrder)) {
    const own = imports.filter((one) => one.source === source)
    const reported = new Set(own.flatMap((one) => one.reported))
    const lists = new Map<string, Install[]>()
    for (const device of reported) lists.set(device, [])
    for (const { installs } of own)
      for (const install of installs) {
        const list = lists.get(install.device)
        if (list === undefined) lists.set(install.device, [install])
        else list.push(install)
      }
    for (const [device, installs] of lists) {
      const reports = devices.get(device) ?? []
      const last = reports.find((one) => one.source === source)
      const next = report(source, at, installs, last, reported.has(device))
      devices.set(device, [...reports.filter((one) => one !== last), next])
    }
    const counted = own.flatMap((one) => one.counts)
    if (counted.length > 0) counts.set(source, counted)
  }
  return { at, devices, counts }
}

function report(
  source: Source,
  at: Instant,
  installs: readonly Install[],
  last: Report | undefined,
  whole: boolean,
): Report {
  const known = new Map<string, Held>()
  for (const held of last?.held ?? []) {
    const key = sameApp(held.install)
    const other = known.get(key)
    const sooner = other === undefined || held.firstSeen < other.firstSeen
    if (sooner || (held.firstSeen === other.firstSeen && held.said)) known.set(key, held)
  }
  const held = installs.map((install): Held => {
    const before = known.get(sameApp(install))
    const { firstSeen, firstSeenSaid: said } = install
    if (before === undefined) return { install, firstSeen, said, absentAt: last?.wholeAt }
    const earlier = said && firstSeen < before.firstSeen
    return {
      install,
      firstSeen: earlier ? firstSeen : before.firstSeen,
      said: earlier || before.said,
      absentAt: before.absentAt,
    }
  })
  if (whole) return { source, at, wholeAt: at, held }
  const named = new Set(installs.map(sameApp))
  const rest = (last?.held ?? []).filter(({ install }) => !named.has(sameApp(install)))
  return { source, at, wholeAt: last?.wholeAt, held: [...rest, ...held] }
}

function sameApp({ platform, id, name, publisher }: Install): string {
  return id === undefined ? `${platform} ${publisher ?? ''} name:${comparedName(name ?? '')}` : `${platform} ${id}`
}

/** Phones of which a source has said nothing since a time: what they hold now nobody knows. */
export function quietSince(
  { devices }: Holdings,
  since: Instant,
): readonly { readonly device: string; readonly source: Source; readonly at: Instant }[] {
  return [...devices]
    .flatMap(([device, reports]) => reports.map(({ source, at }) => ({ device, source, at })))
    .filter(({ at }) => at < since)
    .sort((a, b) => inOrder(a.device, b.device) || inOrder(a.source, b.source))
}
