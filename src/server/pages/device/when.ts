import { readBritishTime, type TypedTime } from '../../british-time.ts'
import { field, type FieldError } from '../../form.ts'
import type { Visit } from '../../route.ts'

/** When something happened, as a form asks it: now, or earlier with a date and a time. */
export interface When extends TypedTime {
  readonly when: string
}

/** Reads the fields of `when.njk`. */
export function whenOf(visit: Visit): When {
  const of = (name: string) => field(visit, name)
  return {
    when: of('when'),
    day: of('when-day'),
    month: of('when-month'),
    year: of('when-year'),
    time: of('when-time'),
  }
}

/** The moment that was given; the page's own for `now`. Or what is wrong with it. */
export function momentGiven(
  given: When,
  now: Date,
): { readonly at: Date } | { readonly errors: readonly FieldError[] } {
  if (given.when === 'now') return { at: now }
  if (given.when !== 'earlier') return { errors: [{ field: 'when', text: 'Choose when it happened' }] }
  const at = readBritishTime(given)
  if (at === undefined)
    return { errors: [{ field: 'when-day', text: 'Enter a date and a time, for example 3 3 2026 and 2:30pm' }] }
  if (at > now) return { errors: [{ field: 'when-day', text: 'The date and time must be in the past' }] }
  return { at }
}
