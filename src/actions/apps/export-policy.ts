import { hash } from 'node:crypto'
import {
  androidPolicy,
  diffPolicies,
  intunePlan,
  type PermittedApp,
  type PolicyChange,
  policySheet,
  type RolePolicy,
} from '../../apps/index.ts'
import type { Actor, Ops } from '../ops.ts'
import { RefusedWithReasons } from './app-refused.ts'
import { askFirst } from '../allow.ts'
import { permittedApps } from './permitted-apps.ts'
import { newestPolicies } from './role-policy.ts'
import { wordsDigest } from '../written-words.ts'

/** In which forms a policy is written out. Intune takes all roles at once. */
export const POLICY_FORMS = ['android', 'intune', 'csv', 'sheet'] as const
export type PolicyForm = (typeof POLICY_FORMS)[number]

/** A policy as it would be written out now, and what that would change against the last time. */
export interface DryRun {
  readonly form: PolicyForm
  readonly content: string
  readonly changes: readonly PolicyChange[]
  /** when it was written out the last time */
  readonly last?: Date
}

/** Writes nothing and logs nothing: what an export would hold. Throws ActionError NOT_ALLOWED, NOT_NOW with every reason why there is none. */
export async function dryRunPolicy(ops: Ops, actor: Actor, role: string, form: PolicyForm): Promise<DryRun> {
  await askFirst(ops, actor, 'app.see')
  return dryRun(ops, role, form)
}

/**
 * Writes out what device management is to enforce (law row E10): only what the catalogue lets on today, with an approved assessment in date (law row C25), or
 * nothing at all. Throws as `dryRunPolicy`.
 */
export async function exportPolicy(
  ops: Ops,
  actor: Actor,
  { role, form }: { readonly role: string; readonly form: PolicyForm },
): Promise<DryRun> {
  await askFirst(ops, actor, 'app.export_policy')
  const run = await dryRun(ops, role, form)
  const digest = hash('sha256', run.content, 'hex')
  await ops.journal.record({
    kind: 'app.policy_exported',
    actor: actor.id,
    details: { role: wordsDigest(role), form, content: digest, changes: run.changes.length },
  })
  await ops.store.db
    .insertInto('policy_exports')
    .values({ role: keyOf(role, form), form, digest, content: run.content, person_id: actor.id, at: ops.now() })
    .execute()
  return run
}

/** Intune takes all roles at once. */
function keyOf(role: string, form: PolicyForm): string {
  return form === 'intune' ? '*' : role
}

async function dryRun(ops: Ops, role: string, form: PolicyForm): Promise<DryRun> {
  const of = keyOf(role, form)
  const [written, permitted, last] = await Promise.all([
    newestPolicies(ops),
    permittedApps(ops),
    ops.store.db
      .selectFrom('policy_exports')
      .select(['content', 'at'])
      .where('role', '=', of)
      .where('form', '=', form)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  const policies = form === 'intune' ? written : written.filter((one) => one.role === role)
  if (policies.length === 0)
    throw new RefusedWithReasons([
      { code: 'no_policy', says: 'Nobody has said what the phones of this role may hold.', source: 'own' },
    ])
  const now = ops.now().toISOString()
  const content = writtenOut(
    policies.map(({ policy }) => policy),
    permitted,
    now,
    form,
  )
  return {
    form,
    content,
    changes: diffPolicies(last === undefined ? undefined : comparable(last.content), comparable(content)),
    ...(last !== undefined && { last: last.at }),
  }
}

function writtenOut(
  policies: readonly RolePolicy[],
  permitted: readonly PermittedApp[],
  now: string,
  form: PolicyForm,
): string {
  const [policy] = policies
  if (policy === undefined) return ''
  const result =
    form === 'intune'
      ? intunePlan(policies, permitted, now)
      : form === 'android'
        ? androidPolicy(policy, permitted, now)
        : policySheet(policy, permitted, now)
  if ('refused' in result) throw new RefusedWithReasons(result.refused.map((one) => ({ ...one, about: one.entry })))
  if ('sheet' in result) return form === 'csv' ? result.csv : result.sheet
  return `${JSON.stringify('policy' in result ? result.policy : result, null, 2)}\n`
}

/** JSON by its members; a table or a sheet by its lines. */
function comparable(content: string): unknown {
  return content.startsWith('{')
    ? (JSON.parse(content) as unknown)
    : content.split(/\r?\n/).filter((line) => line !== '')
}
