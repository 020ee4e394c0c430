import { realpath } from 'node:fs/promises'
import type { ByteReader } from '../byte-reader.ts'
import { AcquisitionError } from '../errors.ts'
import type { FileSource } from '../file-source.ts'
import { Listing } from '../listing.ts'
import { LocalFile, unreadable } from '../local-file.ts'
import { ProblemList } from '../problem-list.ts'
import { readDevice } from './device.ts'
import { readDirectory, type ZipEntry } from './zip-directory.ts'
import { dataStart, openEntry } from './zip-entry.ts'

/** Up to here every entry's own header is checked when listing; beyond, each when it is opened: a seek for each costs minutes on a disk. */
const CHECKED_AT_ONCE = 20_000

/** Opens a zip. Throws AcquisitionError NOT_FOUND, UNREADABLE, DAMAGED, TOO_LARGE, NOT_SUPPORTED (all encrypted, in parts). */
export async function openZip(path: string): Promise<FileSource> {
  const place = await realpath(path).catch((error) => {
    throw unreadable(error)
  })
  const archive = await LocalFile.open(place)
  try {
    return await zipSource(archive)
  } catch (error) {
    await archive.close()
    throw error
  }
}

/** Lists a zip in any reader, and closes the reader with the source. */
export async function zipSource(archive: ByteReader): Promise<FileSource> {
  const problems = new ProblemList()
  const entries = readDirectory(archive, problems)
  if (entries.length > 0 && entries.every((entry) => entry.encrypted))
    throw new AcquisitionError('NOT_SUPPORTED', 'zip: everything in it is encrypted', 'decrypt the archive first')
  const listing = new Listing(
    entries.length <= CHECKED_AT_ONCE ? sound(archive, entries, problems) : entries,
    'first',
    problems,
  )
  for (const entry of entries) {
    if (entry.encrypted) problems.add('file_unreadable', 'the entry is encrypted', entry.path)
  }
  const source: FileSource = {
    kind: 'zip',
    device: {},
    about: [],
    files: listing.files,
    missing: [],
    problems: problems.all(),
    open: async (file) => {
      const entry = listing.find(file.path)
      if (!entry) throw new AcquisitionError('NOT_FOUND', 'zip: no such entry', 'list it again')
      return openEntry(archive, entry)
    },
    close: () => archive.close(),
  }
  return Object.assign(source, await readDevice(source))
}

function sound(archive: ByteReader, entries: ZipEntry[], problems: ProblemList): ZipEntry[] {
  return entries.filter((entry) => {
    try {
      dataStart(archive, entry)
      return true
    } catch (error) {
      if (!(error instanceof AcquisitionError) || error.code !== 'DAMAGED') throw error
      problems.add('archive_damaged', error.message, entry.path)
      return false
    }
  })
}
