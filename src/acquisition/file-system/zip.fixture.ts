import { crc32, deflateRawSync } from 'node:zlib'

/** An entry to be written; everything but the name and the data exists to make it lie. */
export interface MadeEntry {
  readonly name: string | Buffer
  readonly data?: Buffer
  readonly method?: number
  /** the name in the local header, where it is another one */
  readonly localName?: string
  readonly flags?: number
  readonly declaredSize?: number
  readonly crc?: number
  /** upper half of the external attributes, written as by Unix */
  readonly mode?: number
  /** leave sizes out of the local header and write them after the data */
  readonly descriptor?: boolean
  readonly zip64?: boolean
  /** take the place of an earlier entry instead of one of its own */
  readonly at?: number
}

/** Writes a zip (APPNOTE.TXT 6.3.10) for tests, as asked, true or not. */
export function makeZip(entries: readonly MadeEntry[], options: { comment?: string; count?: number } = {}): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let position = 0
  const push = (part: Buffer) => {
    parts.push(part)
    position += part.length
  }
  for (const entry of entries) {
    const data = entry.data ?? Buffer.alloc(0)
    const method = entry.method ?? 8
    const packed = method === 8 ? deflateRawSync(data) : data
    const name = Buffer.from(entry.name as string)
    const size = entry.declaredSize ?? data.length
    const crc = entry.crc ?? crc32(data)
    const flags = (entry.flags ?? 0) | (entry.descriptor ? 8 : 0)
    const offset = entry.at ?? position
    if (entry.at === undefined) {
      const localName = Buffer.from(entry.localName ?? name)
      const local = Buffer.alloc(30)
      local.writeUInt32LE(0x04034b50, 0)
      local.writeUInt16LE(flags, 6)
      local.writeUInt16LE(method, 8)
      if (!entry.descriptor) local.writeUInt32LE(crc, 14)
      if (!entry.descriptor) local.writeUInt32LE(packed.length, 18)
      if (!entry.descriptor) local.writeUInt32LE(Math.min(size, 0xffffffff), 22)
      local.writeUInt16LE(localName.length, 26)
      push(Buffer.concat([local, localName, packed]))
      if (entry.descriptor) {
        const descriptor = Buffer.alloc(16)
        descriptor.writeUInt32LE(0x08074b50, 0)
        descriptor.writeUInt32LE(crc, 4)
        descriptor.writeUInt32LE(packed.length, 8)
        descriptor.writeUInt32LE(size, 12)
        push(descriptor)
      }
    }
    const extra = Buffer.alloc(entry.zip64 ? 28 : 0)
    if (entry.zip64) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      extra.writeBigUInt64LE(BigInt(size), 4)
      extra.writeBigUInt64LE(BigInt(packed.length), 12)
      extra.writeBigUInt64LE(BigInt(offset), 20)
    }
    const header = Buffer.alloc(46)
    header.writeUInt32LE(0x02014b50, 0)
    header.writeUInt8(20, 4)
    header.writeUInt8(3, 5)
    header.writeUInt16LE(flags, 8)
    header.writeUInt16LE(method, 10)
    header.writeUInt32LE(crc, 16)
    header.writeUInt32LE(entry.zip64 ? 0xffffffff : packed.length, 20)
    header.writeUInt32LE(entry.zip64 ? 0xffffffff : size, 24)
    header.writeUInt16LE(name.length, 28)
    header.writeUInt16LE(extra.length, 30)
    header.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38)
    header.writeUInt32LE(entry.zip64 ? 0xffffffff : offset, 42)
    central.push(header, name, extra)
  }
  const start = position
  for (const part of central) push(part)
  const count = options.count ?? entries.length
  const size = position - start
  if (entries.some((entry) => entry.zip64)) push(zip64End(count, start, size, position))
  const comment = Buffer.from(options.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count & 0xffff, 8)
  end.writeUInt16LE(count & 0xffff, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(start, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...parts, end, comment])
}

function zip64End(count: number, start: number, size: number, position: number): Buffer {
  const bytes = Buffer.alloc(76)
  bytes.writeUInt32LE(0x06064b50, 0)
  bytes.writeBigUInt64LE(44n, 4)
  bytes.writeBigUInt64LE(BigInt(count), 24)
  bytes.writeBigUInt64LE(BigInt(count), 32)
  bytes.writeBigUInt64LE(BigInt(size), 40)
  bytes.writeBigUInt64LE(BigInt(start), 48)
  bytes.writeUInt32LE(0x07064b50, 56)
  bytes.writeBigUInt64LE(BigInt(position), 64)
  bytes.writeUInt32LE(1, 72)
  return bytes
}
