/** What a property list can hold. Dates and reals are wrapped, because JavaScript has one number for all. */
export type Plist =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Real
  | Uid
  | Date
  | readonly Plist[]
  | { readonly [key: string]: Plist }

export class Real {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** A reference inside a keyed archive. */
export class Uid {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

const APPLE_EPOCH_MS = 978_307_200_000

/** Writes a binary property list (bplist00). Keys keep their order; equal strings stand once. */
export function binaryPlist(root: Plist): Buffer {
  const objects: Plist[] = []
  const known = new Map<Plist, number>()
  const number = (value: Plist): number => {
    const shareable = typeof value === 'string'
    const found = shareable ? known.get(value) : undefined
    if (found !== undefined) return found
    const at = objects.push(value) - 1
    if (shareable) known.set(value, at)
    return at
  }
  const written: Buffer[] = []
  const references: (readonly number[])[] = []
  number(root)
  for (let at = 0; at < objects.length; at++) {
    const value = objects[at] as Plist
    if (Array.isArray(value)) references[at] = value.map(number)
    else if (isDictionary(value))
      references[at] = [...Object.keys(value).map(number), ...Object.values(value).map(number)]
  }
  const width = objects.length < 256 ? 1 : 2
  const offsets: number[] = []
  let end = 8
  for (const [at, value] of objects.entries()) {
    const bytes = object(value, references[at] ?? [], width)
    written.push(bytes)
    offsets.push(end)
    end += bytes.length
  }
  const offsetWidth = end < 65_536 ? 2 : 4
  const trailer = Buffer.alloc(32)
  trailer[6] = offsetWidth
  trailer[7] = width
  trailer.writeUInt32BE(objects.length, 12)
  trailer.writeUInt32BE(end, 28)
  return Buffer.concat([
    Buffer.from('bplist00'),
    ...written,
    ...offsets.map((offset) => big(offset, offsetWidth)),
    trailer,
  ])
}

function isDictionary(value: Plist): value is { readonly [key: string]: Plist } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Uint8Array || value instanceof Real || value instanceof Uid || value instanceof Date)
}

function object(value: Plist, references: readonly number[], width: number): Buffer {
  if (value === null) return Buffer.from([0x00])
  if (typeof value === 'boolean') return Buffer.from([value ? 0x09 : 0x08])
  if (typeof value === 'number' || typeof value === 'bigint') return integer(BigInt(value))
  if (typeof value === 'string') return text(value)
  if (value instanceof Uint8Array) return Buffer.concat([head(0x40, value.length), value])
  if (value instanceof Real) return real(0x23, value.value)
  if (value instanceof Date) return real(0x33, (value.getTime() - APPLE_EPOCH_MS) / 1000)
  if (value instanceof Uid)
    return value.value < 256
      ? Buffer.from([0x80, value.value])
      : Buffer.concat([Buffer.from([0x81]), big(value.value, 2)])
  const list = Buffer.concat(references.map((reference) => big(reference, width)))
  return Array.isArray(value)
    ? Buffer.concat([head(0xa0, references.length), list])
    : Buffer.concat([head(0xd0, references.length / 2), list])
}

function head(type: number, length: number): Buffer {
  return length < 15 ? Buffer.from([type | length]) : Buffer.concat([Buffer.from([type | 15]), integer(BigInt(length))])
}

function text(value: string): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII strings are a type of their own
  if (/^[\x00-\x7f]*$/.test(value)) return Buffer.concat([head(0x50, value.length), Buffer.from(value, 'latin1')])
  return Buffer.concat([head(0x60, value.length), Buffer.from(value, 'utf16le').swap16()])
}

function integer(value: bigint): Buffer {
  if (value >= 0n && value < 256n) return Buffer.from([0x10, Number(value)])
  if (value >= 0n && value < 65_536n) return Buffer.concat([Buffer.from([0x11]), big(Number(value), 2)])
  if (value >= 0n && value < 4_294_967_296n) return Buffer.concat([Buffer.from([0x12]), big(Number(value), 4)])
  const bytes = Buffer.alloc(9)
  bytes[0] = 0x13
  bytes.writeBigInt64BE(value, 1)
  return bytes
}

function real(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes[0] = type
  bytes.writeDoubleBE(value, 1)
  return bytes
}

function big(value: number, width: number): Buffer {
  const bytes = Buffer.alloc(width)
  bytes.writeUIntBE(value, 0, width)
  return bytes
}
