import { YES_NO } from '../../../questions.ts'
import { MEANS_WORDS, RESULT_WORDS } from '../words.ts'
import type { Part } from './context.ts'
import { versionKey, versionSays } from './version-part.ts'

const MEANS = ['managed_store', 'licence', 'sign_in_group'] as const
const RESULTS = ['restricted', 'not_restricted', 'supplier_cannot'] as const

/** Whether it can be kept to its roles: what somebody tried, and what came of it. */
export const restrictionPart: Part = {
  intro: [
    'A promise of the supplier is not enough. Try it: somebody of each role gets the app, and somebody without such a role does not.',
  ],
  questions: ({ entry, everybody }) => [
    {
      ask: 'one',
      name: 'result',
      label: 'Can it be kept to its roles?',
      of: RESULTS.map((value) => ({
        value,
        text: RESULT_WORDS[value],
        ...(value === 'supplier_cannot' && {
          hint: 'The app is then refused for good, or suspended if it is on phones.',
        }),
      })),
    },
    {
      ask: 'one',
      name: 'means',
      label: 'By what means?',
      of: MEANS.map((value) => ({ value, text: MEANS_WORDS[value] })),
    },
    {
      ask: 'several',
      name: 'letIn',
      label: 'With which roles did somebody get it?',
      of: entry.roles.map((role) => ({ value: role, text: role })),
    },
    { ask: 'one', name: 'keptOut', inline: true, label: 'Was somebody without such a role kept out?', of: YES_NO },
    { ask: 'line', name: 'evidence', label: 'Where is the record of the test kept?', hint: 'A reference, not a name.' },
    {
      ask: 'line',
      name: 'by',
      label: 'Staff number of whoever tried it',
      classes: 'govuk-input--width-10',
      known: everybody,
    },
    { ask: 'day', name: 'on', label: 'On which day?' },
  ],
  answers: ({ entry: { restrictability: test } }) =>
    test === undefined
      ? {}
      : {
          result: test.result,
          means: test.means,
          letIn: test.roles_let_in,
          keptOut: test.outsider_kept_out ? 'yes' : 'no',
          evidence: test.evidence,
          by: test.by.id,
          on: test.on,
        },
  read: async (given, { entry, today, person }) => {
    const result = given.one('result', RESULTS, 'Choose whether it can be kept to its roles')
    const means = given.one('means', MEANS, 'Choose by what means')
    const keptOut = given.one('keptOut', ['yes', 'no'], 'Choose whether somebody without a role was kept out')
    const evidence = given.needed('evidence', 'Enter where the record of the test is kept', 200)
    const on = given.day('on', 'Enter the day on which it was tried', { until: today })
    const { one: by, errors } = await person('by', given.text('by'))
    given.errors.push(...errors)
    const roles_let_in = entry.roles.filter((role) => given.list('letIn').includes(role))
    const test = { on, means, result, roles_let_in, outsider_kept_out: keptOut === 'yes', evidence }
    return given.read((before) => ({ ...before, ...(by && { restrictability: { ...test, by } }) }))
  },
}

/** Whether somebody who knows found its security good enough, and of which versions. */
export const securityPart: Part = {
  questions: ({ entry, everybody }) => [
    {
      ask: 'one',
      name: 'outcome',
      inline: true,
      label: 'Is its security good enough?',
      of: [
        { value: 'passed', text: 'Yes' },
        { value: 'failed', text: 'No' },
      ],
    },
    {
      ask: 'several',
      name: 'versions',
      label: 'Which versions were looked at?',
      of: entry.versions.map((one) => ({ value: versionKey(one), text: versionSays(one) })),
    },
    { ask: 'line', name: 'reference', label: 'Reference of the review' },
    {
      ask: 'line',
      name: 'by',
      label: 'Staff number of the reviewer',
      hint: 'It must not be whoever answers for the app.',
      classes: 'govuk-input--width-10',
      known: everybody,
    },
    { ask: 'day', name: 'on', label: 'On which day?' },
  ],
  answers: ({ entry: { security_review: review, versions } }) =>
    review === undefined
      ? {}
      : {
          outcome: review.outcome,
          versions: versions
            .filter((one) => review.versions.some((it) => it.platform === one.platform && it.version === one.version))
            .map(versionKey),
          reference: review.reference,
          by: review.by.id,
          on: review.on,
        },
  read: async (given, { entry, today, person }) => {
    const outcome = given.one('outcome', ['passed', 'failed'], 'Choose whether its security is good enough')
    const chosen = entry.versions.filter((one) => given.list('versions').includes(versionKey(one)))
    if (chosen.length === 0) given.wrong('versions', 'Choose the versions that were looked at')
    const reference = given.needed('reference', 'Enter the reference of the review', 200)
    const on = given.day('on', 'Enter the day of the review', { until: today })
    const { one: by, errors } = await person('by', given.text('by'))
    given.errors.push(...errors)
    const versions = chosen.map(({ platform, version }) => ({ platform, version }))
    return given.read((before) => ({
      ...before,
      ...(by && { security_review: { by, on, outcome, reference, versions } }),
    }))
  },
}
