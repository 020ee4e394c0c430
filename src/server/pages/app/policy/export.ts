import { couldEver } from '../../../../access/index.ts'
import {
  dryRunPolicy,
  exportPolicy,
  POLICY_FORMS,
  type PolicyForm,
  readApps,
  RefusedWithReasons,
} from '../../../../actions/index.ts'
import { type NotTaken, outcomeOf } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { reasonSays } from '../words.ts'

/** Changes that a page shows at most. */
const CHANGES_SHOWN = 500

/** In what form a policy is written out, and what the file is then. */
export const FORM_WORDS: Readonly<
  Record<PolicyForm, { readonly text: string; readonly type: string; readonly file: string }>
> = {
  android: { text: 'Android Management API (JSON)', type: 'application/json', file: 'android-policy.json' },
  intune: { text: 'Intune, all roles (JSON)', type: 'application/json', file: 'intune-plan.json' },
  csv: { text: 'Table (CSV)', type: 'text/csv', file: 'apps-of-role.csv' },
  sheet: { text: 'Sheet for whoever does it by hand', type: 'text/markdown', file: 'apps-of-role.md' },
}

/** A policy tried dry, and written out for device management (law row E10). */
export const policyExportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appPolicyExport,
    who: 'app.see',
    logs: [],
    handle: (visit) => dryRunPage(visit),
  },
  {
    method: 'POST',
    path: PATHS.appPolicyExport,
    who: 'app.export_policy',
    logs: ['app.policy_exported'],
    handle: async (visit) => {
      const { role, form } = exportOf(visit)
      const { type, file } = FORM_WORDS[form]
      const { came: run, not } = await outcomeOf(() => exportPolicy(visit.service.ops, visit.actor, { role, form }))
      if (not !== undefined) return dryRunPage(visit, not)
      const headers = { 'content-disposition': `attachment; filename="${file}"` }
      return { body: run.content, type: `${type}; charset=utf-8`, headers }
    },
  },
]

function exportOf({ params }: Visit): { role: string; form: PolicyForm } {
  return { role: params['role'] ?? '', form: POLICY_FORMS.find((one) => one === params['form']) ?? 'android' }
}

async function dryRunPage(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { ops } = visit.service
  const { role, form } = exportOf(visit)
  const titles = new Map((await readApps(ops, visit.actor)).map(({ id, title }) => [id, title]))
  const run = await dryRunPolicy(ops, visit.actor, role, form).catch((error: unknown) => {
    if (error instanceof RefusedWithReasons) return error
    throw error
  })
  const refused = run instanceof RefusedWithReasons
  const reasons = refused ? run.reasons : (notTaken?.reasons ?? [])
  return {
    page: 'pages/app/policy/export.njk',
    status: notTaken === undefined ? 200 : 409,
    view: {
      title: `Write out: ${FORM_WORDS[form].text}`,
      caption: `Phones of the role ${role}`,
      back: pathTo(PATHS.appPolicy, { role }),
      backText: `Role ${role}`,
      reasons: reasons.map((one) => reasonSays(one, (about) => titles.get(about) ?? about)),
      run: refused ? undefined : { ...run, changes: run.changes.slice(0, CHANGES_SHOWN), total: run.changes.length },
      exports: couldEver(visit.actor, 'app.export_policy') && !refused,
    },
  }
}
