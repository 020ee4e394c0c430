import { lstat, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { entryPath } from '../entry-path.ts'
import { AcquisitionError } from '../errors.ts'
import type { FileSource, OpenFile, SourceFile } from '../file-source.ts'
import { openLocal } from '../file-system/folder.ts'
import { MOST_ENTRIES } from '../listing.ts'
import { LocalFile, unreadable } from '../local-file.ts'
import { ProblemList } from '../problem-list.ts'
import { readBackupFacts } from './backup-facts.ts'
import { Blobs, isBlobName, type Layout } from './blobs.ts'
import type { Catalogue, ListedFile } from './catalogue.ts'
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
  const { catalogue, layout } = await openCatalogue(root, manifestKey && openKey(keys, manifestKey), problems)
  try {
    const blobs = await Blobs.in(root, layout)
    const { files, missing, ids } = listed(catalogue, blobs, problems)
    return {
      kind: keys ? 'ios-backup-encrypted' : 'ios-backup',
      device: facts.device,
      files,
      missing,
      // What is wrong with a blob shows when it is opened, and is added then.
      get problems() {
        return problems.all()
      },
      open: async (file) => {
        const index = indexOf(files, file.path)
        if (index < 0) throw new AcquisitionError('NOT_FOUND', 'the backup lists no such file', 'list it again')
        return openBlob(
          file.path,
          ids.toString('hex', index * ID_BYTES, (index + 1) * ID_BYTES),
          catalogue,
          blobs,
          keys,
          problems,
        )
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
const ID_BYTES = 20

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

async function openCatalogue(
  root: string,
  key: Buffer | undefined,
  problems: ProblemList,
): Promise<{ catalogue: Catalogue; layout: Layout }> {
  const there = async (name: string) => (await lstat(join(root, name)).catch(() => undefined))?.isFile() === true
  if (!(await there('Manifest.db'))) return { catalogue: await openMbdb(join(root, 'Manifest.mbdb')), layout: 'flat' }
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
  return { catalogue, layout: 'folders' }
}

async function openMbdb(place: string): Promise<Catalogue> {
  const file = await LocalFile.open(place)
  try {
    if (file.size > LARGEST_MBDB)
      throw new AcquisitionError(
        'TOO_LARGE',
        'Manifest.mbdb is larger than any phone’s',
        'get another copy of the backup',
      )
    return readMbdb(file.read(0, file.size))
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
  const entries: { path: string; id: string }[] = []
  catalogue.list((entry) => {
    const named = pathOf(entry)
    if ('refused' in named) problems.add('entry_refused', named.refused, `${entry.domain}/${entry.relativePath}`)
    else if (!isBlobName(entry.id)) problems.add('entry_refused', 'its blob has a name that none can have', named.path)
    else entries.push({ path: named.path, id: entry.id })
    if (entries.length > MOST_ENTRIES)
      throw new AcquisitionError(
        'TOO_LARGE',
        'the backup lists more files than any phone holds',
        'get another copy of it',
      )
  })
  entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const files: SourceFile[] = []
  const missing: string[] = []
  const ids = Buffer.alloc(entries.length * ID_BYTES)
  let last: string | undefined
  for (const { path, id } of entries) {
    if (path === last) problems.add('entry_refused', 'a second entry with the same name; the first one stands', path)
    else if (blobs.has(id)) ids.write(id, (files.push({ path }) - 1) * ID_BYTES, 'hex')
    else missing.push(path)
    last = path
  }
  const unlisted = blobs.count - files.length
  if (unlisted > 0) problems.add('count_differs', `${unlisted} files lie in the backup that its list does not name`)
  return { files, missing, ids }
}

/** A name is refused here that an archive's may be: a backup's list is made by the phone, and never has one that is absolute. */
function pathOf({ domain, relativePath }: ListedFile): ReturnType<typeof entryPath> {
  if (domain === '' || domain.includes('/') || relativePath.startsWith('/'))
    return { refused: 'a name that leads outside the backup' }
  return entryPath(`${domain}/${relativePath}`)
}

async function openBlob(
  path: string,
  id: string,
  catalogue: Catalogue,
  blobs: Blobs,
  keys: ClassKeys | undefined,
  problems: ProblemList,
): Promise<OpenFile> {
  const { size, key } = catalogue.facts(id)
  if (!keys || !key) {
    const file = await openLocal(blobs.place(id), path)
    if (keys && file.size > 0) {
      await file.close()
      throw new AcquisitionError('UNREADABLE', 'the list holds no key for a file', 'get a whole copy of the backup')
    }
    if (file.size < (size ?? 0)) problems.add('file_damaged', 'it is shorter than the backup lists it', path)
    return file
  }
  const fileKey = openKey(keys, key)
  const { file, short } = decryptedFile(path, await LocalFile.open(blobs.place(id)), fileKey, size)
  if (short) problems.add('file_damaged', 'it is shorter than the backup lists it', path)
  return file
}

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
