import type { AuthorisedDevice } from './authorisation.ts'

/** What a source says of its device, as far as an authorisation can name one. */
export interface SourceDevice {
  readonly serial?: string
  readonly imei?: readonly string[]
}

/** Whether a source's device is the one that an authorisation names. `unknown`: named, and the source does not say. */
export type DeviceVerdict = 'not_named' | 'same' | 'different' | 'unknown'

/** Compares by serial number and IMEI, each where the authorisation gives it; one that differs outweighs one that agrees. */
export function compareDevice(authorised: AuthorisedDevice, source: SourceDevice): DeviceVerdict {
  const verdicts: DeviceVerdict[] = []
  if (authorised.serial !== undefined)
    verdicts.push(compare(serial(authorised.serial), source.serial === undefined ? [] : [serial(source.serial)]))
  if (authorised.imei !== undefined) verdicts.push(compare(imei(authorised.imei), (source.imei ?? []).map(imei)))
  return (['different', 'unknown', 'same'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'not_named'
}

function compare(named: string | undefined, told: readonly (string | undefined)[]): DeviceVerdict {
  const readable = told.filter((one) => one !== undefined && one !== '')
  if (readable.length === 0) return 'unknown'
  return readable.includes(named) ? 'same' : 'different'
}

function serial(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase()
}

/**
 * Reduces an IMEI to the 14 digits that name the device (3GPP TS 23.003 section 6.2): without separators, check digit, or
 * the software version of an IMEISV. Undefined where it is none, a wrong check digit included.
 */
export function imei(text: string): string | undefined {
  const digits = text.replace(/[\s./-]+/g, '')
  if (!/^\d{14,16}$/.test(digits)) return undefined
  return digits.length === 15 && !hasLuhnDigit(digits) ? undefined : digits.slice(0, 14)
}

function hasLuhnDigit(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
