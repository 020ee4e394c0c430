import type { ImportRead } from '../../../../actions/index.ts'
import type { FleetColumns } from '../../../../apps/index.ts'
import { field, type FieldError } from '../../../form.ts'
import type { Visit } from '../../../route.ts'

/** What columns may mean, as a form asks it. */
const FIELDS = [
  ['device', 'The phone', 'A serial number or id: what tells phones apart.'],
  ['id', 'The app’s package name or bundle id', 'For example, com.example.radio. It is better than a name.'],
  ['name', 'The app’s name', ''],
  ['publisher', 'Who publishes it', ''],
  ['versionName', 'Its version', ''],
  ['versionCode', 'Its version code', 'Android’s whole number.'],
  ['firstSeen', 'When it was installed', ''],
] as const

/** Reads the form, or says what is missing in it. */
export function columnsTold(
  visit: Visit,
): { readonly columns: FleetColumns } | { readonly errors: readonly FieldError[] } {
  const columns = Object.fromEntries(
    FIELDS.map(([name]) => [name, field(visit, `column-${name}`)] as const).filter(([, heading]) => heading !== ''),
  )
  const platform = field(visit, 'platform')
  const whole = field(visit, 'whole')
  const errors: FieldError[] = [
    ...(columns['device'] ? [] : [{ field: 'column-device', text: 'Choose the column of the phone' }]),
    ...(columns['id'] || columns['name']
      ? []
      : [{ field: 'column-id', text: 'Choose the column of the app’s id, or that of its name' }]),
    ...(platform === '' ? [{ field: 'platform', text: 'Choose which phones they are' }] : []),
    ...(whole === 'yes' || whole === 'no' ? [] : [{ field: 'whole', text: 'Select whether lists are whole' }]),
  ]
  if (errors.length > 0) return { errors }
  return {
    columns: {
      platform: platform === 'android' || platform === 'ios' ? platform : { column: platform.replace(/^column:/, '') },
      columns,
      whole: whole === 'yes',
    },
  }
}

/** The form's questions, with what was chosen now or is remembered of the last CSV of this heading. */
export function columnsAsked(visit: Visit, { headings, columns }: ImportRead): Readonly<Record<string, unknown>> {
  const isSent = field(visit, 'platform') !== '' || field(visit, 'column-device') !== ''
  const choices = (chosen: string) => [
    { value: '', text: 'Not in the file' },
    ...headings.filter(Boolean).map((value) => ({ value, text: value, selected: value === chosen })),
  ]
  const kept = columns?.platform
  const platform = isSent ? field(visit, 'platform') : typeof kept === 'object' ? `column:${kept.column}` : (kept ?? '')
  const whole = isSent ? field(visit, 'whole') : columns === undefined ? '' : columns.whole ? 'yes' : 'no'
  return {
    isKnown: columns !== undefined,
    fields: FIELDS.map(([name, text, hint]) => ({
      id: `column-${name}`,
      text,
      hint,
      items: choices(isSent ? field(visit, `column-${name}`) : (columns?.columns[name] ?? '')),
    })),
    platforms: [
      { value: '', text: 'Choose' },
      { value: 'android', text: 'All are Android phones', selected: platform === 'android' },
      { value: 'ios', text: 'All are iPhones', selected: platform === 'ios' },
      ...headings.filter(Boolean).map((one) => ({
        value: `column:${one}`,
        text: `The column ${one} says it`,
        selected: platform === `column:${one}`,
      })),
    ],
    wholes: [
      { value: 'yes', text: 'Yes, every app of each phone is in it', checked: whole === 'yes' },
      {
        value: 'no',
        text: 'No, or nobody knows',
        hint: { text: 'Then nothing is taken as gone.' },
        checked: whole === 'no',
      },
    ],
  }
}
