import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AcquisitionError } from '../errors.ts'
import type { FileSource, SourceFile } from '../file-source.ts'
import { unreadable } from '../local-file.ts'
import { openLocal } from './folder.ts'

/** What SQLite keeps beside a database (https://sqlite.org/tempfiles.html): without its log a database may look empty. */
const COMPANIONS = ['-journal', '-shm', '-wal'] as const

/**
 * Opens one database that was given by itself, together with what SQLite keeps beside it under the same name.
 * Throws AcquisitionError NOT_FOUND or UNREADABLE.
 */
export async function openLoneFile(path: string): Promise<FileSource> {
  const place = await realpath(path).catch((error) => {
    throw unreadable(error)
  })
  const name = basename(place)
  const files: SourceFile[] = []
  for (const suffix of ['', ...COMPANIONS]) {
    // A link beside the database could lead anywhere: only a regular file counts.
    const status = await lstat(place + suffix).catch(() => undefined)
    if (status?.isFile()) files.push({ path: name + suffix, size: status.size })
  }
  return {
    kind: 'file',
    device: {},
    about: [],
    files,
    missing: [],
    problems: [],
    open: async (file) => {
      if (!files.some((listed) => listed.path === file.path))
        throw new AcquisitionError('NOT_FOUND', 'no such file was given', 'list it again')
      return openLocal(join(dirname(place), file.path), file.path)
    },
    close: async () => {},
  }
}
