import { AcquisitionError } from '../errors.ts'

/** What a property list holds. Whole numbers beyond 2^53 come as bigint; a date that no calendar can hold comes as null. */
export type PlistValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | Uid
  | readonly PlistValue[]
  | PlistDictionary

/** Has no prototype, so that no key of a phone's can pass for a method. */
export interface PlistDictionary {
  readonly [key: string]: PlistValue
}

/** A reference into the objects of a keyed archive. */
export class Uid {
  readonly index: number

  constructor(index: number) {
    this.index = index
  }
}

/** Whether a value is a dictionary, and nothing else that JavaScript calls an object. */
export function isDictionary(value: unknown): value is PlistDictionary {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
}

/** Deeper than this nothing that a phone writes goes, and every reader of the result may still go down by calling itself. */
export const DEEPEST = 512
/** How many values there may be once everything that is named twice is counted twice. */
export const MOST_VALUES = 4_000_000

export function badPlist(what: string): AcquisitionError {
  return new AcquisitionError(
    'DAMAGED',
    `a property list cannot be read: ${what}`,
    'look at the file with another tool',
  )
}

const APPLE_EPOCH_MS = 978_307_200_000
const LAST_MS = 8.64e15

/** Seconds since 2001 as a date, or null where ECMAScript has none. */
export function appleDate(seconds: number): Date | null {
  const ms = APPLE_EPOCH_MS + seconds * 1000
  return Math.abs(ms) <= LAST_MS ? new Date(ms) : null
}

/** Sets a key of a dictionary that is being built. */
export function put(dictionary: PlistDictionary, key: string, value: PlistValue): void {
  ;(dictionary as Record<string, PlistValue>)[key] = value
}

export function emptyDictionary(): PlistDictionary {
  return Object.create(null)
}
