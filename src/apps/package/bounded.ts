import { damaged } from './errors.ts'

/**
 * Little-endian numbers at places that the package itself names: whatever lies outside the bytes is damage, with the name of
 * the part, and never an exception of Node's.
 */
export class Bounded {
  readonly bytes: Buffer
  readonly part: string

  constructor(bytes: Buffer, part: string) {
    this.bytes = bytes
    this.part = part
  }

  get length(): number {
    return this.bytes.length
  }

  u8(at: number): number {
    this.#within(at, 1)
    return this.bytes[at]!
  }

  u16(at: number): number {
    this.#within(at, 2)
    return this.bytes.readUInt16LE(at)
  }

  u32(at: number): number {
    this.#within(at, 4)
    return this.bytes.readUInt32LE(at)
  }

  /** The bytes from `start` up to `end`, themselves bounded. Throws PackageError DAMAGED where they are not all there. */
  slice(start: number, end: number): Bounded {
    this.#within(start, end - start)
    return new Bounded(this.bytes.subarray(start, end), this.part)
  }

  #within(at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= this.bytes.length)) throw damaged(this.part, 'it ends early')
  }
}
