import { Uid } from './value.ts'

type Value = null | boolean | number | bigint | string | Date | Uint8Array | Uid | Value[] | { [key: string]: Value }

/** Writes a binary property list, for tests. Numbers with a fraction become reals. */
export function writeBinaryPlist(root: Value): Buffer {
  const objects: Buffer[] = []
  const write = (value: Value): number => {
    const index = objects.push(Buffer.alloc(0)) - 1
    objects[index] = encode(value)
    return index
  }
  const refs = (indexes: number[]) => Buffer.concat(indexes.map((index) => wide(index, 4)))
  const encode = (value: Value): Buffer => {
    if (value === null) return Buffer.of(0)
    if (typeof value === 'boolean') return Buffer.of(value ? 9 : 8)
    if (typeof value === 'bigint' || Number.isInteger(value)) {
      const number = BigInt(value as number)
      return number > 0x7fff_ffff_ffff_ffffn
        ? Buffer.concat([Buffer.of(0x14), Buffer.alloc(8), wide(number, 8)])
        : Buffer.concat([Buffer.of(0x13), wide(number, 8)])
    }
    if (typeof value === 'number') return Buffer.concat([Buffer.of(0x23), real(value)])
    if (value instanceof Date) return Buffer.concat([Buffer.of(0x33), real((value.getTime() - 978_307_200_000) / 1000)])
    if (value instanceof Uid) return Buffer.concat([Buffer.of(0x83), wide(value.index, 4)])
    if (value instanceof Uint8Array) return Buffer.concat([marker(4, value.length), value])
    if (typeof value === 'string') {
      const ascii = [...value].every((character) => character < '\u0080')
      if (ascii) return Buffer.concat([marker(5, value.length), Buffer.from(value, 'latin1')])
      return Buffer.concat([marker(6, value.length), Buffer.from(value, 'utf16le').swap16()])
    }
    if (Array.isArray(value)) return Buffer.concat([marker(0xa, value.length), refs(value.map(write))])
    const entries = Object.entries(value)
    const keys = entries.map(([key]) => write(key))
    const values = entries.map(([, entry]) => write(entry))
    return Buffer.concat([marker(0xd, entries.length), refs([...keys, ...values])])
  }
  write(root)
  return assemble(objects)
}

/** Puts encoded objects, the first of which is the top, into a file with four-byte references and offsets. */
export function assemble(objects: readonly Buffer[]): Buffer {
  let at = 8
  const offsets = objects.map((object) => {
    const offset = wide(at, 4)
    at += object.length
    return offset
  })
  const trailer = Buffer.concat([Buffer.of(0, 0, 0, 0, 0, 0, 4, 4), wide(objects.length, 8), wide(0, 8), wide(at, 8)])
  return Buffer.concat([Buffer.from('bplist00'), ...objects, ...offsets, trailer])
}

/** The first bytes of an object: its kind and its length. */
export function marker(kind: number, length: number): Buffer {
  return length < 15
    ? Buffer.of((kind << 4) | length)
    : Buffer.concat([Buffer.of((kind << 4) | 15, 0x12), wide(length, 4)])
}

function wide(value: number | bigint, size: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(value)))
  return bytes.subarray(8 - size)
}

function real(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}
