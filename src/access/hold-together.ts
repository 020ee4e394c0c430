import { type Role, ROLES } from './roles.ts'

/** Two roles that nobody may hold at once, and why. */
export interface Conflict {
  readonly roles: readonly [Role, Role]
  readonly because: string
  readonly law: string
}

/** Roles through which what came from a phone can be read. */
export const CONTENT_ROLES: readonly Role[] = [
  'investigator',
  'extraction_officer',
  'reviewer',
  'disclosure_officer',
  'counsel',
]

/** Roles that take part in cases or decide about them. */
const OPERATIONAL_ROLES: readonly Role[] = [
  ...CONTENT_ROLES,
  'authorising_officer',
  'media_investigator',
  'exhibits_officer',
  'records_reviewer',
]

const CUSTODIANS: readonly Role[] = ['administrator', 'key_custodian', 'log_custodian']

/** The closed list of pairs that nobody may hold together. Order inside a pair says nothing. */
export const CONFLICTS: readonly Conflict[] = [
  ...against(
    'data_protection_officer',
    [...OPERATIONAL_ROLES, ...CUSTODIANS, 'information_asset_owner', 'app_owner'],
    'the data protection officer advises and audits, and must have no task that conflicts with that',
    'H12, C29; DPA 2018 s.70(4)',
  ),
  ...against(
    'counsel',
    [...OPERATIONAL_ROLES.filter((role) => role !== 'counsel'), 'information_asset_owner'],
    'whoever reads what may be privileged must stand apart from investigations',
    'H10, G1',
  ),
  ...CUSTODIANS.flatMap((role) =>
    against(
      role,
      OPERATIONAL_ROLES,
      'whoever runs the service, its keys or its log takes no part in cases',
      'H18; DPA 2018 s.66',
    ),
  ),
  ...against(
    'log_custodian',
    ['key_custodian', 'administrator', 'auditor'],
    'whoever keeps the log neither holds the keys, nor runs the service, nor audits by it',
    'H18; DPA 2018 s.62',
  ),
  ...against(
    'key_custodian',
    ['administrator'],
    'one person with both could open extracts and hide it',
    'H18; DPA 2018 s.66',
  ),
  ...against('information_asset_owner', CUSTODIANS, 'who owns what is held does not run what holds it', 'H11'),
  ...against('app_owner', ['information_asset_owner'], 'who asks for an app does not approve it', 'H17'),
  ...against(
    'auditor',
    [...OPERATIONAL_ROLES, 'administrator', 'key_custodian', 'information_asset_owner', 'app_owner'],
    'nobody audits their own work',
    'H19; DPA 2018 s.62(4)',
  ),
]

/**
 * Whether one person may hold all of these roles, and if not, the first pair that stands against it and why (law row H, minimum
 * separations).
 */
export function mayHoldTogether(
  roles: readonly Role[],
):
  | { readonly allowed: true }
  | { readonly allowed: false; readonly roles: readonly [Role, Role]; readonly says: string } {
  const held = new Set(roles)
  const conflict = CONFLICTS.find(({ roles: [one, other] }) => held.has(one) && held.has(other))
  if (conflict === undefined) return { allowed: true }
  const [one, other] = conflict.roles.map((id) => ROLES.find((role) => role.id === id)?.title.toLowerCase())
  return {
    allowed: false,
    roles: conflict.roles,
    says: `Nobody may be ${one} and ${other} at once: ${conflict.because}.`,
  }
}

function against(role: Role, others: readonly Role[], because: string, law: string): Conflict[] {
  return others.map((other) => ({ roles: [role, other], because, law }))
}
