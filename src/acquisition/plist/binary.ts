import { appleDate, badPlist, DEEPEST, emptyDictionary, MOST_VALUES, type PlistValue, put, Uid } from './value.ts'

const TRAILER = 32
const HEADER = 8

/**
 * Reads a binary property list (`bplist00`; CFBinaryPList.c describes it). Every object is read once, however often it is
 * named, and no byte may belong to two objects: both together keep the work linear in the size, whatever the file says.
 * Throws AcquisitionError DAMAGED.
 */
export function parseBinaryPlist(bytes: Uint8Array): PlistValue {
  return new BinaryPlist(bytes).top()
}

class BinaryPlist {
  readonly #bytes: Buffer
  readonly #offsetSize: number
  readonly #refSize: number
  readonly #count: number
  readonly #top: number
  readonly #table: number
  readonly #read = new Map<number, PlistValue>()
  /** how many values an object stands for once everything in it is written out */
  readonly #weights = new Map<number, number>()
  readonly #open = new Set<number>()
  /** bytes of objects that may still be read */
  #left: number

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const trailer = bytes.length - TRAILER
    if (trailer < HEADER) throw badPlist('it ends early')
    this.#offsetSize = this.#bytes[trailer + 6]!
    this.#refSize = this.#bytes[trailer + 7]!
    this.#count = this.#wide(trailer + 8)
    this.#top = this.#wide(trailer + 16)
    this.#table = this.#wide(trailer + 24)
    const sizes = this.#offsetSize >= 1 && this.#offsetSize <= 8 && this.#refSize >= 1 && this.#refSize <= 8
    if (!sizes || this.#count < 1 || this.#top >= this.#count) throw badPlist('its trailer is not one')
    if (this.#table < HEADER || this.#table + this.#count * this.#offsetSize > trailer)
      throw badPlist('its table lies outside it')
    this.#left = this.#table - HEADER
  }

  top(): PlistValue {
    return this.#object(this.#top, 0)
  }

  #object(index: number, depth: number): PlistValue {
    const known = this.#read.get(index)
    if (known !== undefined) return known
    if (depth > DEEPEST) throw badPlist('it is nested too deeply')
    if (index >= this.#count) throw badPlist('it names an object that is not there')
    if (this.#open.has(index)) throw badPlist('an object holds itself')
    this.#open.add(index)
    const at = this.#unsigned(this.#table + index * this.#offsetSize, this.#offsetSize)
    if (at < HEADER || at >= this.#table) throw badPlist('an object lies outside it')
    const value = this.#value(index, at, depth)
    this.#open.delete(index)
    this.#read.set(index, value)
    return value
  }

  #value(index: number, at: number, depth: number): PlistValue {
    const marker = this.#bytes[at]!
    const low = marker & 0x0f
    switch (marker >> 4) {
      case 0x0:
        this.#spend(at, 1)
        return simple(low)
      case 0x1:
        return this.#integer(this.#spend(at, 1 + 2 ** low) + 1, 2 ** low)
      case 0x2:
        return this.#real(this.#spend(at, 1 + 2 ** low) + 1, 2 ** low)
      case 0x3:
        if (low !== 3) throw badPlist('a date of unknown size')
        return appleDate(this.#bytes.readDoubleBE(this.#spend(at, 9) + 1))
      case 0x4: {
        const { start, end } = this.#extent(at, low, 1)
        return new Uint8Array(this.#bytes.subarray(start, end))
      }
      case 0x5: {
        const { start, end } = this.#extent(at, low, 1)
        return this.#bytes.toString('latin1', start, end)
      }
      case 0x6: {
        const { start, end } = this.#extent(at, low, 2)
        return Buffer.from(this.#bytes.subarray(start, end)).swap16().toString('utf16le')
      }
      case 0x7: {
        const { start, end } = this.#extent(at, low, 1)
        return this.#bytes.toString('utf8', start, end)
      }
      case 0x8:
        return new Uid(this.#unsigned(this.#spend(at, 2 + low) + 1, low + 1))
      case 0xa:
      case 0xb:
      case 0xc:
        return this.#array(index, this.#extent(at, low, this.#refSize), depth)
      case 0xd:
        return this.#dictionary(index, this.#extent(at, low, 2 * this.#refSize), depth)
      default:
        throw badPlist('an object of unknown kind')
    }
  }

  #array(index: number, { start, count }: Extent, depth: number): PlistValue {
    const values: PlistValue[] = []
    let weight = 1
    for (let i = 0; i < count; i++) {
      const child = this.#ref(start, i)
      values.push(this.#object(child, depth + 1))
      weight = this.#heavier(weight, child)
    }
    this.#weights.set(index, weight)
    return values
  }

  #dictionary(index: number, { start, count }: Extent, depth: number): PlistValue {
    const dictionary = emptyDictionary()
    let weight = 1
    for (let i = 0; i < count; i++) {
      const key = this.#object(this.#ref(start, i), depth + 1)
      if (typeof key !== 'string') throw badPlist('a key that is not text')
      const child = this.#ref(start, count + i)
      put(dictionary, key, this.#object(child, depth + 1))
      weight = this.#heavier(weight, child)
    }
    this.#weights.set(index, weight)
    return dictionary
  }

  #heavier(weight: number, child: number): number {
    const sum = weight + (this.#weights.get(child) ?? 1)
    if (sum > MOST_VALUES) throw badPlist('written out it would be too large')
    return sum
  }

  /** Where the contents of an object lie whose length stands in its marker, or in an integer after it. */
  #extent(at: number, low: number, unit: number): Extent {
    let start = at + 1
    let count = low
    if (low === 0x0f) {
      const marker = this.#bytes[start]!
      if (marker >> 4 !== 1 || (marker & 0x0f) > 3) throw badPlist('a length that is not one')
      const size = 2 ** (marker & 0x0f)
      if (start + 1 + size > this.#table) throw badPlist('an object goes past its end')
      count = this.#unsigned(start + 1, size)
      start += 1 + size
    }
    const end = start + count * unit
    this.#spend(at, end - at)
    return { start, end, count }
  }

  /** Claims the bytes of an object, which must lie inside. Returns `at`. */
  #spend(at: number, length: number): number {
    if (at + length > this.#table) throw badPlist('an object goes past its end')
    this.#left -= length
    if (this.#left < 0) throw badPlist('its objects overlap')
    return at
  }

  #ref(start: number, i: number): number {
    return this.#unsigned(start + i * this.#refSize, this.#refSize)
  }

  #integer(at: number, size: number): number | bigint {
    if (size < 8) return this.#unsigned(at, size)
    if (size > 16) throw badPlist('a number of unknown size')
    // Eight bytes are signed; sixteen hold what an unsigned number of eight needs.
    const value =
      size === 8
        ? this.#bytes.readBigInt64BE(at)
        : (this.#bytes.readBigInt64BE(at) << 64n) | this.#bytes.readBigUInt64BE(at + 8)
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value
  }

  #real(at: number, size: number): number {
    if (size === 4) return this.#bytes.readFloatBE(at)
    if (size === 8) return this.#bytes.readDoubleBE(at)
    throw badPlist('a number of unknown size')
  }

  /** An unsigned number of 1 to 16 bytes. Beyond 2^53 it is beyond every file, so losing its last bits does no harm. */
  #unsigned(at: number, size: number): number {
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + this.#bytes[at + i]!
    return value
  }

  #wide(at: number): number {
    return this.#unsigned(at, 8)
  }
}

interface Extent {
  readonly start: number
  readonly end: number
  readonly count: number
}

function simple(low: number): PlistValue {
  if (low === 0x0) return null
  if (low === 0x8) return false
  if (low === 0x9) return true
  throw badPlist('an object of unknown kind')
}
