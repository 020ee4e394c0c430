/** An entry to be written; `type` as in ustar. */
export interface MadeMember {
  readonly name: string
  readonly data?: Buffer
  readonly type?: string
  /** the size in the header, where it is another one */
  readonly size?: number
  /** how a name of more than 100 bytes is written */
  readonly long?: 'pax' | 'gnu'
  readonly pax?: Readonly<Record<string, string>>
}

/** Writes a tar (POSIX.1-2001) for tests, as asked, true or not. */
export function makeTar(members: readonly MadeMember[], options: { end?: boolean } = {}): Buffer {
  const parts: Buffer[] = []
  for (const member of members) {
    const data = member.data ?? Buffer.alloc(0)
    const pax = { ...member.pax, ...(member.long === 'pax' && { path: member.name }) }
    if (Object.keys(pax).length > 0) {
      const records = Buffer.concat(Object.entries(pax).map(([key, value]) => paxRecord(key, value)))
      parts.push(header('pax', 'x', records.length), padded(records))
    }
    if (member.long === 'gnu') {
      const name = Buffer.from(`${member.name}\0`)
      parts.push(header('././@LongLink', 'L', name.length), padded(name))
    }
    parts.push(header(member.name, member.type ?? '0', member.size ?? data.length), padded(data))
  }
  return Buffer.concat(options.end === false ? parts : [...parts, Buffer.alloc(1024)])
}

function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + 1
  while (String(length).length + rest !== length) length++
  return Buffer.from(`${length} ${key}=${value}\n`)
}

function header(name: string, type: string, size: number): Buffer {
  const record = Buffer.alloc(512)
  Buffer.from(name).copy(record, 0, 0, 100)
  record.write('0000644\0', 100)
  record.write('0000000\0', 108)
  record.write('0000000\0', 116)
  if (size < 8 ** 11) record.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    record[124] = 0x80
    record.writeBigUInt64BE(BigInt(size), 128)
  }
  record.write('00000000000\0', 136)
  record.write('        ', 148)
  record.write(type, 156)
  record.write('ustar\x0000', 257)
  const sum = record.reduce((total, byte) => total + byte, 0)
  record.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return record
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)])
}
