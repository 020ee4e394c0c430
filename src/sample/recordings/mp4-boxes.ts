/** A box of ISO/IEC 14496-12 with its contents. */
export function boxed(type: string, ...contents: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(contents.reduce((sum, one) => sum + one.length, 8))
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...contents])
}

/** Numbers of 32 bits, one behind the other. */
export function number32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [n, value] of values.entries()) bytes.writeUInt32BE(value, n * 4)
  return bytes
}
