import { hash } from 'node:crypto'
import { lstat, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { entryPath } from '../entry-path.ts'
import { AcquisitionError } from '../errors.ts'
import type { FileSource, OpenedFile, OpenFile, SourceFile } from '../file-source.ts'
import { openLocal } from '../file-system/folder.ts'
import { MOST_ENTRIES } from '../listing.ts'
import { LocalFile, unreadable } from '../local-file.ts'
import { ProblemList } from '../problem-list.ts'
import { readBackupFacts } from './backup-facts.ts'
import { blobPlace, Blobs, ID_BYTES, isBlobName, type Layout } from './blobs.ts'
import type { Catalogue, FileFacts } from './catalogue.ts'
import { decryptedFile } from './encrypted-blob.ts'
import { type ClassKeys, openKey, unlockKeyBag, wrappedKey } from './key-bag.ts'
import { openManifestDatabase } from './manifest-database.ts'
import { readMbdb } from './manifest-mbdb.ts'

/** The largest Manifest.mbdb that is read, in bytes: iOS 9 phones have some 20 MB. */
const LARGEST_MBDB = 256 << 20

/**
 * Opens an iOS backup: the folder with Manifest.db (or Manifest.mbdb, up to iOS 9) in it, or the folder above where that
 * holds one backup only. Paths are `<domain>/<relative path>`. Throws AcquisitionError: NOT_FOUND, NOT_RECOGNISED,
 * UNREADABLE, DAMAGED, TOO_LARGE, PASSWORD_NEEDED, PASSWORD_WRONG.
 */
export async function openIosBackup(folder: string, options: { password?: string } = {}): Promise<FileSource> {
  const root = await backupFolder(folder)
  const problems = new ProblemList()
  const facts = await readBackupFacts(root, problems)
  if (facts.encrypted && options.password === undefined)
    throw new AcquisitionError('PASSWORD_NEEDED', 'the backup is encrypted', 'give the password of the backup')
  if (!facts.encrypted && options.password !== undefined)
    problems.add('password_not_used', 'a password was given, and the backup is not encrypted')
  if (facts.encrypted && !facts.keyBag)
    throw new AcquisitionError('DAMAGED', 'Manifest.plist holds no key bag', 'get a whole copy of the backup')
  const keys = facts.encrypted ? await unlockKeyBag(facts.keyBag!, options.password!) : undefined
  const manifestKey = keys && facts.manifestKey && wrappedKey(facts.manifestKey)
  const { catalogue, layout, opened } = await openCatalogue(root, manifestKey && openKey(keys, manifestKey), problems)
  try {
    const { files, missing, ids } = listed(catalogue, Blobs.in(root, layout), problems)
    const about = await opened()
    return {
      kind: keys ? 'ios-backup-encrypted' : 'ios-backup',
      device: facts.device,
      about: [...facts.about, ...about],
      files,
      missing,
      // What is wrong with a blob shows when it is opened, and is added then.
      get problems() {
        return problems.all()
      },
      open: async (file) => {
        const index = indexOf(files, file.path)
        if (index < 0) throw new AcquisitionError('NOT_FOUND', 'the backup lists no such file', 'list it again')
        const id = ids.toString('hex', index * ID_BYTES, (index + 1) * ID_BYTES)
        return openBlob(file.path, blobPlace(root, layout, id), catalogue.facts(id), keys, problems)
      },
      close: async () => {
        catalogue.close()
        for (const key of keys?.values() ?? []) key.fill(0)
      },
    }
  } catch (error) {
    catalogue.close()
    throw error
  }
}

const LISTS = ['Manifest.db', 'Manifest.mbdb'] as const
const ID_DIGITS = 2 * ID_BYTES

async function backupFolder(folder: string): Promise<string> {
  const root = await realpath(folder).catch((error) => {
    throw unreadable(error)
  })
  if (await isBackup(root)) return root
  const below = await readdir(root, { withFileTypes: true }).catch((error) => {
    throw unreadable(error)
  })
  const backups: string[] = []
  for (const entry of below) {
    const place = join(root, entry.name)
    if (entry.isDirectory() && (await isBackup(place))) backups.push(place)
  }
  if (backups.length === 1) return backups[0]!
  throw new AcquisitionError(
    'NOT_RECOGNISED',
    backups.length === 0 ? 'no iOS backup lies in this folder' : `${backups.length} iOS backups lie in this folder`,
    backups.length === 0 ? 'give the folder that holds Manifest.db' : 'give the folder of one of them',
  )
}

async function isBackup(folder: string): Promise<boolean> {
  for (const name of LISTS) if ((await lstat(join(folder, name)).catch(() => undefined))?.isFile()) return true
  return false
}

interface OpenedCatalogue {
  readonly catalogue: Catalogue
  readonly layout: Layout
  /** What was opened for it, with digests. Those of a large list are made beside its reading: ask when it was read. */
  opened(): Promise<readonly OpenedFile[]>
}

async function openCatalogue(root: string, key: Buffer | undefined, problems: ProblemList): Promise<OpenedCatalogue> {
  const there = async (name: string) => (await lstat(join(root, name)).catch(() => undefined))?.isFile() === true
  if (!(await there('Manifest.db'))) return { ...(await openMbdb(join(root, 'Manifest.mbdb'))), layout: 'flat' }
  const files: SourceFile[] = []
  // An encrypted list is written whole; only a plain one can have been left with its logs beside it.
  for (const suffix of key ? [''] : ['', '-journal', '-wal'])
    if (await there(`Manifest.db${suffix}`)) files.push({ path: `Manifest.db${suffix}` })
  const open = async ({ path }: SourceFile): Promise<OpenFile> => {
    if (!key) return openLocal(join(root, path), path)
    return decryptedFile(path, await LocalFile.open(join(root, path)), key, undefined).file
  }
  const { catalogue, reader } = await openManifestDatabase(files, open)
  for (const { code, detail, file } of reader.problems) problems.add(code, detail, file)
  return { catalogue, layout: 'folders', opened: () => reader.opened() }
}

async function openMbdb(place: string): Promise<Omit<OpenedCatalogue, 'layout'>> {
  const file = await LocalFile.open(place)
  try {
    if (file.size > LARGEST_MBDB)
      throw new AcquisitionError(
        'TOO_LARGE',
        'Manifest.mbdb is larger than any phone’s',
        'get another copy of the backup',
      )
    const bytes = file.read(0, file.size)
    const sha256 = hash('sha256', bytes, 'hex')
    const opened = [{ path: 'Manifest.mbdb', bytes: bytes.length, sha256 }]
    return { catalogue: readMbdb(bytes), opened: () => Promise.resolve(opened) }
  } finally {
    await file.close()
  }
}

interface Listed {
  readonly files: SourceFile[]
  readonly missing: string[]
  /** names of the blobs in the order of `files`, 20 bytes each */
  readonly ids: Buffer
}

function listed(catalogue: Catalogue, blobs: Blobs, problems: ProblemList): Listed {
  // Path, NUL, blob: one string per file costs half of what objects do, and sorts as its path does.
  const entries: string[] = []
  catalogue.list((id, domain, relativePath) => {
    const named = pathOf(domain, relativePath)
    if ('refused' in named) problems.add('entry_refused', named.refused, `${domain}/${relativePath}`)
    else if (!isBlobName(id)) problems.add('entry_refused', 'its blob has a name that none can have', named.path)
    else if (entries.push(`${named.path}\0${id}`) > MOST_ENTRIES) throw tooMany()
  })
  // Without a comparison of its own, sort goes by code units.
  // oxlint-disable-next-line require-array-sort-compare
  entries.sort()
  const files: SourceFile[] = []
  const missing: string[] = []
  const ids = Buffer.alloc((entries.length + 1) * ID_BYTES)
  const words = new Int32Array(ids.buffer, ids.byteOffset, ids.length / Int32Array.BYTES_PER_ELEMENT)
  let last: string | undefined
  for (const entry of entries) {
    const path = entry.slice(0, -ID_DIGITS - 1)
    ids.write(entry.slice(-ID_DIGITS), files.length * ID_BYTES, 'hex')
    if (path === last) problems.add('entry_refused', 'a second entry with the same name; the first one stands', path)
    else if (blobs.has(words, files.length)) files.push({ path })
    else missing.push(path)
    last = path
  }
  const unlisted = blobs.count - files.length
  if (unlisted > 0) problems.add('count_differs', `${unlisted} files lie in the backup that its list does not name`)
  return { files, missing, ids }
}

function tooMany(): AcquisitionError {
  return new AcquisitionError('TOO_LARGE', 'the backup lists more files than any phone holds', 'get another copy of it')
}

/** A name is refused here that an archive's may be: a backup's list is made by the phone, and never has one that is absolute. */
function pathOf(domain: string, relativePath: string): ReturnType<typeof entryPath> {
  if (domain === '' || domain.includes('/') || relativePath.startsWith('/'))
    return { refused: 'a name that leads outside the backup' }
  return entryPath(`${domain}/${relativePath}`)
}

async function openBlob(
  path: string,
  place: string,
  { size, key }: FileFacts,
  keys: ClassKeys | undefined,
  problems: ProblemList,
): Promise<OpenFile> {
  if (!keys || !key) {
    const file = await openLocal(place, path)
    if (keys && file.size > 0) {
      await file.close()
      throw new AcquisitionError('UNREADABLE', 'the list holds no key for a file', 'get a whole copy of the backup')
    }
    if (file.size < (size ?? 0)) problems.add('file_damaged', SHORT, path)
    return file
  }
  const { file, short } = decryptedFile(path, await LocalFile.open(place), openKey(keys, key), size)
  if (short) problems.add('file_damaged', SHORT, path)
  return file
}

const SHORT = 'it is shorter than the backup lists it'

function indexOf(files: readonly SourceFile[], path: string): number {
  let low = 0
  let high = files.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (files[middle]!.path < path) low = middle + 1
    else high = middle
  }
  return files[low]?.path === path ? low : -1
}
