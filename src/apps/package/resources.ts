import type { TypedValue } from './binary-xml.ts'
import { STRING } from './binary-xml.ts'
import { Bounded } from './bounded.ts'
import { damaged, hostile } from './errors.ts'
import { STRING_POOL, StringPool } from './string-pool.ts'

/** Chunk types, ResourceTypes.h. */
const TABLE = 0x0002
const PACKAGE = 0x0200
const TYPE = 0x0201

/** Res_value types. */
const REFERENCE = 0x01
const DYNAMIC_REFERENCE = 0x07

/** ResTable_type flags. */
const SPARSE = 0x01
const OFFSET16 = 0x02
/** ResTable_entry flags. */
const COMPLEX = 0x0001
const COMPACT = 0x0008

const MOST_CHUNKS = 200_000
/** A reference may lead to another; Android follows 20. */
const MOST_STEPS = 20
const MOST_CONFIGURATIONS = 20_000
/** Configurations that are looked into, for all that the manifest refers to. */
const MOST_LOOKED = 5_000_000

/** The values of one type in one configuration. */
interface TypeChunk {
  readonly chunk: Bounded
  /** whether it is for any phone in any language */
  readonly anywhere: boolean
  /** whether it names no language */
  readonly anyLanguage: boolean
}

const PART = 'the table of resources'

/** `resources.arsc`: what the manifest means where it names a resource instead of a value. Values are looked up one at a time. */
export class Resources {
  readonly #strings: StringPool | undefined
  /** by package and type, the upper 16 bits of a resource's number */
  readonly #types = new Map<number, TypeChunk[]>()
  #looked = 0

  /** Throws PackageError DAMAGED, TOO_LARGE. */
  constructor(bytes: Buffer) {
    const whole = new Bounded(bytes, PART)
    if (whole.u16(0) !== TABLE) throw damaged(PART, 'it does not begin as one')
    const table = whole.slice(0, Math.min(whole.u32(4), whole.length))
    let strings: StringPool | undefined
    for (const chunk of chunksOf(table, table.u16(2))) {
      if (chunk.u16(0) === STRING_POOL) strings ??= new StringPool(chunk)
      if (chunk.u16(0) !== PACKAGE) continue
      const id = chunk.u32(8) & 0xff
      for (const inner of chunksOf(chunk, chunk.u16(2))) {
        if (inner.u16(0) === TYPE) this.#add(id, inner)
      }
    }
    for (const types of this.#types.values()) types.sort((a, b) => rank(a) - rank(b))
    this.#strings = strings
  }

  /** Every value that a resource may have, the one for any phone first. References are followed; a loop has none. */
  values(id: number): readonly TypedValue[] {
    return this.#values(id, MOST_STEPS)
  }

  #add(packageId: number, chunk: Bounded): void {
    const key = (packageId << 8) | chunk.u8(8)
    // Configuration: its own size, then mcc and mnc, language and country, and what else a phone may be.
    const size = Math.max(4, Math.min(chunk.u32(20), chunk.length - 20))
    const config = chunk.slice(24, 20 + size).bytes
    const known = this.#types.get(key) ?? []
    if (known.length >= MOST_CONFIGURATIONS) throw hostile('TOO_LARGE', `${PART} has too many configurations`)
    known.push({
      chunk,
      anywhere: config.every((byte) => byte === 0),
      anyLanguage: config.subarray(4, 8).every((byte) => byte === 0),
    })
    this.#types.set(key, known)
  }

  #values(id: number, steps: number): readonly TypedValue[] {
    if (steps === 0) return []
    const types = this.#types.get(id >>> 16) ?? []
    this.#looked += types.length
    if (this.#looked > MOST_LOOKED) throw hostile('TOO_LARGE', `${PART} is asked for more than any app needs`)
    const found: TypedValue[] = []
    let followed = false
    for (const { chunk } of types) {
      const value = this.#entry(chunk, id & 0xffff)
      if (value === undefined) continue
      if (value.type !== REFERENCE && value.type !== DYNAMIC_REFERENCE) found.push(value)
      // Only the first is followed: what every configuration of every configuration leads to has no end.
      else if (!followed) {
        followed = true
        found.push(...this.#values(value.data, steps - 1))
      }
    }
    return found
  }

  /** One entry of one type; undefined where it has none there, or is a bag of values. */
  #entry(chunk: Bounded, index: number): TypedValue | undefined {
    const headerSize = chunk.u16(2)
    const flags = chunk.u8(9)
    const count = chunk.u32(12)
    const start = chunk.u32(16)
    const offset = entryOffset(chunk, headerSize, flags, count, index)
    if (offset === undefined) return undefined
    const at = start + offset
    const size = chunk.u16(at)
    const entryFlags = chunk.u16(at + 2)
    if ((entryFlags & COMPACT) !== 0) return this.#typed(entryFlags >>> 8, chunk.u32(at + 4))
    if ((entryFlags & COMPLEX) !== 0) return undefined
    return this.#typed(chunk.u8(at + size + 3), chunk.u32(at + size + 4))
  }

  #typed(type: number, data: number): TypedValue {
    return { type, data, raw: type === STRING ? this.#strings?.at(data) : undefined }
  }
}

const rank = ({ anywhere, anyLanguage }: TypeChunk) => (anywhere ? 0 : anyLanguage ? 1 : 2)

function entryOffset(
  chunk: Bounded,
  headerSize: number,
  flags: number,
  count: number,
  index: number,
): number | undefined {
  if ((flags & SPARSE) !== 0) {
    // Pairs of index and offset in words, in order.
    let low = 0
    let high = Math.min(count, 0x10000)
    while (low < high) {
      const middle = (low + high) >> 1
      const found = chunk.u16(headerSize + middle * 4)
      if (found === index) return chunk.u16(headerSize + middle * 4 + 2) * 4
      if (found < index) low = middle + 1
      else high = middle
    }
    return undefined
  }
  if (index >= count) return undefined
  if ((flags & OFFSET16) !== 0) {
    const short = chunk.u16(headerSize + index * 2)
    return short === 0xffff ? undefined : short * 4
  }
  const offset = chunk.u32(headerSize + index * 4)
  return offset === 0xffffffff ? undefined : offset
}

function* chunksOf(whole: Bounded, from: number): Generator<Bounded> {
  let chunks = 0
  for (let at = from; at + 8 <= whole.length; ) {
    if (++chunks > MOST_CHUNKS) throw hostile('TOO_LARGE', `${PART} has more parts than any app needs`)
    const length = whole.u32(at + 4)
    if (length < 8) throw damaged(PART, 'a part without a length')
    yield whole.slice(at, at + length)
    at += length
  }
}
