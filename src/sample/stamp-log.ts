/**
 * A write-ahead log begins with two salts that SQLite draws at random, and every frame repeats them under a running checksum.
 * Setting them to fixed values, and the checksums with them, makes the same log the same bytes.
 * Format: https://www.sqlite.org/fileformat2.html#walformat
 */
const HEADER = 32
const FRAME_HEADER = 24
const SALT_1 = 0x5045_454c
const SALT_2 = 0x0142_2026

/** Returns the log with fixed salts. Throws where it is no log that this SQLite wrote. */
export function stampLog(log: Buffer): Buffer {
  if (log.length === 0) return log
  const magic = log.readUInt32BE(0)
  if (magic !== 0x377f0682 && magic !== 0x377f0683) throw new Error('not a write-ahead log')
  const bigEndian = magic === 0x377f0683
  const oldSalt = log.subarray(16, 24)
  const frame = FRAME_HEADER + log.readUInt32BE(8)
  let end = HEADER
  while (end + frame <= log.length && log.subarray(end + 8, end + 16).equals(oldSalt)) end += frame

  const stamped = Buffer.from(log.subarray(0, end))
  stamped.writeUInt32BE(0, 12)
  stamped.writeUInt32BE(SALT_1, 16)
  stamped.writeUInt32BE(SALT_2, 20)
  let sum = checksum(stamped.subarray(0, 24), [0, 0], bigEndian)
  stamped.writeUInt32BE(sum[0], 24)
  stamped.writeUInt32BE(sum[1], 28)
  for (let at = HEADER; at < end; at += frame) {
    stamped.writeUInt32BE(SALT_1, at + 8)
    stamped.writeUInt32BE(SALT_2, at + 12)
    sum = checksum(stamped.subarray(at, at + 8), sum, bigEndian)
    sum = checksum(stamped.subarray(at + FRAME_HEADER, at + frame), sum, bigEndian)
    stamped.writeUInt32BE(sum[0], at + 16)
    stamped.writeUInt32BE(sum[1], at + 20)
  }
  return stamped
}

function checksum(bytes: Buffer, [first, second]: readonly [number, number], bigEndian: boolean): [number, number] {
  let a = first
  let b = second
  for (let at = 0; at < bytes.length; at += 8) {
    const x = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
    const y = bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)
    a = (a + x + b) >>> 0
    b = (b + y + a) >>> 0
  }
  return [a, b]
}
