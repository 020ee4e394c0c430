import { couldEver } from '../../../../access/index.ts'
import {
  changeRolePolicy,
  dryRunPolicy,
  exportPolicy,
  type Ops,
  POLICY_FORMS,
  type PolicyForm,
  readApps,
  readRolePolicies,
  readRolePolicy,
  RefusedWithReasons,
  rolePolicyFaults,
  TRIAL_ROLE,
} from '../../../../actions/index.ts'
import type { Actor } from '../../../../actions/index.ts'
import type { RoleApp, RolePolicy } from '../../../../apps/index.ts'
import { errorsFrom, field } from '../../../form.ts'
import { type NotTaken, outcomeOf, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { type Answers, answersOf, linesOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { reasonSays, STATE_WORDS } from '../words.ts'

const MICROPHONE = 'android.permission.RECORD_AUDIO'
const FORM_WORDS: Readonly<
  Record<PolicyForm, { readonly text: string; readonly type: string; readonly file: string }>
> = {
  android: { text: 'Android Management API (JSON)', type: 'application/json', file: 'android-policy.json' },
  intune: { text: 'Intune, all roles (JSON)', type: 'application/json', file: 'intune-plan.json' },
  csv: { text: 'Table (CSV)', type: 'text/csv', file: 'apps-of-role.csv' },
  sheet: { text: 'Sheet for whoever does it by hand', type: 'text/markdown', file: 'apps-of-role.md' },
}

/** What the phones of each role may hold, and how device management is told (law row E10). */
export const policyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appPolicies,
    who: 'app.see',
    logs: [],
    handle: async ({ service: { ops }, actor }) => ({
      page: 'pages/app/policy/list.njk',
      view: {
        title: 'Policies of roles',
        back: PATHS.apps,
        backText: 'Apps',
        roles: (await readRolePolicies(ops, actor)).map(({ role, version, policy }) => ({
          role,
          version,
          apps: policy.apps.length,
          href: pathTo(PATHS.appPolicy, { role }),
        })),
      },
    }),
  },
  { method: 'GET', path: PATHS.appPolicy, who: 'app.see', logs: [], handle: (visit) => page(visit) },
  {
    method: 'POST',
    path: PATHS.appPolicy,
    who: 'app.manage',
    logs: ['app.policy_changed'],
    handle: async (visit) => {
      const { ops } = visit.service
      const role = visit.params['role'] ?? ''
      const policy = await given(ops, visit, role)
      const errors = errorsFrom(rolePolicyFaults(policy))
      if (errors.length > 0) return page(visit, { errors })
      const seen = Number(field(visit, 'seen'))
      const not = await taken(() => changeRolePolicy(ops, visit.actor, { seen, policy }))
      return not === undefined ? { redirect: `${pathTo(PATHS.appPolicy, { role })}?done=saved` } : page(visit, not)
    },
  },
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

async function questionsOf(ops: Ops, actor: Actor, role: string): Promise<readonly Question[]> {
  const apps = await readApps(ops, actor)
  const shown = apps.filter(
    ({ state, roles }) =>
      (roles.includes(role) && !['withdrawn', 'removed', 'refused'].includes(state)) ||
      (state === 'trial' && role === TRIAL_ROLE),
  )
  const of = shown.map(({ id, title, state }) => ({ value: id, text: title, hint: STATE_WORDS[state].text }))
  return [
    {
      ask: 'several',
      name: 'apps',
      label: 'Which apps do its phones have?',
      hint: `You may choose one before it is decided on. The policy cannot be written out until each of them is ${role === TRIAL_ROLE ? 'on trial' : 'approved'}.`,
      of,
    },
    { ask: 'several', name: 'required', label: 'Which of them are put on every phone?', of },
    { ask: 'several', name: 'microphone_of', label: 'Which of them may ask for the microphone?', of },
    {
      ask: 'one',
      name: 'microphone',
      label: 'Is the microphone of the whole phone on?',
      of: [
        { value: 'user_choice', text: 'As its user chooses' },
        { value: 'disabled', text: 'Off' },
        { value: 'enforced', text: 'On, and its user cannot switch it off' },
      ],
    },
    {
      ask: 'text',
      name: 'accessibility',
      rows: 3,
      label: 'Accessibility services that may run',
      hint: 'Package names of apps of this role, one on each line. Such a service can hear calls: usually there is none.',
    },
    {
      ask: 'text',
      name: 'groups',
      rows: 3,
      label: 'Groups in Entra',
      hint: 'Ids, one on each line. Only where the force uses Intune.',
    },
  ]
}

function stored({ apps, accessibility, microphone, groups }: RolePolicy): Answers {
  return {
    apps: apps.map(({ entry }) => entry),
    required: apps.filter(({ install }) => install === 'required').map(({ entry }) => entry),
    microphone_of: apps
      .filter(({ permissions = [] }) => permissions.some(({ permission }) => permission === MICROPHONE))
      .map(({ entry }) => entry),
    microphone,
    accessibility: accessibility.join('\n'),
    groups: groups.join('\n'),
  }
}

/** What was sent. An app that is put on phones is one of the role. */
async function given(ops: Ops, visit: Visit, role: string): Promise<RolePolicy> {
  const answers = answersOf(visit, await questionsOf(ops, visit.actor, role))
  const list = (name: string) => (Array.isArray(answers[name]) ? (answers[name] as string[]) : [])
  const known = new Set((await readApps(ops, visit.actor)).map(({ id }) => id))
  const chosen = [...new Set([...list('apps'), ...list('required')])].filter((id) => known.has(id))
  const apps = chosen.map(
    (entry): RoleApp => ({
      entry,
      install: list('required').includes(entry) ? 'required' : 'available',
      ...(list('microphone_of').includes(entry) && { permissions: [{ permission: MICROPHONE, grant: 'ask' }] }),
    }),
  )
  return {
    role,
    apps,
    accessibility: linesOf(field(visit, 'accessibility')),
    microphone: field(visit, 'microphone') as RolePolicy['microphone'],
    groups: linesOf(field(visit, 'groups')),
  }
}

async function page(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { service, actor, params, query } = visit
  const role = params['role'] ?? ''
  const { policy, version } = await readRolePolicy(service.ops, actor, role)
  const questions = await questionsOf(service.ops, actor, role)
  const manages = couldEver(actor, 'app.manage')
  return questionsPage(
    {
      title: `Phones of the role ${role}`,
      back: PATHS.appPolicies,
      backText: 'Policies of roles',
      intro: [
        'Phones of this role may not have an app that is not chosen here.',
        'Saving changes no phone. For that, write the policy out and bring it into device management.',
      ],
      questions,
      answers: notTaken === undefined ? stored(policy) : answersOf(visit, questions),
      seen: version,
      ...(manages && { button: 'Save' }),
      template: 'pages/app/policy/show.njk',
      more: {
        done: query['done'] === 'saved' && notTaken === undefined ? 'Saved.' : undefined,
        exports:
          version === 0
            ? []
            : POLICY_FORMS.map((form) => ({
                text: FORM_WORDS[form].text,
                href: pathTo(PATHS.appPolicyExport, { role, form }),
              })),
      },
    },
    notTaken,
  )
}

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
      run: refused ? undefined : { ...run, changes: run.changes.slice(0, 500), total: run.changes.length },
      exports: couldEver(visit.actor, 'app.export_policy') && !refused,
    },
  }
}
