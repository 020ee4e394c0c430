import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describeKeyring, keyringPath } from '../keyring/index.ts'
import { type Dump, withDump } from '../store/index.ts'
import { copyLog, parseCheckpoint, parseNote } from '../tlog/index.ts'
import { copyArchives } from './copy-archives.ts'
import { BackupError } from './errors.ts'
import { digestsOf, MANIFEST, writeManifest } from './manifest.ts'
import { sealLines } from './sealed-lines.ts'

/** A backup that was made. */
export interface MadeBackup {
  readonly id: string
  /** of its manifest, lower-case hex SHA-256 */
  readonly digest: string
  /** generation of its keyring */
  readonly generation: number
  /** entries of its log */
  readonly entries: number
  readonly extracts: number
}

/**
 * Copies a service while it runs: the database of one moment, sealed to `recipients` (`age1…`); the log with exactly the entries that this database
 * knows; then the keyring, sealed as it is, which may be newer by keys made since; the extracts and archives that were held. Never epoch keys, never what
 * was uploaded. `record` writes to the log that it was made; where it throws there is no backup. Throws BackupError EXISTS, StoreError, TlogError.
 */
export async function makeBackup({
  data,
  address,
  out,
  recipients,
  id,
  version,
  now,
  record,
}: {
  data: string
  /** of the database */
  address: string
  out: string
  recipients: readonly string[]
  id: string
  version: string
  now: () => Date
  record: (made: MadeBackup) => Promise<unknown>
}): Promise<MadeBackup> {
  if (existsSync(out)) throw new BackupError('EXISTS', 'there is already something of that name', 'give another name')
  const making = `${resolve(out)}.unfinished`
  mkdirSync(dirname(making), { recursive: true })
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { mode: 0o700 })
  try {
    const at = now().toISOString()
    const copied = await withDump(address, (dump) => copyAll({ data, making, recipients, dump }))
    const files = await digestsOf(making)
    const { text, digest } = writeManifest({ id, at, version, ...copied, files })
    writeFileSync(join(making, MANIFEST), text, { mode: 0o600, flush: true })
    const made: MadeBackup = {
      id,
      digest,
      generation: copied.keyring.generation,
      entries: copied.log.entries,
      extracts: copied.extracts.length,
    }
    await record(made)
    renameSync(making, out)
    return made
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
}

async function copyAll({
  data,
  making,
  recipients,
  dump,
}: {
  data: string
  making: string
  recipients: readonly string[]
  dump: Dump
}) {
  mkdirSync(join(making, 'database'), { mode: 0o700 })
  for (const table of dump.tables)
    await sealLines(join(making, 'database', `${table}.ndjson.age`), recipients, dump.rows(table))
  await copyLog(join(data, 'log'), dump.entries, { folder: join(making, 'log'), state: join(making, 'log-state') })
  const { origin } = parseCheckpoint(parseNote(readFileSync(join(making, 'log', 'checkpoint'))).text)
  // After the database: it may hold keys of extracts that are not in it, and none is missing that was not destroyed.
  const keyring = readFileSync(keyringPath(join(data, 'keyring')))
  mkdirSync(join(making, 'keyring'), { mode: 0o700 })
  writeFileSync(keyringPath(join(making, 'keyring')), keyring, { mode: 0o600 })
  const { generation, digest } = describeKeyring(keyring)
  const extracts: string[] = []
  mkdirSync(join(making, 'extracts'), { mode: 0o700 })
  for (const id of dump.held) if (copyExtract(data, making, id)) extracts.push(id)
  return {
    database: { migration: dump.migration, tables: dump.tables },
    log: { origin, entries: dump.entries },
    keyring: { generation, digest },
    extracts,
    archives: copyArchives(data, making),
  }
}

/** False where it is destroyed meanwhile: what is left of it then is no extract. */
function copyExtract(data: string, making: string, id: string): boolean {
  const from = join(data, 'extracts', `${id}.peel`)
  const to = join(making, 'extracts', `${id}.peel`)
  try {
    cpSync(from, to, { recursive: true, errorOnExist: true, force: false })
    return existsSync(from)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return false
  } finally {
    if (!existsSync(from)) rmSync(to, { recursive: true, force: true })
  }
}
