import { statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'

/** Where a sealed copy of `size` bytes goes: into memory's own file system where there is room to spare, else to a disk. */
export function scratchFolder(size: number): string {
  const inMemory = '/dev/shm'
  return room(inMemory) > 2 * size && freemem() > 4 * size ? inMemory : tmpdir()
}

function room(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}
