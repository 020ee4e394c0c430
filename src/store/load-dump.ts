import type pg from 'pg'
import { startEmbedded } from './embedded-server.ts'
import { StoreError } from './errors.ts'
import { MIGRATIONS, migrate } from './migrate.ts'
import { addressOf, connect } from './store.ts'

/** What was dumped of one table. */
export interface DumpedTable {
  readonly table: string
  readonly rows: AsyncIterable<string>
}

const AT_ONCE = 500

/**
 * Puts a dump into a database in which there is nothing, in one transaction, under the schema that it was made with. Throws StoreError NOT_EMPTY,
 * NEWER_SCHEMA where this program does not know that schema, and those of `openStore`.
 */
export async function loadDump(
  { url, folder }: { url?: string; folder: string },
  migration: string,
  tables: AsyncIterable<DumpedTable>,
): Promise<void> {
  if (!MIGRATIONS.includes(migration))
    throw new StoreError(
      'NEWER_SCHEMA',
      'the backup was made by another version of Peel',
      'restore it with the version that made it, or a newer one',
    )
  const server = url === undefined ? await startEmbedded(folder) : undefined
  try {
    const { db, pool } = await connect(url ?? addressOf(server as NonNullable<typeof server>))
    try {
      await mustBeEmpty(pool)
      await migrate(db, migration)
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        for await (const { table, rows } of tables) await loadTable(client, table, rows)
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {})
        throw error
      } finally {
        client.release()
      }
    } finally {
      await db.destroy()
    }
  } finally {
    await server?.stop()
  }
}

async function mustBeEmpty(pool: pg.Pool): Promise<void> {
  const tables = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%'`,
  )
  for (const { name } of tables.rows) {
    const { rows } = await pool.query(`SELECT 1 FROM public."${name.replaceAll('"', '""')}" LIMIT 1`)
    if (rows.length > 0)
      throw new StoreError(
        'NOT_EMPTY',
        'there is something in the database',
        'restore into an empty one: nothing is overwritten',
      )
  }
}

async function loadTable(client: pg.PoolClient, table: string, rows: AsyncIterable<string>): Promise<void> {
  const name = client.escapeIdentifier(table)
  // First aside, then in one statement: rows of a table may refer to each other in any order.
  await client.query('CREATE TEMP TABLE aside (line json) ON COMMIT DROP')
  const put = (lines: readonly string[]) =>
    client.query('INSERT INTO aside SELECT line::json FROM unnest($1::text[]) AS line', [lines])
  let some: string[] = []
  for await (const line of rows) {
    some.push(line)
    if (some.length === AT_ONCE) {
      await put(some)
      some = []
    }
  }
  await put(some)
  await client.query(
    `INSERT INTO public.${name} OVERRIDING SYSTEM VALUE
     SELECT row.* FROM aside, json_populate_record(NULL::public.${name}, line) AS row`,
  )
  await client.query('DROP TABLE aside')
  const counted = await client.query<{ column: string; sequence: string }>(
    `SELECT attname AS column, pg_get_serial_sequence($1, attname) AS sequence FROM pg_attribute
     WHERE attrelid = $1::regclass AND attidentity <> ''`,
    [`public.${name}`],
  )
  for (const { column, sequence } of counted.rows)
    await client.query(
      `SELECT setval($1, coalesce((SELECT max(${client.escapeIdentifier(column)}) FROM public.${name}), 0) + 1, false)`,
      [sequence],
    )
}
