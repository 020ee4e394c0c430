import { ActionError, type Columns, readColumns, setColumns } from '../../../../actions/index.ts'
import { TABLES } from '../../../../recordings/index.ts'
import { errorsView, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { MEANINGS, REGISTER_WORDS } from '../register-words.ts'
import { type ChosenColumns, chosenIn, chosenNow, columnFaults, fieldsOf, mappingOf, MOMENTS } from './columns-form.ts'

/** Which column of a register is what: said once, and remembered for the next export of that shape. */
export const columnsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveRegisterColumns,
    who: 'archive.manage',
    logs: [],
    handle: async (visit) => {
      const columns = await columnsOf(visit)
      return page(visit, columns, chosenNow(columns), [])
    },
  },
  {
    method: 'POST',
    path: PATHS.archiveRegisterColumns,
    who: 'archive.manage',
    logs: ['register.columns_set'],
    handle: async (visit) => {
      const columns = await columnsOf(visit)
      const chosen = chosenIn(visit, columns.kind)
      const errors = columnFaults(columns, chosen)
      if (errors.length > 0) return page(visit, columns, chosen, errors)
      const { archive = '', register = '' } = visit.params
      try {
        await setColumns(visit.service.ops, visit.actor, {
          archiveId: archive,
          registerId: register,
          mapping: mappingOf(columns, chosen),
        })
      } catch (error) {
        if (!(error instanceof ActionError) || error.reason !== 'columns') throw error
        const [first] = fieldsOf(columns.kind)
        return page(visit, columns, chosen, [
          {
            field: `column-${first?.field ?? ''}`,
            text: 'No line of the register has these headings: select them again',
          },
        ])
      }
      return { redirect: pathTo(PATHS.archiveRegisters, { archive }) }
    },
  },
]

function columnsOf({ service: { ops }, actor, params }: Visit): Promise<Columns> {
  return readColumns(ops, actor, params['archive'] ?? '', params['register'] ?? '')
}

function page({ params }: Visit, columns: Columns, chosen: ChosenColumns, errors: readonly FieldError[]): Answer {
  const { kind, headings } = columns
  const options = (selected: string, none = 'Not in this file') => [
    { value: '', text: none },
    ...headings.map((heading) => ({ value: heading, text: heading, selected: heading === selected })),
  ]
  const fields = fieldsOf(kind)
  return {
    page: 'pages/archive/registers/columns.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Which column is what?',
      caption: REGISTER_WORDS[kind].text,
      back: pathTo(PATHS.archiveRegisters, { archive: params['archive'] ?? '' }),
      fields: fields.map((one) => ({
        ...one,
        id: `column-${one.field}`,
        items: options(chosen.columns[one.field] ?? '', one.needed ? 'Select a column' : 'Not in this file'),
        ...(MOMENTS.has(one.field) && {
          time: { id: `time-${one.field}`, items: options(chosen.times[one.field] ?? '') },
        }),
      })),
      meanings: (MEANINGS[kind] ?? []).map(({ field, ours, text }) => ({
        id: `meaning-${field}-${ours}`,
        text,
        value: chosen.meanings[`${field}-${ours}`] ?? '',
      })),
      lists: 'lists' in TABLES[kind] ? radios(LISTS, chosen.lists) : undefined,
      clock: fields.some(({ field }) => MOMENTS.has(field)) ? radios(CLOCKS, chosen.clock) : undefined,
      durations: kind === 'bills' ? radios(DURATIONS, chosen.durations) : undefined,
      ...errorsView(errors),
    },
  }
}

const LISTS = [
  { value: ';', text: 'A semicolon' },
  { value: ',', text: 'A comma' },
  { value: '|', text: 'A vertical bar' },
  { value: '/', text: 'A slash' },
] as const
const CLOCKS = [
  { value: 'british', text: 'UK time (GMT in winter, BST in summer)' },
  { value: 'utc', text: 'UTC all year' },
] as const
const DURATIONS = [
  { value: 'seconds', text: 'Seconds' },
  { value: 'minutes', text: 'Minutes' },
] as const

function radios(items: readonly { readonly value: string; readonly text: string }[], chosen: string) {
  return items.map((one) => ({ ...one, checked: one.value === chosen }))
}
