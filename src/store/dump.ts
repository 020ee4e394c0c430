import pg from 'pg'
import { StoreError } from './errors.ts'
import { runningAddress } from './embedded-server.ts'

/** The database as it was at one moment, while others go on writing. */
export interface Dump {
  /** the newest migration of its schema */
  readonly migration: string
  /** every table that is copied, each after those that it refers to */
  readonly tables: readonly string[]
  /** entries of the log that it knows of: these, and no gap among them */
  readonly entries: number
  /** extracts that are held */
  readonly held: readonly string[]
  /** each row of a table as one line of JSON, as PostgreSQL itself writes and reads it */
  rows(table: string): AsyncGenerator<string>
}

/** Who is signed in is nobody's to copy; the others are the schema's own. */
const LEFT = new Set(['sign_ins', 'kysely_migration', 'kysely_migration_lock'])
const AT_ONCE = 500

/** Where the database is: the server that `url` names, or the embedded one over `folder`, which must be running. Throws StoreError NOT_RUNNING. */
export function addressOfRunning({ url, folder }: { url?: string; folder: string }): string {
  const address = url ?? runningAddress(folder)
  if (address === undefined)
    throw new StoreError(
      'NOT_RUNNING',
      'the database is not running',
      'start the service: a backup is made while it runs',
    )
  return address
}

/** Reads the whole database in one transaction that sees one moment. Throws StoreError UNREACHABLE. */
export async function withDump<T>(address: string, use: (dump: Dump) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address })
  await client.connect().catch((cause) => {
    throw new StoreError('UNREACHABLE', 'the database does not answer', 'is DATABASE_URL right, and the server up?', {
      cause,
    })
  })
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const one = async (sql: string) => (await client.query<Record<string, string>>(sql)).rows.map(({ x }) => String(x))
    const [migration = ''] = await one('SELECT max(name) AS x FROM public.kysely_migration')
    const [entries] = await one('SELECT count(*) AS x FROM public.statements WHERE leaf IS NOT NULL')
    const held = await one('SELECT extraction_id AS x FROM public.holdings WHERE destroyed_at IS NULL ORDER BY 1')
    return await use({
      migration,
      tables: await inOrder(client),
      entries: Number(entries),
      held,
      rows: (table) => rowsOf(client, table),
    })
  } finally {
    await client.end()
  }
}

async function* rowsOf(client: pg.Client, table: string): AsyncGenerator<string> {
  const name = client.escapeIdentifier(table)
  await client.query(`DECLARE rows NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS x FROM public.${name} t`)
  try {
    for (;;) {
      const { rows } = await client.query<{ x: string }>(`FETCH ${AT_ONCE} FROM rows`)
      if (rows.length === 0) return
      for (const { x } of rows) yield x
    }
  } finally {
    await client.query('CLOSE rows')
  }
}

/** Our tables, so that each comes after those that it refers to. */
async function inOrder(client: pg.Client): Promise<string[]> {
  const tables = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  const references = await client.query<{ from: string; to: string }>(
    `SELECT a.relname AS from, b.relname AS to FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid
     JOIN pg_class b ON b.oid = c.confrelid WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`,
  )
  const waiting = new Set(tables.rows.map(({ name }) => name).filter((name) => !LEFT.has(name)))
  const ordered: string[] = []
  while (waiting.size > 0) {
    const next = [...waiting].find((name) =>
      references.rows.every(({ from, to }) => from !== name || to === name || !waiting.has(to)),
    )
    if (next === undefined) throw new Error('tables refer to each other in a circle')
    waiting.delete(next)
    ordered.push(next)
  }
  return ordered
}
