import type { Bounded } from './bounded.ts'
import { damaged, hostile } from './errors.ts'

/** RES_STRING_POOL_TYPE, ResourceTypes.h. */
export const STRING_POOL = 0x0001

const UTF8 = 1 << 8
/** Characters; Android's own tools stop at 32,767. */
const LONGEST = 32_767
const MOST_STRINGS = 1 << 20
/** Decoded in all, in UTF-16 units: strings may share their bytes, so that a small pool could hold more than memory. */
const MOST_DECODED = 16 << 20

/**
 * The strings of a binary XML or of a resource table, decoded one at a time when they are asked for, as ResStringPool does.
 * Throws PackageError DAMAGED for a pool or a string that lies outside its bytes, TOO_LARGE for what no app needs.
 */
export class StringPool {
  readonly count: number
  readonly #pool: Bounded
  readonly #utf8: boolean
  readonly #start: number
  readonly #headerSize: number
  readonly #decoded = new Map<number, string>()
  #held = 0

  /** `pool` is the whole chunk. */
  constructor(pool: Bounded) {
    this.#pool = pool
    this.#headerSize = pool.u16(2)
    this.count = pool.u32(8)
    this.#utf8 = (pool.u32(16) & UTF8) !== 0
    this.#start = pool.u32(20)
    if (this.count > MOST_STRINGS) throw hostile('TOO_LARGE', `${pool.part} holds more than a million strings`)
    if (this.count > 0 && (this.#headerSize + this.count * 4 > pool.length || this.#start > pool.length))
      throw damaged(pool.part, 'its strings lie outside it')
  }

  /** The string of that index; undefined for an index that says none (0xffffffff) or is beyond the pool. */
  at(index: number): string | undefined {
    if (index >= this.count) return undefined
    const known = this.#decoded.get(index)
    if (known !== undefined) return known
    const at = this.#start + this.#pool.u32(this.#headerSize + index * 4)
    const text = this.#utf8 ? this.#readUtf8(at) : this.#readUtf16(at)
    this.#held += text.length
    if (this.#held > MOST_DECODED) throw hostile('TOO_LARGE', `the strings of ${this.#pool.part} have no end`)
    this.#decoded.set(index, text)
    return text
  }

  /** One or two bytes of length in characters, one or two of length in bytes, the bytes. */
  #readUtf8(at: number): string {
    const pool = this.#pool
    const characters = at + ((pool.u8(at) & 0x80) === 0 ? 1 : 2)
    const first = pool.u8(characters)
    const long = (first & 0x80) !== 0
    const length = long ? ((first & 0x7f) << 8) | pool.u8(characters + 1) : first
    const start = characters + (long ? 2 : 1)
    this.#refuseLong(length)
    return pool.slice(start, start + length).bytes.toString('utf8')
  }

  /** Two or four bytes of length in units, the units. */
  #readUtf16(at: number): string {
    const pool = this.#pool
    const first = pool.u16(at)
    const long = (first & 0x8000) !== 0
    const length = long ? (first & 0x7fff) * 0x10000 + pool.u16(at + 2) : first
    const start = at + (long ? 4 : 2)
    this.#refuseLong(length)
    return pool.slice(start, start + length * 2).bytes.toString('utf16le')
  }

  #refuseLong(length: number): void {
    if (length > LONGEST) throw hostile('TOO_LARGE', `${this.#pool.part} holds a string that is too long`)
  }
}
