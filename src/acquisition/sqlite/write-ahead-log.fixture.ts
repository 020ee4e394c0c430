export interface Frame {
  readonly page: number
  /** size of the database in pages where the frame commits, else 0 */
  readonly pages: number
  readonly bytes: Uint8Array
}

/** Writes a write-ahead log with big-endian checksums, as no SQLite on a phone does, and a reader must know as well. */
export function makeLog(pageSize: number, frames: readonly Frame[]): Buffer {
  const header = Buffer.alloc(32)
  header.writeUInt32BE(0x377f_0683, 0)
  header.writeUInt32BE(3_007_000, 4)
  header.writeUInt32BE(pageSize, 8)
  header.writeUInt32BE(0x0102_0304, 16)
  header.writeUInt32BE(0x0506_0708, 20)
  let sum: Sum = write(header, 24, add([0, 0], header.subarray(0, 24)))
  const written = frames.map(({ page, pages, bytes }) => {
    const head = Buffer.alloc(24)
    head.writeUInt32BE(page, 0)
    head.writeUInt32BE(pages, 4)
    header.copy(head, 8, 16, 24)
    sum = write(head, 16, add(add(sum, head.subarray(0, 8)), Buffer.from(bytes)))
    return Buffer.concat([head, bytes])
  })
  return Buffer.concat([header, ...written])
}

type Sum = readonly [number, number]

function add([first, second]: Sum, bytes: Buffer): Sum {
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + bytes.readUInt32BE(at) + second) >>> 0
    second = (second + bytes.readUInt32BE(at + 4) + first) >>> 0
  }
  return [first, second]
}

function write(bytes: Buffer, at: number, sum: Sum): Sum {
  bytes.writeUInt32BE(sum[0], at)
  bytes.writeUInt32BE(sum[1], at + 4)
  return sum
}
