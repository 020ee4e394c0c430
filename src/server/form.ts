import type { Visit } from './route.ts'

/** What is wrong with one field of a form, in words for whoever filled it in. */
export interface FieldError {
  readonly field: string
  readonly text: string
}

/** The text of a field, trimmed; '' where nothing was given. */
export function field({ form }: Pick<Visit, 'form'>, name: string): string {
  const value = form[name]
  const one = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? one.replace(/\r\n?/g, '\n').trim() : ''
}

/** Every value of a field that may be ticked several times. */
export function fields({ form }: Pick<Visit, 'form'>, name: string): string[] {
  const value = form[name]
  if (value === undefined) return []
  return (Array.isArray(value) ? [...value] : [value as string]).map((one) => one.trim()).filter((one) => one !== '')
}

/** The three fields of a day as they were typed. */
export function dayTyped(visit: Pick<Visit, 'form'>, name: string): { day: string; month: string; year: string } {
  return { day: field(visit, `${name}-day`), month: field(visit, `${name}-month`), year: field(visit, `${name}-year`) }
}

/** A day of three fields, `2027-03-27`; as it was typed where it is none, '' where nothing was. */
export function dayGiven(visit: Pick<Visit, 'form'>, name: string): string {
  const { day, month, year } = dayTyped(visit, name)
  return `${day}${month}${year}` === '' ? '' : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** What an action found wrong, as errors of a form; `fieldOf` says at which field something is shown that is called otherwise there. */
export function errorsFrom(
  faults: readonly { readonly field: string; readonly says: string }[],
  fieldOf: (fault: string) => string = (fault) => fault,
): FieldError[] {
  return faults.map(({ field, says }) => ({ field: fieldOf(field), text: says }))
}

/** What templates need to show errors: the list for the summary, and each field's own. */
export function errorsView(errors: readonly FieldError[]): {
  errorList: { text: string; href: string }[]
  errors: Record<string, { text: string }>
} {
  return {
    errorList: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
    errors: Object.fromEntries(errors.map(({ field, text }) => [field, { text }])),
  }
}
