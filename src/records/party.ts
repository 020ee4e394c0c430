import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * Somebody on the other side of the device user. The device user is never a party: `direction` says which side they are on.
 * `address` is as the phone wrote it; `name` is only ever one that stands in the same file as the record.
 */
export interface Party {
  readonly address: string
  /** other spellings of the same person that the same file states, e.g. the `@lid` behind which WhatsApp hides a number */
  readonly also?: readonly string[]
  readonly name?: string
}

const HOME = 'GB'
const remembered = new Map<string, string>()

/**
 * Reduces an address to the person behind it, so that every spelling of one person compares equal and nobody else does:
 * E.164 for telephone numbers (national form read as British, `00` as `+`, punctuation dropped), the number of a WhatsApp
 * JID, lower case for e-mail addresses. Short codes, sender names and `@lid` pseudonyms stand for themselves.
 */
export function person(address: string): string {
  const known = remembered.get(address)
  if (known !== undefined) return known
  const found = reduce(address)
  // Bounded, because addresses come from the phone and a hostile one could hold any number of them.
  if (remembered.size > 50_000) remembered.clear()
  remembered.set(address, found)
  return found
}

function reduce(address: string): string {
  const text = address
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .replace(/^(tel|sms|mailto|sip|p|e):/i, '')
  // The id of one of a person’s devices has an agent and a device: 447700900123.0:1@s.whatsapp.net.
  const jid = /^(\d{5,20})(?:\.\d+)?(?::\d+)?@(s\.whatsapp\.net|c\.us)$/i.exec(text)
  if (jid) return telephone(`+${jid[1]}`)
  if (text.includes('@')) return text.toLowerCase()
  if (/^[+\d][\d\s().\-/\u2010-\u2015]*$/.test(text)) return telephone(text)
  return text.toLowerCase()
}

/** A number without a country code is read where it makes a valid number: here first, then in North America, then abroad. */
function telephone(text: string): string {
  const digits = text.replace(/[^\d+]/g, '').replace(/^00/, '+')
  // Short codes are not dialled with a country code: 66777 here is not 66777 elsewhere, and never +4466777.
  if (/^\d{1,6}$/.test(digits)) return digits
  const readings = digits.startsWith('+')
    ? [read(digits)]
    : [read(digits, HOME), read(digits, 'US'), read(`+${digits}`)]
  for (const reading of readings) if (reading?.isValid()) return reading.number
  for (const reading of readings) if (reading?.isPossible()) return reading.number
  return digits
}

function read(digits: string, country?: 'GB' | 'US') {
  return parsePhoneNumberFromString(digits, country)
}
