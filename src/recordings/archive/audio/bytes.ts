import type { AudioFile } from './audio.ts'

/** Read at once, in bytes: waiting for every frame of 20 ms would take longer than looking at it. */
const WINDOW = 256 << 10

/**
 * Walks a file frame by frame. `step` is given the next bytes, `most` of them or all that are left, and how many bytes there
 * are to the end; it returns how far the next frame is, or undefined to stop there. Returns where the walk ended.
 */
export async function walk(
  file: AudioFile,
  start: number,
  most: number,
  step: (next: Buffer, left: number) => number | undefined,
): Promise<number> {
  let at = start
  while (at < file.size) {
    const held = await piece(file, at, WINDOW)
    if (held.length === 0) return at
    // A frame that may reach further than what is held is looked at from its beginning in the next piece.
    const last = at + held.length >= file.size ? held.length - 1 : held.length - most
    let used = 0
    while (used <= last) {
      const far = step(held.subarray(used, used + most), file.size - at - used)
      if (far === undefined) return at + used
      used += far
    }
    at += used
  }
  return at
}

/** The bytes at a place of a file; fewer where it ends. */
export async function piece(file: AudioFile, offset: number, length: number): Promise<Buffer> {
  const bytes = await file.at(offset, Math.max(0, Math.min(length, file.size - offset)))
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
