import { couldEver } from '../../../../access/index.ts'
import {
  changeRolePolicy,
  POLICY_FORMS,
  readApps,
  readRolePolicy,
  rolePolicyFaults,
  TRIAL_ROLE,
} from '../../../../actions/index.ts'
import type { RoleApp, RolePolicy } from '../../../../apps/index.ts'
import { errorsFrom, field, fields } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { type Answers, answersOf, linesOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { STATE_WORDS } from '../words.ts'
import { FORM_WORDS } from './export.ts'

type Apps = Awaited<ReturnType<typeof readApps>>

const MICROPHONE = 'android.permission.RECORD_AUDIO'
/** What the phones of one role may hold (law row E10). */
export const policyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appPolicy,
    who: 'app.see',
    logs: [],
    handle: async (visit) => page(visit, await readApps(visit.service.ops, visit.actor)),
  },
  {
    method: 'POST',
    path: PATHS.appPolicy,
    who: 'app.manage',
    logs: ['app.policy_changed'],
    handle: async (visit) => {
      const { ops } = visit.service
      const role = visit.params['role'] ?? ''
      const apps = await readApps(ops, visit.actor)
      const policy = given(visit, apps, role)
      const errors = errorsFrom(rolePolicyFaults(policy))
      if (errors.length > 0) return page(visit, apps, { errors })
      const seen = Number(field(visit, 'seen'))
      const not = await taken(() => changeRolePolicy(ops, visit.actor, { seen, policy }))
      return not === undefined
        ? { redirect: `${pathTo(PATHS.appPolicy, { role })}?done=saved` }
        : page(visit, apps, not)
    },
  },
]

function questionsOf(apps: Apps, role: string): readonly Question[] {
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
function given(visit: Visit, apps: Apps, role: string): RolePolicy {
  const [required, microphone] = [fields(visit, 'required'), fields(visit, 'microphone_of')]
  const known = new Set(apps.map(({ id }) => id))
  const chosen = [...new Set([...fields(visit, 'apps'), ...required])].filter((id) => known.has(id))
  return {
    role,
    apps: chosen.map(
      (entry): RoleApp => ({
        entry,
        install: required.includes(entry) ? 'required' : 'available',
        ...(microphone.includes(entry) && { permissions: [{ permission: MICROPHONE, grant: 'ask' }] }),
      }),
    ),
    accessibility: linesOf(field(visit, 'accessibility')),
    microphone: field(visit, 'microphone') as RolePolicy['microphone'],
    groups: linesOf(field(visit, 'groups')),
  }
}

async function page(visit: Visit, apps: Apps, notTaken?: NotTaken): Promise<Answer> {
  const { service, actor, params, query } = visit
  const role = params['role'] ?? ''
  const { policy, version } = await readRolePolicy(service.ops, actor, role)
  const questions = questionsOf(apps, role)
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
