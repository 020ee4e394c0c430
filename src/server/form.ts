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
