import { type Dirent, readdirSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { LONGEST_PATH } from '../entry-path.ts'
import { AcquisitionError } from '../errors.ts'
import type { FileSource, OpenFile, SourceFile } from '../file-source.ts'
import { atPath, MOST_ENTRIES } from '../listing.ts'
import { LocalFile, unreadable } from '../local-file.ts'
import { ProblemList } from '../problem-list.ts'
import { readDevice } from './device.ts'

/** How many folders are read before other work gets a turn. */
const FOLDERS_AT_ONCE = 64

/**
 * Opens a folder as it lies: every regular file below it, links not followed. Throws AcquisitionError NOT_FOUND or
 * UNREADABLE where the folder itself cannot be listed; what cannot be listed below it is a problem.
 */
export async function openFolder(path: string): Promise<FileSource> {
  // The folder that was named may itself be a link; nothing below it may.
  const root = await realpath(path).catch((error) => {
    throw unreadable(error)
  })
  const problems = new ProblemList()
  const files = await list(root, problems)
  const source: FileSource = {
    kind: 'folder',
    device: {},
    about: [],
    files,
    missing: [],
    problems: problems.all(),
    open: async (file) => {
      // Only what was listed can be opened, so that no path made elsewhere leads out of the folder.
      if (!atPath(files, file.path))
        throw new AcquisitionError('NOT_FOUND', 'the folder lists no such file', 'list it again')
      const place = join(root, file.path)
      // A folder on the way may have become a link since it was listed.
      const real = await realpath(place).catch((error) => {
        throw unreadable(error)
      })
      if (real !== place) throw new AcquisitionError('UNREADABLE', 'a link leads elsewhere', 'was the folder changed?')
      return openLocal(place, file.path)
    },
    close: async () => {},
  }
  return Object.assign(source, await readDevice(source))
}

/** Opens a file that lies as it is on this machine. */
export async function openLocal(place: string, path: string): Promise<OpenFile> {
  const file = await LocalFile.open(place)
  return {
    path,
    size: file.size,
    localPath: place,
    chunks: () => file.chunks(0, file.size),
    head: async (length) => file.read(0, length),
    at: async (offset, length) => file.read(offset, length),
    close: () => file.close(),
  }
}

/**
 * Lists depth first. Each folder's names are taken in the order of their full paths (a folder's name counts with its `/`),
 * so that the whole list comes out sorted, whatever order the disk keeps them in and however deep they lie. Sizes are left
 * to whoever opens a file: asking for 200,000 of them takes longer than all the rest.
 */
async function list(root: string, problems: ProblemList): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  const waiting: string[] = ['']
  let read = 0
  while (waiting.length > 0) {
    const path = waiting.pop()!
    if (path !== '' && !path.endsWith('/')) {
      files.push({ path })
      continue
    }
    if (++read % FOLDERS_AT_ONCE === 0) await turn()
    if (files.length + waiting.length > MOST_ENTRIES) {
      throw new AcquisitionError('TOO_LARGE', `the folder holds more than ${MOST_ENTRIES} files`, 'give a part of it')
    }
    const inside: string[] = []
    for (const entry of entriesOf(root, path, problems)) {
      const entryPath = path + entry.name
      const refused = refusal(entry, entryPath)
      if (refused) problems.add('entry_refused', refused, entryPath)
      else inside.push(entry.isDirectory() ? `${entryPath}/` : entryPath)
    }
    inside.sort()
    for (let index = inside.length - 1; index >= 0; index--) waiting.push(inside[index]!)
  }
  return files
}

function entriesOf(root: string, path: string, problems: ProblemList): Dirent[] {
  try {
    return readdirSync(join(root, path), { withFileTypes: true })
  } catch (error) {
    const reason = unreadable(error)
    if (path === '') throw reason
    problems.add('file_unreadable', `a folder that could not be listed: ${reason.message}`, path.slice(0, -1))
    return []
  }
}

function refusal(entry: Dirent, path: string): string | undefined {
  if (entry.isSymbolicLink()) return 'a link'
  if (!entry.isFile() && !entry.isDirectory()) return 'neither a file nor a folder'
  // Node writes U+FFFD where a name's bytes are not UTF-8, and then no longer finds the file.
  if (entry.name.includes('\ufffd')) return 'a name that is not UTF-8'
  if (path.length >= LONGEST_PATH) return `a path longer than ${LONGEST_PATH} characters`
  return undefined
}
