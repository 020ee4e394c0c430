import { type Instant, inOrder, msBetween } from '../instant.ts'
import type { Imported } from '../install.ts'
import { type Finding, compareFleet } from './findings.ts'
import { type Holdings, NO_HOLDINGS, takeIn } from './fleet-state.ts'
import { Judge, type Rules, SEVERITIES, type Severity } from './judge.ts'

/** What somebody has to see to, from the import that showed it to the one that shows it gone. */
export interface Ticket {
  readonly finding: Finding
  readonly opened: Instant
  /** by when; the gravest that it ever was decides, from when it was so */
  readonly deadline: Instant
  readonly closed?: Instant
  /** `gone`: a whole list no longer has the app. `settled`: it is there and nothing is wrong with it any more */
  readonly because?: 'gone' | 'settled'
}

/** Days to see to a finding. */
export type Deadlines = Readonly<Record<Severity, number>>
export const DEADLINES: Deadlines = { critical: 1, high: 3, medium: 14, low: 30 }

export interface Fleet {
  readonly holdings: Holdings
  /** by opening, device, app and kind */
  readonly tickets: readonly Ticket[]
  readonly signersNotCompared: number
}

export const NO_FLEET: Fleet = { holdings: NO_HOLDINGS, tickets: [], signersNotCompared: 0 }

const DAY_MS = 86_400_000

/** Takes in the imports of one time, compares, and opens and closes tickets. Throws FleetError OUT_OF_ORDER. */
export function nextFleet(
  before: Fleet,
  imports: readonly Imported[],
  rules: Rules,
  deadlines: Deadlines = DEADLINES,
): Fleet {
  const at = imports[0]?.at
  if (at === undefined) return before
  const holdings = takeIn(before.holdings, imports)
  const { findings, signersNotCompared } = compareFleet(holdings, rules, at)
  const now = new Map(findings.map((finding) => [keyOf(finding), finding]))
  const judge = new Judge(rules)
  const due = (severity: Severity) => new Date(Date.parse(at) + deadlines[severity] * DAY_MS).toISOString()
  const tickets = before.tickets.map((ticket): Ticket => {
    if (ticket.closed !== undefined) return ticket
    const key = keyOf(ticket.finding)
    const finding = now.get(key)
    now.delete(key)
    if (finding === undefined) {
      const there = holds(holdings, judge, ticket.finding)
      return { ...ticket, closed: at, because: there ? 'settled' : 'gone' }
    }
    const graver = SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(ticket.finding.severity)
    const sooner = due(finding.severity)
    return { ...ticket, finding, deadline: graver && sooner < ticket.deadline ? sooner : ticket.deadline }
  })
  for (const finding of now.values()) tickets.push({ finding, opened: at, deadline: due(finding.severity) })
  return {
    holdings,
    tickets: tickets.sort((a, b) => inOrder(a.opened, b.opened) || inOrder(keyOf(a.finding), keyOf(b.finding))),
    signersNotCompared,
  }
}

/** The fleet after all imports there are, whatever their order. */
export function fleetAfter(imports: readonly Imported[], rules: Rules, deadlines: Deadlines = DEADLINES): Fleet {
  const times = [...new Set(imports.map(({ at }) => at))].sort(inOrder)
  return times.reduce(
    (fleet, at) =>
      nextFleet(
        fleet,
        imports.filter((one) => one.at === at),
        rules,
        deadlines,
      ),
    NO_FLEET,
  )
}

/** How long something was wrong before it was found, in milliseconds. */
export interface Detection {
  /** counted from when it was first seen or ruled out: never less than this */
  readonly atLeastMs: number
  /** counted from the last look that did not show it; absent: nobody had looked before */
  readonly atMostMs?: number
}

export function detectionOf({ opened, finding: { wrongSince, notBefore } }: Ticket): Detection {
  return {
    atLeastMs: Math.max(0, msBetween(wrongSince, opened)),
    ...(notBefore !== undefined && { atMostMs: Math.max(0, msBetween(notBefore, opened)) }),
  }
}

function keyOf({ device, app, kind }: Finding): string {
  return JSON.stringify([device, app, kind])
}

function holds({ devices }: Holdings, judge: Judge, { device, app }: Finding): boolean {
  return (devices.get(device) ?? []).some(({ held }) => held.some(({ install }) => judge.keyOf(install) === app))
}
