import { GRANTS, INSTALLS, MICROPHONES, type PermissionRule, type RoleApp, type RolePolicy } from '../../apps/index.ts'
import { mustBeValid } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { askFirst } from '../allow.ts'
import { changedMeanwhile } from './app-refused.ts'
import { readApps } from './read-apps.ts'
import { wordsDigest } from '../written-words.ts'
import { isRoleWord } from './role-word.ts'

/** What the phones of a role may hold, as it stands. */
export interface RolePolicyFile {
  readonly role: string
  /** 0: nobody has written it yet */
  readonly version: number
  readonly policy: RolePolicy
}

/** Every role that the catalogue or a policy names, by name. Throws ActionError NOT_ALLOWED. */
export async function readRolePolicies(ops: Ops, actor: Actor): Promise<RolePolicyFile[]> {
  const apps = await readApps(ops, actor)
  const written = await newestPolicies(ops)
  const roles = new Set([...written.map(({ role }) => role), ...apps.flatMap((app) => app.roles)])
  return [...roles].sort().map((role) => written.find((one) => one.role === role) ?? nothing(role))
}

/** One of them; of a role that nobody has named it is empty. Throws ActionError NOT_ALLOWED. */
export async function readRolePolicy(ops: Ops, actor: Actor, role: string): Promise<RolePolicyFile> {
  await askFirst(ops, actor, 'app.see')
  return (await newestPolicies(ops)).find((one) => one.role === role) ?? nothing(role)
}

function nothing(role: string): RolePolicyFile {
  return { role, version: 0, policy: { role, apps: [], accessibility: [], microphone: 'user_choice', groups: [] } }
}

/** The version of each role's policy that counts. The caller has asked the policy of access. */
export async function newestPolicies({ store }: Ops): Promise<RolePolicyFile[]> {
  return store.db
    .selectFrom('role_policies')
    .distinctOn('role')
    .select(['role', 'version', 'policy'])
    .orderBy('role')
    .orderBy('version', 'desc')
    .execute()
}

const PACKAGE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/

/** What is wrong with a policy, by field. */
export function rolePolicyFaults(policy: RolePolicy): { field: keyof RolePolicy; says: string }[] {
  const badRule = ({ permission, grant }: PermissionRule) => !PACKAGE.test(permission) || !GRANTS.includes(grant)
  const badApp = ({ install, permissions = [] }: RoleApp) => !INSTALLS.includes(install) || permissions.some(badRule)
  return [
    ...(isRoleWord(policy.role) ? [] : [{ field: 'role', says: 'Enter the role' } as const]),
    ...(policy.apps.some(badApp) ? [{ field: 'apps', says: 'Choose how each app comes onto phones' } as const] : []),
    ...(policy.accessibility.every((one) => PACKAGE.test(one))
      ? []
      : [{ field: 'accessibility', says: 'Enter package names, one a line, such as uk.police.example' } as const]),
    ...(MICROPHONES.includes(policy.microphone)
      ? []
      : [{ field: 'microphone', says: 'Choose what the microphone of the phone does' } as const]),
    ...(policy.groups.every((one) => PACKAGE.test(one))
      ? []
      : [{ field: 'groups', says: 'Enter the ids of the groups in Entra, one a line' } as const]),
  ]
}

/** Says anew what the phones of a role may hold (law row E10). What the catalogue does not let on is refused when it is written out. Throws ActionError NOT_ALLOWED, NOT_VALID, NOT_NOW. */
export async function changeRolePolicy(
  ops: Ops,
  actor: Actor,
  { seen, policy }: { readonly seen: number; readonly policy: RolePolicy },
): Promise<number> {
  await askFirst(ops, actor, 'app.manage')
  mustBeValid(rolePolicyFaults(policy))
  const before = (await newestPolicies(ops)).find(({ role }) => role === policy.role)
  if ((before?.version ?? 0) !== seen) throw changedMeanwhile()
  const version = seen + 1
  await ops.store.db.transaction().execute(async (db) => {
    // Of two who change it at once the second waits here for the first. Nobody sees the row before the log has the entry.
    const added = await db
      .insertInto('role_policies')
      .values({ role: policy.role, version, policy: JSON.stringify(policy), person_id: actor.id, at: ops.now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('version')
      .executeTakeFirst()
    if (added === undefined) throw changedMeanwhile()
    await ops.journal.record({
      kind: 'app.policy_changed',
      actor: actor.id,
      details: { role: wordsDigest(policy.role), version, policy: wordsDigest(policy) },
    })
  })
  return version
}
