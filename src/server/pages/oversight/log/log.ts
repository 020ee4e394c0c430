import {
  DEVICE_USER,
  eventKinds,
  type LogAnswers,
  LOG_PURPOSES,
  type LogPurpose,
  type LogQuery,
  MOST,
  ON_A_PAGE,
  queryLog,
  SERVICE_ACTOR,
} from '../../../../actions/index.ts'
import { isEventKind } from '../../../../events/index.ts'
import { readBritishTime } from '../../../british-time.ts'
import { csv } from '../../../csv.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

const FIELDS = [
  'purpose',
  'case',
  'person',
  'kind',
  'from-day',
  'from-month',
  'from-year',
  'to-day',
  'to-month',
  'to-year',
] as const
const DAY = 24 * 60 * 60 * 1000

/**
 * Questions to the log (law rows C-LOG, H19; Data Protection Act 2018 s.62(4)): the purpose first, and each question is itself an entry before anything
 * is shown. A question is posted and never an address: whom somebody asked about stands in no history and no server's log.
 */
export const logRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.oversightLog,
    who: 'log.see',
    logs: [],
    handle: async () => page({ values: {} }),
  },
  {
    method: 'POST',
    path: PATHS.oversightLog,
    who: 'log.see',
    logs: ['log.queried'],
    handle: async (visit) => {
      const asked = questionOf(visit)
      if ('errors' in asked) return page({ values: asked.values, errors: asked.errors })
      const number = Number(/^\d{1,4}$/.exec(field(visit, 'page'))?.[0] ?? 1)
      const answers = await queryLog(visit.service.ops, visit.actor, asked.query, { page: number })
      return page({ values: asked.values, answers, number })
    },
  },
  {
    method: 'POST',
    path: PATHS.oversightLogFile,
    formOn: PATHS.oversightLog,
    who: 'log.see',
    logs: ['log.queried'],
    handle: async (visit) => {
      const asked = questionOf(visit)
      if ('errors' in asked) return page({ values: asked.values, errors: asked.errors })
      const { entries } = await queryLog(visit.service.ops, visit.actor, asked.query, { all: true })
      return {
        body: csv([
          ['index', 'when', 'who', 'name', 'kind', 'what', 'case', 'proof'],
          ...entries.map(({ leaf, at, actor, actorName = '', kind, says, caseReference = '' }) => [
            leaf,
            at.toISOString(),
            actor,
            actorName,
            kind,
            says,
            caseReference,
            `${visit.service.url}${pathTo(PATHS.logProof, { index: leaf })}`,
          ]),
        ]),
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="log.csv"' },
      }
    },
  },
]

type Values = Readonly<Record<string, string>>
type Question = { values: Values; query: LogQuery } | { values: Values; errors: FieldError[] }

function questionOf(visit: Visit): Question {
  const values = Object.fromEntries(FIELDS.map((name) => [name, field(visit, name)]))
  const errors: FieldError[] = []
  const { purpose = '', case: reference = '', person = '', kind = '' } = values
  if (!Object.hasOwn(LOG_PURPOSES, purpose)) errors.push({ field: 'purpose', text: 'Choose what you ask the log for' })
  if (kind !== '' && !isEventKind(kind)) errors.push({ field: 'kind', text: 'Choose a kind of entry from the list' })
  const from = dayOf(values, 'from', errors)
  const to = dayOf(values, 'to', errors)
  if (from && to && from > to) errors.push({ field: 'to-day', text: 'The last day must not be before the first' })
  if (errors.length > 0) return { values, errors }
  return {
    values,
    query: {
      purpose: purpose as LogPurpose,
      ...(reference !== '' && { caseReference: reference }),
      ...(person !== '' && { person }),
      ...(isEventKind(kind) && { kind }),
      ...(from && { from }),
      // Until the day is over, in British time: at its longest it has 25 hours.
      ...(to && { until: nextDay(to) }),
    },
  }
}

function dayOf(values: Values, name: 'from' | 'to', errors: FieldError[]): Date | undefined {
  const [day = '', month = '', year = ''] = ['day', 'month', 'year'].map((part) => values[`${name}-${part}`])
  if (day === '' && month === '' && year === '') return undefined
  const at = readBritishTime({ day, month, year, time: '0:00' })
  if (at === undefined) errors.push({ field: `${name}-day`, text: 'Enter a real date, for example 3 3 2026' })
  return at
}

function nextDay(day: Date): Date {
  const noon = new Date(day.getTime() + DAY + DAY / 2)
  const [year, month, date] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(noon).split('-')
  return readBritishTime({ day: date ?? '', month: month ?? '', year: year ?? '', time: '0:00' }) ?? noon
}

function page({
  values,
  errors = [],
  answers,
  number = 1,
}: {
  values: Values
  errors?: FieldError[]
  answers?: LogAnswers
  number?: number
}): Answer {
  return {
    page: 'pages/oversight/log/log.njk',
    ...(errors.length > 0 && { status: 422 }),
    view: {
      title: answers === undefined ? 'Ask the log' : 'What the log says',
      back: PATHS.oversight,
      backText: 'Oversight',
      values,
      purposes: Object.entries(LOG_PURPOSES).map(([value, text]) => ({
        value,
        text,
        checked: values['purpose'] === value,
      })),
      kinds: [
        { value: '', text: 'Any' },
        ...eventKinds().map(({ kind, says }) => ({ value: kind, text: says, selected: values['kind'] === kind })),
      ],
      hidden: FIELDS.filter((name) => (values[name] ?? '') !== '').map((name) => ({ name, value: values[name] })),
      ...(answers && { answers: shown(answers, number) }),
      ...errorsView(errors),
    },
  }
}

/** Who acts without being in the force’s directory. */
const NOBODY_OF_THE_FORCE: Readonly<Record<string, string>> = {
  [SERVICE_ACTOR]: 'Peel',
  [DEVICE_USER]: 'The device user',
}

function shown({ entries, found, from }: LogAnswers, number: number) {
  return {
    entries: entries.map((entry) => ({
      ...entry,
      who: NOBODY_OF_THE_FORCE[entry.actor],
      proof: pathTo(PATHS.logProof, { index: entry.leaf }),
    })),
    found,
    more: found === MOST,
    first: from + 1,
    last: from + entries.length,
    ...(number > 1 && { before: number - 1 }),
    ...(from + ON_A_PAGE < found && { after: number + 1 }),
  }
}
