import { instantOf } from '../../records/index.ts'
import { after, type Day } from '../../retention/index.ts'
import type { Facts } from '../catalogue/guards.ts'
import { mayInstall, reachOf } from '../catalogue/install.ts'
import type { AppRecord } from '../catalogue/state.ts'
import type { Instant } from './instant.ts'
import type { PermittedApp } from './permitted.ts'

/** What the catalogue does not know of an app and management systems ask for. */
export type Further = Pick<PermittedApp, 'storeUrl' | 'intuneApp' | 'minimum' | 'inHouse' | 'cohort'>

export interface CatalogueOptions {
  /** the role of the phones on which apps are tried: the fleet knows roles and no people */
  readonly trialRole?: string
  /** of one of its packages */
  readonly further?: (platform: PermittedApp['platform'], id: string) => Further
}

const RECORDS: ReadonlySet<string> = new Set(['overt_announced', 'all_party', 'authorised_covert'])

/**
 * What the catalogue says of an app on a day, as the fleet looks at it. What it lets on holds for that day and no longer: tomorrow it is
 * to be asked again. What it let on before and no longer does is said with its end; what it never let on is not there.
 */
export function permittedByCatalogue(
  app: AppRecord,
  facts: Facts,
  on: Day,
  { trialRole, further = () => ({}) }: CatalogueOptions = {},
): readonly PermittedApp[] {
  const { entry, approval, trial, suspension, state } = app
  // Of an app on trial again the trial counts, and before its approval there was one.
  const tried = state === 'trial' || (state === 'suspended' && suspension?.from === 'trial') || approval === undefined
  const from = tried ? trial?.from : approval?.on
  const roles = tried ? (trialRole === undefined ? [] : [trialRole]) : (approval?.roles ?? [])
  if (from === undefined) return []
  return entry.versions.map(({ platform, id, signers }) => ({
    entry: entry.id,
    name: entry.app,
    platform,
    id,
    signers,
    roles,
    approved: startOf(from),
    mayRecord: RECORDS.has(entry.recording),
    ...ending(app, facts, on),
    ...further(platform, id),
  }))
}

function ending(app: AppRecord, facts: Facts, on: Day): Pick<PermittedApp, 'assessedUntil' | 'withdrawn' | 'mayStay'> {
  const { state, suspension, since } = app
  if (state === 'suspended' && suspension?.reach === 'new_installs')
    return { assessedUntil: startOf(suspension.on), mayStay: true }
  if (state !== 'approved' && state !== 'trial')
    return { assessedUntil: startOf(since), withdrawn: startOf(suspension?.on ?? since) }
  const { refused } = mayInstall(app, facts, on)
  if (refused === undefined) return { assessedUntil: startOf(after(on, { days: 1 })) }
  // Since when it no longer holds the catalogue does not say: at the latest since today.
  return { assessedUntil: startOf(on), mayStay: reachOf(refused.map(({ code }) => code)) === 'new_installs' }
}

/** When a day begins in Britain. */
function startOf(day: Day): Instant {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  // Clocks in Britain change at one in the morning: every day has its midnight.
  return new Date(instantOf({ year, month, day: date, hour: 0, minute: 0 }) ?? `${day}T00:00:00Z`).toISOString()
}
