import type { Reason } from '../../reason.ts'
import { type Instant, inOrder } from '../instant.ts'
import { LAPSES, lapseOf, type PermittedApp } from '../permitted.ts'

/** How an app of a role comes onto its phones, what becomes of a permission, and what the microphone of the whole phone does. */
export const INSTALLS = ['required', 'available'] as const
export const GRANTS = ['grant', 'deny', 'ask'] as const
export const MICROPHONES = ['user_choice', 'disabled', 'enforced'] as const

/** Android's permissions, each granted, denied or left to whoever holds the phone. */
export interface PermissionRule {
  /** `android.permission.RECORD_AUDIO`, or a group */
  readonly permission: string
  readonly grant: (typeof GRANTS)[number]
}

/** An app of a role. The microphone is denied to it unless a rule says otherwise. */
export interface RoleApp {
  readonly entry: string
  readonly install: (typeof INSTALLS)[number]
  readonly permissions?: readonly PermissionRule[]
}

/** What the phones of one role may hold. What is not in it may not be there. */
export interface RolePolicy {
  readonly role: string
  readonly apps: readonly RoleApp[]
  /** packages whose accessibility services may run beside the system's: such a service hears calls for an app that cannot */
  readonly accessibility: readonly string[]
  /** of the whole phone; `enforced`: its user cannot switch it off */
  readonly microphone: (typeof MICROPHONES)[number]
  /** the role's groups in Entra, by id */
  readonly groups: readonly string[]
}

/** Why an app of a role goes onto no phone, and with it nothing of that role. */
export interface Refusal extends Reason {
  readonly role: string
  readonly entry: string
  readonly code: RefusalCode
}
export type RefusalCode = keyof typeof REFUSALS

const BY_DEFAULT = 'Data Protection Act 2018 s.57(3) to (5)'
const REFUSALS = {
  ...LAPSES,
  not_in_catalogue: { says: 'Nobody has approved this app.', source: BY_DEFAULT },
  not_for_role: { says: 'It is not approved for this role.', source: BY_DEFAULT },
  twice: { says: 'It stands in the role more than once.', source: 'own' },
  accessibility_not_in_role: {
    says: 'An accessibility service is allowed of an app that is not in the role.',
    source: BY_DEFAULT,
  },
  needs_intune_app: { says: 'Nobody has written down under which id Intune knows it.', source: 'own' },
  bad_id: { says: 'What stands as its package name or bundle id is none.', source: 'own' },
} as const

/** An app of a role with the decision that lets it onto phones. */
export interface AllowedApp {
  readonly app: PermittedApp
  readonly rule: RoleApp
}

export function refusal(role: string, entry: string, code: RefusalCode): Refusal {
  return { role, entry, code, ...REFUSALS[code] }
}

/**
 * Looks at every app of a role: which may go onto its phones, and what is refused and why. A policy is written out only where
 * nothing is refused.
 */
export function allowedApps(
  policy: RolePolicy,
  permitted: readonly PermittedApp[],
  at: Instant,
): { readonly allowed: readonly AllowedApp[]; readonly refused: readonly Refusal[] } {
  const allowed: AllowedApp[] = []
  const refused = new Map<string, Refusal>()
  const refuse = (entry: string, code: RefusalCode) =>
    refused.set(`${entry} ${code}`, refusal(policy.role, entry, code))
  const seen = new Set<string>()
  for (const rule of policy.apps) {
    if (seen.has(rule.entry)) refuse(rule.entry, 'twice')
    seen.add(rule.entry)
    const entries = permitted.filter(({ entry }) => entry === rule.entry)
    if (entries.length === 0) refuse(rule.entry, 'not_in_catalogue')
    for (const app of entries) {
      const lapsed = lapseOf(app, at)
      if (lapsed !== undefined) refuse(rule.entry, lapsed.lapse)
      else if (!app.roles.includes(policy.role)) refuse(rule.entry, 'not_for_role')
      else if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(app.id)) refuse(rule.entry, 'bad_id')
      else allowed.push({ app, rule })
    }
  }
  const ids = new Set(allowed.map(({ app: { platform, id } }) => `${platform} ${id}`))
  if (ids.size < allowed.length) for (const { app } of doubles(allowed)) refuse(app.entry, 'twice')
  for (const id of policy.accessibility) if (!ids.has(`android ${id}`)) refuse(id, 'accessibility_not_in_role')
  return {
    allowed: allowed.sort((a, b) => inOrder(keyOf(a), keyOf(b))),
    refused: [...refused].sort(([a], [b]) => inOrder(a, b)).map(([, one]) => one),
  }
}

function keyOf({ app: { platform, id } }: AllowedApp): string {
  return `${platform} ${id}`
}

function doubles(allowed: readonly AllowedApp[]): readonly AllowedApp[] {
  return allowed.filter((one) => allowed.some((other) => other !== one && keyOf(other) === keyOf(one)))
}
