import { isRoleWord } from '../../../../actions/index.ts'
import { type DataFlow, RECORDING_ROUTES } from '../../../../apps/index.ts'
import { linesOf, YES_NO } from '../../../questions.ts'
import { ROUTE_WORDS } from '../words.ts'
import type { Part } from './context.ts'

const LINE = 200

/** What it is, in the words of whoever asked, mended by whoever answers for apps. */
export const appPart: Part = {
  questions: () => [
    { ask: 'line', name: 'app', label: 'What is it called?' },
    { ask: 'line', name: 'publisher', label: 'Who publishes it?' },
    { ask: 'text', name: 'purpose', label: 'What is it for?' },
  ],
  answers: ({ entry: { app, publisher, purpose } }) => ({ app, publisher, purpose }),
  read: (given) => {
    const app = given.needed('app', 'Enter what it is called', LINE)
    const publisher = given.needed('publisher', 'Enter who publishes it', LINE)
    const purpose = given.needed('purpose', 'Enter what it is for')
    return given.read((entry) => ({ ...entry, app, publisher, purpose }))
  },
}

/** Which roles of the force may have it. */
export const rolesPart: Part = {
  intro: ['Nobody else may have it.'],
  questions: () => [
    {
      ask: 'text',
      name: 'roles',
      large: true,
      label: 'Which roles of the force may have it?',
      hint: 'One on each line, for example: negotiator.',
    },
  ],
  answers: ({ entry }) => ({ roles: entry.roles.join('\n') }),
  read: (given) => {
    const roles = [...new Set(linesOf(given.needed('roles', 'Enter at least one role')))]
    if (roles.some((role) => !isRoleWord(role)))
      given.wrong('roles', 'Write each role in at most 60 letters, digits, spaces and hyphens')
    return given.read((entry) => ({ ...entry, roles }))
  },
}

/** What data it handles, and whose. */
export const dataPart: Part = {
  questions: () => [
    {
      ask: 'text',
      name: 'data',
      large: true,
      label: 'What data does it handle, and whose?',
      hint: 'One kind on each line, for example: what witnesses say.',
    },
  ],
  answers: ({ entry }) => ({ data: entry.data_classes.join('\n') }),
  read: (given) => {
    const data_classes = linesOf(given.needed('data', 'Enter what data it handles'))
    return given.read((entry) => ({ ...entry, data_classes }))
  },
}

const FLOW = ['data', 'from', 'to', 'country', 'protection'] as const

/** Where data goes: one flow after the other. */
export const flowsPart: Part = {
  intro: ['Describe one flow of data, save it, and come back for the next. Leave the fields empty to add none.'],
  questions: ({ entry: { data_flows } }) => [
    ...(data_flows.length === 0
      ? []
      : [
          {
            ask: 'several' as const,
            name: 'kept',
            label: 'Where data goes',
            hint: 'Untick what is no longer so.',
            of: data_flows.map((flow, at) => ({
              value: String(at),
              text: `${flow.data}: from ${flow.from} to ${flow.to}`,
              hint: `${flow.country}. ${flow.protection}`,
            })),
          },
        ]),
    { ask: 'line', name: 'data', label: 'Which data?' },
    { ask: 'line', name: 'from', label: 'From where?' },
    { ask: 'line', name: 'to', label: 'To where?' },
    { ask: 'line', name: 'country', label: 'In which country is that?' },
    { ask: 'line', name: 'protection', label: 'What protects it on the way and there?' },
  ],
  answers: ({ entry: { data_flows } }) => ({ kept: data_flows.map((_, at) => String(at)) }),
  read: (given) => {
    const typed = FLOW.some((name) => given.text(name) !== '')
    if (typed) for (const name of FLOW) given.needed(name, 'Enter this too, or leave every line empty', LINE)
    const added = Object.fromEntries(FLOW.map((name) => [name, given.text(name)])) as unknown as DataFlow
    const kept = given.list('kept')
    return given.read((entry) => ({
      ...entry,
      data_flows: [...entry.data_flows.filter((_, at) => kept.includes(String(at))), ...(typed ? [added] : [])],
    }))
  },
}

/** Who supplies it, and under which contract (Data Protection Act 2018 s.59). */
export const supplierPart: Part = {
  questions: () => [
    { ask: 'line', name: 'name', label: 'Who supplies it?' },
    {
      ask: 'one',
      name: 'processes',
      inline: true,
      label: 'Do they process data for the force?',
      hint: 'They do if what is entered in the app reaches anything of theirs.',
      of: YES_NO,
    },
    { ask: 'line', name: 'reference', label: 'Reference of the contract, if there is one' },
    { ask: 'day', name: 'begins', label: 'First day of the contract' },
    {
      ask: 'day',
      name: 'ends',
      label: 'Last day of the contract',
      hint: 'Leave it empty if it runs until somebody ends it.',
    },
    {
      ask: 'one',
      name: 'terms',
      inline: true,
      label: 'Does it have the terms that section 59 of the Data Protection Act 2018 asks for?',
      of: YES_NO,
    },
  ],
  answers: ({ entry: { supplier } }) => ({
    name: supplier.name,
    ...(supplier.name !== '' && { processes: supplier.processes_data ? 'yes' : 'no' }),
    reference: supplier.contract?.reference,
    begins: supplier.contract?.from,
    ends: supplier.contract?.until,
    ...(supplier.contract && { terms: supplier.contract.has_required_terms ? 'yes' : 'no' }),
  }),
  read: (given) => {
    const name = given.needed('name', 'Enter who supplies it', LINE)
    const processes = given.one('processes', ['yes', 'no'], 'Choose whether they process data for the force')
    const reference = given.text('reference')
    const base = { name, processes_data: processes === 'yes' }
    if (reference === '') return given.read((entry) => ({ ...entry, supplier: base }))
    given.needed('reference', '', LINE)
    const from = given.day('begins', 'Enter the first day of the contract')
    const until = given.text('ends') === '' ? undefined : given.day('ends', 'Enter the last day of the contract')
    const terms = given.one('terms', ['yes', 'no'], 'Choose whether it has those terms')
    const contract = { reference, from, ...(until !== undefined && { until }), has_required_terms: terms === 'yes' }
    return given.read((entry) => ({ ...entry, supplier: { ...base, contract } }))
  },
}

/** Whether it records calls, and what makes that lawful. */
export const recordingPart: Part = {
  intro: ['An app that could record calls may not be on a phone unless something makes that lawful.'],
  questions: () => [
    {
      ask: 'one',
      name: 'route',
      label: 'Does it record calls, and what makes that lawful?',
      of: RECORDING_ROUTES.map((value) => ({ value, text: ROUTE_WORDS[value] })),
    },
    { ask: 'one', name: 'byItself', inline: true, label: 'Does it record without anybody asking it to?', of: YES_NO },
    { ask: 'one', name: 'shows', inline: true, label: 'Does it show when it records?', of: YES_NO },
  ],
  answers: ({ entry: { recording, defaults } }) => ({
    ...(defaults && {
      route: recording,
      byItself: defaults.records_by_itself ? 'yes' : 'no',
      shows: defaults.shows_that_it_records ? 'yes' : 'no',
    }),
  }),
  read: (given) => {
    const recording = given.one(
      'route',
      RECORDING_ROUTES,
      'Choose whether it records calls, and what makes that lawful',
    )
    const byItself = given.one('byItself', ['yes', 'no'], 'Choose whether it records by itself')
    const shows = given.one('shows', ['yes', 'no'], 'Choose whether it shows that it records')
    const defaults = { records_by_itself: byItself === 'yes', shows_that_it_records: shows === 'yes' }
    return given.read((entry) => ({ ...entry, recording, defaults }))
  },
}

/** When it is looked at again. */
export const reviewPart: Part = {
  intro: ['From that day nobody else gets it, until it has been looked at again.'],
  questions: () => [{ ask: 'day', name: 'review', large: true, label: 'On which day is it looked at again?' }],
  answers: ({ entry }) => ({ review: entry.review_on }),
  read: (given, { today }) => {
    const review_on = given.day('review', 'Enter the day of review', { from: today })
    return given.read((entry) => ({ ...entry, review_on }))
  },
}

/** How it goes, and what becomes of its data then. */
export const exitPart: Part = {
  questions: () => [
    {
      ask: 'text',
      name: 'exit',
      large: true,
      rows: 6,
      label: 'How is it taken off phones, and what becomes of its data?',
    },
  ],
  answers: ({ entry }) => ({ exit: entry.exit_plan }),
  read: (given) => {
    const exit_plan = given.needed('exit', 'Enter how it is taken off phones, and what becomes of its data')
    return given.read((entry) => ({ ...entry, exit_plan }))
  },
}
