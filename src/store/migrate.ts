import { readdirSync, readFileSync } from 'node:fs'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { StoreError } from './errors.ts'
import type { Tables } from './tables.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/** The migrations there are, in their order. */
export const MIGRATIONS: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.slice(0, -'.sql'.length))
  .sort()

/**
 * Brings the schema forward to `upTo` (default: the newest). Safe to call from several processes at once. Throws StoreError NEWER_SCHEMA where the
 * database was made by a newer Peel.
 */
export async function migrate(db: Kysely<Tables>, upTo?: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all() } })
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo))
  if (error === undefined) return
  if (error instanceof Error && error.message.startsWith('corrupted migrations'))
    throw new StoreError(
      'NEWER_SCHEMA',
      'the database was made by another version of Peel',
      'start the version that last ran on it, or a newer one',
      { cause: error },
    )
  throw error
}

function all(): Record<string, Migration> {
  return Object.fromEntries(
    MIGRATIONS.map((name) => [
      name,
      { up: async (db) => void (await sql.raw(readFileSync(new URL(`${name}.sql`, FOLDER), 'utf8')).execute(db)) },
    ]),
  )
}
