import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readDecimal } from './text.ts'
import type { ReadPath } from './tile-reader.ts'

/** A full bundle of the longest entries. */
const FILE_LIMIT = 256 * (2 + 65_535)

/** A log's files on a disk, from whoever gave them to us. */
export interface LogFolder {
  readonly read: ReadPath
  /** sizes of the checkpoints in the archive, smallest first */
  archive(): Promise<number[]>
}

/** Reads a folder as it is served. What is not a plain file, or larger than any file of a log, is not there. */
export function logFolder(folder: string): LogFolder {
  return {
    async read(path) {
      try {
        const stats = await lstat(join(folder, path))
        return stats.isFile() && stats.size <= FILE_LIMIT ? await readFile(join(folder, path)) : undefined
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String((error as NodeJS.ErrnoException).code))) return undefined
        throw error
      }
    },
    async archive() {
      const names = await readdir(join(folder, 'archive')).catch(() => [])
      const sizes = names.map((name) => /^checkpoint\.(\d+)$/.exec(name)?.[1] ?? '').map(readDecimal)
      return sizes.filter((size) => size !== undefined).sort((a, b) => a - b)
    },
  }
}
