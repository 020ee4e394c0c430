import { ActionError, RefusedWithReasons } from '../actions/index.ts'
import type { FieldError } from './form.ts'

/** One thing that stands against what a form asks. */
export interface Against {
  readonly says: string
  readonly source: string
  readonly about?: string
}

/** What came of a form that was not taken. */
export interface NotTaken {
  readonly errors: readonly FieldError[]
  readonly reasons?: readonly Against[]
}

/** What came of an act: what it gives, or why it was not done. */
export type Outcome<T> =
  | { readonly came: T; readonly not?: undefined }
  | { readonly came?: undefined; readonly not: NotTaken }

/**
 * Does what a form asks, and gives what comes of it. What the act refuses for what was typed, or for reasons, is given back for the page to show; everything
 * else is thrown. `fieldOf` says which question a fault is of, where it is called otherwise.
 */
export async function outcomeOf<T>(
  act: () => Promise<T>,
  fieldOf: (fault: string) => string = (fault) => fault,
): Promise<Outcome<T>> {
  try {
    return { came: await act() }
  } catch (error) {
    if (error instanceof RefusedWithReasons) return { not: { errors: [], reasons: error.reasons } }
    if (!(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
    return { not: { errors: [{ field: fieldOf(error.reason), text: capital(error.message) }] } }
  }
}

/** The same of an act that gives nothing: undefined where it is done. */
export async function taken(
  act: () => Promise<unknown>,
  fieldOf?: (fault: string) => string,
): Promise<NotTaken | undefined> {
  return (await outcomeOf(act, fieldOf)).not
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
