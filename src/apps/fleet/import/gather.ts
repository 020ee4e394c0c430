import type { Platform } from '../../platform.ts'
import { FleetError } from '../errors.ts'
import { type Instant, inOrder, instantFrom, readInstant } from '../instant.ts'
import type { AppCount, Imported, Install, Installer, Odd, Source } from '../install.ts'

/** A row as a source gives it: nothing of it is believed yet. */
export interface Told {
  readonly device: unknown
  readonly platform: Platform
  readonly id?: unknown
  readonly name?: unknown
  readonly publisher?: unknown
  readonly versionName?: unknown
  readonly versionCode?: unknown
  readonly installer?: Installer
  readonly signers?: unknown
  readonly firstSeen?: unknown
}

/** One import's rows: ten thousand phones of 150 apps are 1.5 million. */
export const MOST_ROWS = 5_000_000
const LONGEST_TEXT = 512
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/
const MOST_SIGNERS = 32
const NO_SIGNERS: readonly string[] = []

/**
 * Brings rows to the one form. A row that names its device always becomes an install, however odd the rest of it is: an app
 * that writes nonsense into its name must not thereby escape notice.
 */
export class Gathering {
  readonly source: Source
  readonly at: Instant
  readonly #installs: Install[] = []
  readonly #counts: AppCount[] = []
  readonly #reported = new Set<string>()
  readonly #odd: Odd[] = []
  readonly #texts = new Map<string, string>()
  readonly #signers = new Map<string, readonly string[]>()
  #rows = 0
  #removed = 0
  #elsewhere = 0
  #leftOut = 0
  #whole = true

  /** `at`: when the source said so, RFC 3339. Throws FleetError BAD_TIME. */
  constructor(source: Source, at: string) {
    this.source = source
    this.at = instantFrom(at)
  }

  /** Takes in a device whose whole list follows; returns its name, or undefined where it has none. */
  device(told: unknown): string | undefined {
    const device = this.#text(told)
    if (device !== undefined) this.#reported.add(device)
    return device
  }

  install(told: Told, place: () => string): void {
    this.#count()
    const device = this.#text(told.device)
    if (device === undefined) return this.#leave('no_device', place)
    const written = this.#text(told.id)
    const id = written !== undefined && ID.test(written) ? written : undefined
    if (told.id !== undefined && told.id !== null && told.id !== '' && id === undefined) this.note('bad_id', place)
    const named = this.#text(told.name)
    if (isTooLong(told.name)) this.note('bad_name', place)
    const name = named ?? (id === undefined ? written : undefined)
    if (id === undefined && name === undefined) this.note('no_app', place)
    const seen = this.#seen(told.firstSeen, place)
    this.#installs.push({
      device,
      platform: told.platform,
      id,
      name,
      publisher: this.#text(told.publisher),
      versionName: this.#text(told.versionName),
      versionCode: this.#code(told.versionCode, place),
      installer: told.installer,
      signers: this.#signersOf(told.signers, place),
      source: this.source,
      firstSeen: seen ?? this.at,
      firstSeenSaid: seen !== undefined,
    })
  }

  /** A row that counts devices without naming them. */
  counted(told: Omit<Told, 'device'> & { readonly devices: unknown }, place: () => string): void {
    this.#count()
    const name = this.#text(told.name)
    const devices = Number(told.devices)
    if (name === undefined) return this.#leave('no_app', place)
    if (told.devices === '' || told.devices === null || !Number.isSafeInteger(devices) || devices < 0)
      return this.#leave('not_a_row', place)
    const { platform } = told
    const more = { publisher: this.#text(told.publisher), versionName: this.#text(told.versionName) }
    this.#counts.push({ platform, name, ...more, devices })
  }

  removed(): void {
    this.#count()
    this.#removed++
  }

  elsewhere(): void {
    this.#count()
    this.#elsewhere++
  }

  leftOut(code: Odd['code'], place: () => string): void {
    this.#count()
    this.#leave(code, place)
  }

  /** Something odd that costs no row. */
  note(code: Odd['code'], place: () => string): void {
    this.#odd.push({ place: place(), code, row: 'kept' })
  }

  /** Something is missing from this import: nothing can be said to be gone. */
  incomplete(code: Odd['code'], place: () => string): void {
    this.#whole = false
    this.note(code, place)
  }

  result(): Imported {
    return {
      source: this.source,
      at: this.at,
      installs: this.#installs,
      counts: this.#counts,
      reported: this.#whole ? [...this.#reported].sort(inOrder) : [],
      odd: this.#odd,
      rows: this.#rows,
      removed: this.#removed,
      elsewhere: this.#elsewhere,
      leftOut: this.#leftOut,
    }
  }

  #count(): void {
    if (++this.#rows > MOST_ROWS)
      throw new FleetError('TOO_LARGE', 'the import has more than five million rows', 'bring it in by parts')
  }

  #leave(code: Odd['code'], place: () => string): void {
    this.#leftOut++
    // Whose row it was cannot be told, so no list is known to be whole.
    this.#whole = false
    this.#odd.push({ place: place(), code, row: 'left_out' })
  }

  /** Text that is held once, however often it is said, and that does not keep the whole file in memory. */
  #text(told: unknown): string | undefined {
    if (typeof told === 'number') return String(told)
    if (typeof told !== 'string') return undefined
    const known = this.#texts.get(told)
    if (known !== undefined) return known === '' ? undefined : known
    const own = ownCopy(ownCopy(told).trim().slice(0, LONGEST_TEXT))
    if (told.length <= LONGEST_TEXT) this.#texts.set(ownCopy(told), own)
    return own === '' ? undefined : own
  }

  #code(told: unknown, place: () => string): number | undefined {
    if (told === undefined || told === null || told === '') return undefined
    const code = typeof told === 'string' && /^\d{1,16}$/.test(told.trim()) ? Number(told) : told
    if (typeof code === 'number' && Number.isSafeInteger(code) && code >= 0) return code
    this.note('bad_version_code', place)
    return undefined
  }

  #signersOf(told: unknown, place: () => string): readonly string[] {
    if (told === undefined || told === null || told === '') return NO_SIGNERS
    const written = Array.isArray(told) ? told : typeof told === 'string' ? told.split(/[\s,;]+/) : [told]
    const read = written.slice(0, MOST_SIGNERS).map(signerOf)
    if (written.length > MOST_SIGNERS || read.includes(undefined)) this.note('bad_signer', place)
    const digests = [...new Set(read.filter((one) => one !== undefined))].sort(inOrder)
    const key = digests.join()
    const known = this.#signers.get(key)
    if (known === undefined) this.#signers.set(key, digests)
    return known ?? digests
  }

  #seen(told: unknown, place: () => string): Instant | undefined {
    if (told === undefined || told === null || told === '') return undefined
    const seen = typeof told === 'string' ? readInstant(told.trim()) : undefined
    // What has not happened yet was not seen: somebody's clock is wrong.
    if (seen !== undefined && seen <= this.at) return seen
    this.note('bad_time', place)
    return undefined
  }
}

/** A certificate's digest by its length: `sha1:…` or `sha256:…`; undefined where it is neither. */
export function signerOf(told: unknown): string | undefined {
  if (typeof told !== 'string' || told.length > 200) return undefined
  const [, name, body = ''] = /^(?:(sha-?1|sha-?256):)?([0-9a-f:\s]+)$/i.exec(told.trim()) ?? []
  const hex = body.replace(/[:\s]/g, '').toLowerCase()
  const kind = hex.length === 64 ? 'sha256' : hex.length === 40 ? 'sha1' : undefined
  if (kind === undefined || (name !== undefined && name.toLowerCase().replace('-', '') !== kind)) return undefined
  return `${kind}:${hex}`
}

/** A part of a text keeps the whole in memory; its own copy does not. Halves of characters become U+FFFD. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString()
}

function isTooLong(told: unknown): boolean {
  return typeof told === 'string' && told.length > LONGEST_TEXT
}
