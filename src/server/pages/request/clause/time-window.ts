import { instantOf, localTime, type LocalTime, type Turn, turnOf } from '../../../../records/index.ts'
import { readClock, typedInstant, ZONES } from '../../../british-time.ts'
import type { FieldError } from '../../../form.ts'
import type { Typed, Values } from '../question.ts'

/** The fields of a window of time, as a page asks for it: the last day counts. */
export const WINDOW_FIELDS = ['from', 'to'].flatMap((end) =>
  ['day', 'month', 'year', 'time'].map((part) => `${end}-${part}`),
)

/** Fills the fields from an authorisation's window. What ends at midnight ended with the day before. */
export function windowValues(between: { from: string; to: string } | undefined): Values {
  if (between === undefined) return {}
  const from = localTime(between.from)
  let to = localTime(between.to)
  const wholeDay = to.hour === 0 && to.minute === 0
  if (wholeDay) to = localTime(Date.parse(between.to) - 60_000)
  return {
    ...endValues('from', from, from.hour === 0 && from.minute === 0, turnOf(between.from)),
    ...endValues('to', to, wholeDay, turnOf(between.to)),
  }
}

function endValues(
  end: string,
  { day, month, year, hour, minute }: LocalTime,
  wholeDay: boolean,
  turn: Turn | undefined,
): Values {
  return {
    [`${end}-day`]: String(day),
    [`${end}-month`]: String(month),
    [`${end}-year`]: String(year),
    [`${end}-time`]: wholeDay
      ? ''
      : `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}${turn ? ` ${ZONES[turn]}` : ''}`,
  }
}

/** Reads the fields in British local time. Without a time the first day begins at midnight and the last is taken whole. */
export function readWindow(
  typed: Typed,
): { readonly between: { from: string; to: string } } | { readonly errors: readonly FieldError[] } {
  const from = readEnd(typed, 'from', 'first')
  const to = readEnd(typed, 'to', 'last')
  const errors = [from, to].flatMap((end) => ('error' in end ? [end.error] : []))
  if ('error' in from || 'error' in to) return { errors }
  if (Date.parse(from.instant) >= Date.parse(to.instant))
    return { errors: [{ field: 'to-day', text: 'The last day must be the first day or later' }] }
  return { between: { from: from.instant, to: to.instant } }
}

function readEnd(typed: Typed, end: 'from' | 'to', word: string): { instant: string } | { error: FieldError } {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => typed.one(`${end}-${part}`))
  const wrong = (field: string, text: string) => ({ error: { field: `${end}-${field}`, text } })
  if ([day, month, year].every((part) => part === '')) return wrong('day', `Enter the ${word} day`)
  for (const [part, text] of Object.entries({ day, month, year }))
    if (text === '') return wrong(part, `The ${word} day must include a ${part}`)
  if (![day, month, year].every((part) => /^\d{1,4}$/.test(part ?? '')) || (year ?? '').length !== 4)
    return wrong('day', `The ${word} day must be a real date, with a year of 4 numbers`)
  const time = typed.one(`${end}-time`)
  const clock = readClock(time === '' ? '0:00' : time)
  if (clock === undefined) return wrong('time', 'The time must be like 18:00')
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  const wholeLastDay = end === 'to' && time === ''
  const { turn, ...at } = clock
  if (instantOf({ ...date, ...at }) === undefined) return wrong('day', `The ${word} day must be a real date`)
  const instant = typedInstant({ ...date, ...at }, turn)
  if (instant === undefined) return wrong('time', `Clocks do not show ${turn && ZONES[turn]} at that time`)
  if (!wholeLastDay) return { instant }
  // Noon of that day and a day more is always in the next day, whatever the clocks do.
  const next = localTime(Date.parse(instantOf({ ...date, hour: 12, minute: 0 }) as string) + 24 * 60 * 60 * 1000)
  return { instant: instantOf({ ...next, hour: 0, minute: 0 }) as string }
}
