import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DumpedTable, loadDump } from '../store/index.ts'
import { BackupError } from './errors.ts'
import { type BackupManifest, readBackup } from './manifest.ts'
import { beginRestoring, endRestoring } from './restored.ts'
import { openLines } from './sealed-lines.ts'

/** What may lie in the folder before: the keys that are never in a backup, put there by whoever keeps them. */
const BEFORE = new Set(['epoch-keys'])
const FOLDERS = ['log', 'log-state', 'keyring', 'extracts'] as const

/**
 * Puts a backup into an empty folder and an empty database. Every file is held to the manifest first. Whether it may go on is asked when the service
 * starts: witnesses that know more of the log, an epoch that was ended since, refuse it there. Throws BackupError, StoreError.
 */
export async function restoreBackup({
  from,
  identities,
  data,
  databaseUrl,
}: {
  from: string
  identities: readonly string[]
  data: string
  databaseUrl?: string
}): Promise<BackupManifest> {
  const { manifest, digest } = await readBackup(from)
  if (existsSync(data) && readdirSync(data).some((name) => !BEFORE.has(name)))
    throw new BackupError(
      'NOT_EMPTY',
      'there is something in PEEL_DATA',
      'restore into an empty one: nothing is overwritten',
    )
  // Before anything is written: a key that does not open it is the commonest mistake.
  for (const table of manifest.database.tables.slice(0, 1))
    for await (const _ of openLines(sealed(from, table), identities)) break
  mkdirSync(data, { recursive: true, mode: 0o700 })
  beginRestoring(data)
  await loadDump(
    { ...(databaseUrl !== undefined && { url: databaseUrl }), folder: join(data, 'postgres') },
    manifest.database.migration,
    tablesOf(from, manifest, identities),
  )
  // Without archives there is no folder of them.
  for (const folder of [...FOLDERS, ...(manifest.archives?.length ? ['archives'] : [])])
    cpSync(join(from, folder), join(data, folder), { recursive: true })
  endRestoring(data, {
    backup: manifest.id,
    digest,
    epoch: manifest.keyring.generation,
    entries: manifest.log.entries,
  })
  return manifest
}

async function* tablesOf(
  from: string,
  { database }: BackupManifest,
  identities: readonly string[],
): AsyncGenerator<DumpedTable> {
  for (const table of database.tables) yield { table, rows: openLines(sealed(from, table), identities) }
}

function sealed(from: string, table: string): string {
  return join(from, 'database', `${table}.ndjson.age`)
}
