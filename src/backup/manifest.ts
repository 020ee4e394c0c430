import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { canonical } from '../records/index.ts'
import { digestFile } from '../vault/index.ts'
import { BackupError } from './errors.ts'

const FORMAT = 'peel-backup/1'
/** The only file of a backup that is not named in it. */
export const MANIFEST = 'backup.json'

/** What a backup is: `backup.json` in it (docs/formats/backup.md). */
export interface BackupManifest {
  readonly format: typeof FORMAT
  readonly id: string
  /** RFC 3339 */
  readonly at: string
  readonly version: string
  readonly database: { readonly migration: string; readonly tables: readonly string[] }
  readonly log: { readonly origin: string; readonly entries: number }
  readonly keyring: { readonly generation: number; readonly digest: string }
  /** extracts, by their ids */
  readonly extracts: readonly string[]
  /** archives of call recordings, by their ids; absent of a backup from before there were any */
  readonly archives?: readonly string[]
  /** lower-case hex SHA-256 of every other file, by its path */
  readonly files: Readonly<Record<string, string>>
}

/** Digests every file below a folder, and makes sure that each is on the disk. */
export async function digestsOf(folder: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const path of filesIn(folder))
    if (path !== MANIFEST) digests[path] = await digestFile(join(folder, path), { sync: true })
  return digests
}

/** The manifest as it is written, and its digest, which the log names. */
export function writeManifest(manifest: Omit<BackupManifest, 'format'>): { text: string; digest: string } {
  const text = `${canonical({ format: FORMAT, ...manifest })}\n`
  return { text, digest: hash('sha256', text, 'hex') }
}

/** Reads a backup's manifest and holds every file to it. Throws BackupError NOT_A_BACKUP, DAMAGED. */
export async function readBackup(folder: string): Promise<{ manifest: BackupManifest; digest: string }> {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw notABackup()
  const text = readFileSync(path, 'utf8')
  const manifest = parse(text)
  const files = filesIn(folder).filter((one) => one !== MANIFEST)
  const named = Object.keys(manifest.files)
  if (files.length !== named.length || !files.every((one) => Object.hasOwn(manifest.files, one)))
    throw damaged('files of the backup are missing, or there are others among them')
  for (const one of files)
    if ((await digestFile(join(folder, one))) !== manifest.files[one])
      throw damaged('a file of the backup is not as it was written')
  return { manifest, digest: hash('sha256', text, 'hex') }
}

function parse(text: string): BackupManifest {
  try {
    const manifest = JSON.parse(text) as BackupManifest
    if (manifest.format !== FORMAT || typeof manifest.files !== 'object') throw new TypeError('another format')
    return manifest
  } catch (cause) {
    throw notABackup(cause)
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !statSync(join(folder, path)).isDirectory())
    .sort()
}

function notABackup(cause?: unknown): BackupError {
  return new BackupError('NOT_A_BACKUP', 'this is not a backup', 'give the folder that `peel backup --out` made', {
    cause,
  })
}

function damaged(message: string): BackupError {
  return new BackupError('DAMAGED', message, 'take another copy of it, or another backup; nothing was restored')
}
