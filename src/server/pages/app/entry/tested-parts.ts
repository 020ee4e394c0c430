import { type AppVersion, type CatalogueEntry, dpiaDigest, instructionDigest } from '../../../../apps/index.ts'
import { linesOf, YES_NO } from '../../../questions.ts'
import { MEANS_WORDS, RESULT_WORDS } from '../words.ts'
import type { Part } from './context.ts'

const MEANS = ['managed_store', 'licence', 'sign_in_group'] as const
const RESULTS = ['restricted', 'not_restricted', 'supplier_cannot'] as const
const PACKAGE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/

export const ownerPart: Part = {
  intro: ['Whoever answers for an app may not decide on it, and may not approve its assessment.'],
  questions: ({ owners }) => [
    {
      ask: 'one',
      name: 'owner',
      large: true,
      label: 'Who answers for it?',
      of: owners.map(({ id, says }) => ({ value: id, text: says })),
    },
  ],
  answers: ({ entry }) => ({ owner: entry.owner?.id }),
  read: async (given, { owners, person }) => {
    const id = given.one(
      'owner',
      owners.map((one) => one.id),
      'Choose who answers for it',
    )
    const { one: owner, errors } = await person('owner', id)
    given.errors.push(...(given.errors.length > 0 ? [] : errors))
    return given.read((entry) => ({ ...entry, ...(owner && { owner }) }))
  },
}

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

export const assessmentPart: Part = {
  intro: [
    'The revision that you choose is the one that counts. After a change of it, or a new revision, choose again.',
  ],
  questions: ({ dpias }) => [
    {
      ask: 'one',
      name: 'dpia',
      large: true,
      label: 'Which assessment is about this app?',
      ...(dpias.length === 0 && { hint: 'None names this app yet. Begin one under Assessments.' }),
      of: dpias.map(({ id, reference, title, revision, standing }) => ({
        value: id,
        text: `${reference}, revision ${revision}: ${title}`,
        hint: standing.verdict === 'in_date' ? 'Approved and in date' : 'Not approved, or not in date',
      })),
    },
  ],
  answers: ({ entry, dpias }) => ({
    dpia: dpias.find(({ document }) => dpiaDigest(document) === entry.dpia?.digest)?.id,
  }),
  read: (given, { dpias }) => {
    const id = given.one(
      'dpia',
      dpias.map((one) => one.id),
      'Choose an assessment',
    )
    const chosen = dpias.find((one) => one.id === id)
    const dpia = chosen && { reference: chosen.reference, digest: dpiaDigest(chosen.document) }
    return given.read((entry) => ({ ...entry, ...(dpia && { dpia }) }))
  },
}

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
      of: entry.versions.map((one) => ({ value: keyOf(one), text: says(one) })),
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
            .map(keyOf),
          reference: review.reference,
          by: review.by.id,
          on: review.on,
        },
  read: async (given, { entry, today, person }) => {
    const outcome = given.one('outcome', ['passed', 'failed'], 'Choose whether its security is good enough')
    const chosen = entry.versions.filter((one) => given.list('versions').includes(keyOf(one)))
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

export const instructionPart: Part = {
  intro: ['What staff read, and answer questions on, before they get it.'],
  questions: ({ file: { facts } }) => [
    {
      ask: 'one',
      name: 'instruction',
      large: true,
      label: 'Which instruction goes with it?',
      ...(facts.instruction === undefined && { hint: 'Nobody has written one yet.' }),
      of:
        facts.instruction === undefined
          ? []
          : [{ value: instructionDigest(facts.instruction), text: `Version ${facts.instruction.version}, the newest` }],
    },
  ],
  answers: ({ entry }) => ({ instruction: entry.instruction }),
  read: (given, { file: { facts } }) => {
    const newest = facts.instruction === undefined ? [] : [instructionDigest(facts.instruction)]
    const instruction = given.one('instruction', newest, 'Choose the instruction')
    return given.read((entry) => ({ ...entry, instruction }))
  },
}

export const versionPart: Part = {
  intro: [
    'The last version of each package that was looked into. If a later version may do something new, the app is suspended: choose that version here, and have the app decided on again.',
  ],
  questions: ({ versions }) => [
    ...(versions.length === 0
      ? []
      : [
          {
            ask: 'several' as const,
            name: 'versions',
            label: 'Which versions are assessed?',
            of: versions.map((one) => ({ value: keyOf(one), text: says(one), hint: dangers(one) })),
          },
        ]),
    {
      ask: 'line',
      name: 'id',
      label: 'Bundle id of an iPhone app whose package nobody can look into',
      hint: 'Leave this, and what follows, empty for any other app.',
    },
    { ask: 'line', name: 'version', label: 'Its version', classes: 'govuk-input--width-10' },
    {
      ask: 'text',
      name: 'dangers',
      rows: 3,
      label: 'What may it do?',
      hint: 'One on each line, as the App Store says it.',
    },
  ],
  answers: ({ entry }) => ({ versions: entry.versions.map(keyOf) }),
  read: (given, { versions }) => {
    const id = given.text('id')
    const chosen = versions.filter((one) => given.list('versions').includes(keyOf(one)))
    if (id === '' && chosen.length === 0)
      given.wrong(versions.length > 0 ? 'versions' : 'id', 'Choose a version, or enter a bundle id')
    if (id !== '' && !PACKAGE.test(id)) given.wrong('id', 'Enter a bundle id, such as uk.police.example')
    const version = id === '' ? '' : given.needed('version', 'Enter its version', 60)
    const typed: AppVersion = {
      platform: 'ios',
      id,
      version,
      dangers: linesOf(given.text('dangers')),
      signers: [],
      recorder: 'none',
    }
    return given.read((entry): CatalogueEntry => ({ ...entry, versions: id === '' ? chosen : [...chosen, typed] }))
  },
}

function keyOf({ platform, id, version }: AppVersion): string {
  return `${platform} ${id} ${version}`
}

function says({ platform, id, version }: AppVersion): string {
  return `${platform === 'ios' ? 'iPhone' : 'Android'}: ${id}, version ${version}`
}

function dangers({ dangers: names }: AppVersion): string {
  return names.length === 0 ? 'It asks for nothing dangerous.' : `It may use: ${names.join(', ')}`
}
