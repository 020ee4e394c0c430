import type { Platform } from '../platform.ts'
import type { Day } from '../../retention/index.ts'
import type { Person } from '../person.ts'
import type { Reason } from '../reason.ts'
import { entryDigest } from './entry.ts'
import { againstDeciding, againstLettingOn, type Facts } from './guards.ts'
import type { AppRecord } from './state.ts'

/** What a policy may say of an app: which packages, by whom signed, and whose phones get it. Without one no policy names it. */
export interface InstallGrant {
  readonly app: string
  readonly packages: readonly {
    readonly platform: Platform
    readonly id: string
    readonly signers: readonly string[]
  }[]
  readonly to: { readonly roles: readonly string[] } | { readonly people: readonly Person[]; readonly until: Day }
}

export type Installing =
  | { readonly grant: InstallGrant; readonly refused?: undefined }
  | { readonly grant?: undefined; readonly refused: readonly Reason[] }

export const INSTALL_REASONS = {
  not_let_on: { says: 'It is neither approved nor on trial.', source: 'Data Protection Act 2018 s.57' },
  trial_over: { says: 'The last day of its trial has passed.', source: 'own' },
  entry_changed: { says: 'Its entry was changed after it was decided on.', source: 'own' },
  not_decided: { says: 'Nothing shows that two people decided on it.', source: 'own' },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>

/** Whether a policy may put an app on phones, on a day, and on whose: the only way to an export. Looks at everything anew. */
export function mayInstall(app: AppRecord, facts: Facts, on: Day): Installing {
  const refused = againstInstalling(app, facts, on)
  const { entry, trial, approval, state } = app
  if (refused.length > 0) return { refused }
  const packages = entry.versions.map(({ platform, id, signers }) => ({ platform, id, signers }))
  if (state === 'approved' && approval) return { grant: { app: entry.id, packages, to: { roles: approval.roles } } }
  if (state === 'trial' && trial)
    return { grant: { app: entry.id, packages, to: { people: trial.people, until: trial.until } } }
  return { refused: [because('not_let_on')] }
}

/** What stands against it. Never relies on a job having been run: a day that passed counts whether or not anybody noticed. */
export function againstInstalling(app: AppRecord, facts: Facts, on: Day): Reason[] {
  const { entry, state, trial, approval, requested_by } = app
  const decided = state === 'approved' ? approval : state === 'trial' ? trial : undefined
  if (state !== 'approved' && state !== 'trial') return [because('not_let_on')]
  if (decided === undefined) return [because('not_decided')]
  return [
    ...(decided.of === entryDigest(entry) ? [] : [because('entry_changed')]),
    ...(state === 'trial' && trial && on > trial.until ? [because('trial_over')] : []),
    ...againstDeciding(decided.asked_by, decided.decided_by, entry, requested_by, facts),
    ...againstLettingOnNow(app, facts, on),
  ]
}

/** What stands against the app itself being on phones, as it is now. */
export function againstLettingOnNow({ entry, seen }: AppRecord, facts: Facts, on: Day): Reason[] {
  return againstLettingOn(entry, seen, facts, on)
}

// What ends by the calendar alone: whoever has the app keeps it while it is looked at again.
const BY_CALENDAR: ReadonlySet<string> = new Set(['review_due', 'dpia_review_due'])

/** How far a suspension reaches, by its reasons. */
export function reachOf(codes: readonly string[]): 'new_installs' | 'all' {
  return codes.every((code) => BY_CALENDAR.has(code)) ? 'new_installs' : 'all'
}

function because(code: keyof typeof INSTALL_REASONS): Reason {
  return { code, ...INSTALL_REASONS[code] }
}
