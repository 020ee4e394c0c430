import { isSomebody } from '../telephony/addresses.ts'

const MOST_RECIPIENTS = 1000

/** A string that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A whole number written as a string, as Android writes all of them; anything else is handed on to be found odd. */
export function digits(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,18}$/.test(value) ? Number(value) : value
}

/** Who else is in the conversation. */
export function recipients(value: unknown): string[] {
  return Array.isArray(value) ? [...new Set(value.slice(0, MOST_RECIPIENTS).filter(isSomebody))] : []
}
