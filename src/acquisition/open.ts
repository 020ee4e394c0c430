import { lstat, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { SealedPieces } from '../vault/index.ts'
import { androidBackupSource, isAndroidBackup, openAndroidBackup } from './android-backup/index.ts'
import type { ByteReader } from './byte-reader.ts'
import { AcquisitionError } from './errors.ts'
import type { FileSource } from './file-source.ts'
import {
  gzipHoldsTar,
  isTarHeader,
  openFolder,
  openLoneFile,
  openTar,
  openTarGz,
  openZip,
  tarGzSource,
  tarSource,
  zipSource,
} from './file-system/index.ts'
import { openIosBackup } from './ios-backup/index.ts'
import { LocalFile, unreadable } from './local-file.ts'
import { ProblemList } from './problem-list.ts'
import { SealedFile, sealedDatabase } from './sealed-file.ts'

/**
 * Opens whatever was given, by what it is and not by its name: an iOS backup folder, any other folder, an Android backup, a
 * zip, a tar, a tar in gzip, or one SQLite database with what lies beside it. Reading only.
 * Throws AcquisitionError: NOT_FOUND, UNREADABLE, NOT_RECOGNISED, and what the one that opens it throws.
 */
export async function openSource(path: string, options: { password?: string } = {}): Promise<FileSource> {
  const place = await realpath(path).catch((error) => {
    throw unreadable(error)
  })
  const status = await lstat(place).catch((error) => {
    throw unreadable(error)
  })
  if (status.isDirectory()) {
    if ((await isIosBackup(place)) || (await holdsOnlyIosBackup(place))) return openIosBackup(place, options)
    return noted(await openFolder(place), options)
  }
  switch (await recognise(place)) {
    case 'android-backup':
      return openAndroidBackup(place, options)
    case 'zip':
      return noted(await packedNoBackup(await openZip(place)), options)
    case 'tar':
      return noted(await packedNoBackup(await openTar(place)), options)
    case 'tar.gz':
      return noted(await packedNoBackup(await openTarGz(place)), options)
    case 'sqlite':
      return noted(await openLoneFile(place), options)
  }
}

/**
 * Opens one file that rests sealed, without unsealing it anywhere but in memory: an Android backup, a zip, a tar, a tar in gzip, or a
 * database. Throws AcquisitionError as `openSource` does, and DAMAGED where it is not what was sealed.
 */
export async function openSealedSource(
  path: string,
  pieces: SealedPieces,
  bytes: number,
  options: { password?: string } = {},
): Promise<FileSource> {
  const file = await SealedFile.open(path, pieces, bytes)
  try {
    switch (formOf(file)) {
      case 'android-backup':
        return await androidBackupSource(file, options)
      case 'zip':
        return noted(await packedNoBackup(await zipSource(file)), options)
      case 'tar':
        return noted(await packedNoBackup(await tarSource(file, 'tar', new ProblemList())), options)
      case 'tar.gz':
        return noted(await packedNoBackup(await tarGzSource(file)), options)
      case 'sqlite':
        return noted(sealedDatabase(file), options)
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The lists of files that iOS backups have had: from iOS 10 on, before, and the one that every version writes. */
const IOS_LISTS = ['Manifest.db', 'Manifest.mbdb', 'Manifest.plist'] as const

async function isIosBackup(folder: string): Promise<boolean> {
  for (const name of IOS_LISTS) {
    const status = await lstat(join(folder, name)).catch(() => undefined)
    if (status?.isFile()) return true
  }
  return false
}

const LIST_ON_TOP = /^([^/]+\/){0,2}Manifest\.(db|mbdb|plist)$/

/**
 * Refuses an archive with an iOS backup in it: its files go by names that only its list explains, so that almost nothing of it
 * would be found, and the password never asked for.
 */
async function packedNoBackup(source: FileSource): Promise<FileSource> {
  const list = source.files.find(({ path }) => LIST_ON_TOP.test(path))
  const blobs = source.files.some(({ path }) => /(^|\/)([0-9a-f]{2}\/)?[0-9a-f]{40}$/.test(path))
  if (list === undefined || !blobs) return source
  await source.close()
  throw new AcquisitionError(
    'NOT_SUPPORTED',
    'an iOS backup is packed in this archive',
    'unpack it, and give the folder',
  )
}

/** Backups lie one folder deeper than people point at. With anything else beside it, the folder is taken for what it is. */
async function holdsOnlyIosBackup(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => [])
  const [only, ...more] = names.filter((name) => !name.startsWith('.'))
  return only !== undefined && more.length === 0 && isIosBackup(join(folder, only))
}

/** `PK` and what may come first: an entry, the end of an empty archive, the mark of an archive once in parts. */
const ZIP = new Set([0x04034b50, 0x06054b50, 0x08074b50])
const SQLITE = 'SQLite format 3\0'

type Form = 'android-backup' | 'zip' | 'tar' | 'tar.gz' | 'sqlite'

async function recognise(place: string): Promise<Form> {
  const file = await LocalFile.open(place)
  try {
    // A database whose every page is still in its log is an empty file.
    if (file.size === 0 && (await lstat(`${place}-wal`).catch(() => undefined))?.isFile()) return 'sqlite'
    return formOf(file)
  } finally {
    await file.close()
  }
}

/** Throws AcquisitionError NOT_RECOGNISED. */
function formOf(file: ByteReader): Form {
  const start = file.read(0, 512)
  if (isAndroidBackup(start)) return 'android-backup'
  if (start.subarray(0, SQLITE.length).toString('latin1') === SQLITE) return 'sqlite'
  if (start.length >= 4 && ZIP.has(start.readUInt32LE(0))) return 'zip'
  if (isTarHeader(start)) return 'tar'
  if (start[0] === 0x1f && start[1] === 0x8b && gzipHoldsTar(file)) return 'tar.gz'
  throw new AcquisitionError(
    'NOT_RECOGNISED',
    'not a source that can be read here',
    'give a folder, a zip, a tar or tar.gz, an iOS backup folder, an Android backup (.ab), or an SQLite database',
  )
}

/** A password that was not needed is worth knowing: perhaps another source was meant. */
function noted(source: FileSource, { password }: { password?: string }): FileSource {
  if (password === undefined) return source
  const problem = {
    code: 'password_not_used',
    detail: 'a password was given, and the source is not encrypted',
  } as const
  return { ...source, problems: [...source.problems, problem] }
}
