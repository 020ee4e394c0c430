import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type EmbeddedServer, startEmbedded } from './embedded-server.ts'
import { StoreError } from './errors.ts'
import { migrate } from './migrate.ts'
import { PreparingClient } from './preparing-client.ts'
import type { Tables } from './tables.ts'

/** The service's database, open. */
export interface Store {
  readonly db: Kysely<Tables>
  readonly pool: pg.Pool
  /** connections for the journal alone: whoever waits until something stands in the log may hold one of the others, and so may all who wait for them */
  readonly log: Kysely<Tables>
  /** what a worker in another process is given to reach the same database */
  readonly address: string
  close(): Promise<void>
}

const DATE = 1082
const BIGINT = 20
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    // A date has no time of day and no zone: it stays as it is written.
    if (oid === DATE) return (text: string) => text
    if (oid === BIGINT) return Number
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
  },
}

/** Most connections that one process keeps, and most of them for the log. */
const CONNECTIONS = 10
const LOG_CONNECTIONS = 4
/** So long, in milliseconds, somebody waits for one that is free: what would wait for ever fails, and lets go of what it holds. */
const LONGEST_WAIT = 30_000

/**
 * Opens the database: the server that `url` names, or where there is none the embedded one over `folder`, and brings its schema forward.
 * Throws StoreError.
 */
export async function openStore({ url, folder }: { url?: string; folder: string }): Promise<Store> {
  const server = url === undefined ? await startEmbedded(folder) : undefined
  try {
    const address = url ?? addressOf(server as EmbeddedServer)
    const { db, pool } = await connect(address)
    try {
      await migrate(db)
    } catch (error) {
      await db.destroy()
      throw error
    }
    const log = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: poolOf(address, LOG_CONNECTIONS) }) })
    return {
      db,
      pool,
      log,
      address,
      async close() {
        await db.destroy()
        await log.destroy()
        await server?.stop()
      },
    }
  } catch (error) {
    await server?.stop()
    throw error
  }
}

/** Where the embedded server is reached, as an address. */
export function addressOf({ host }: Pick<EmbeddedServer, 'host'>): string {
  return `postgresql://peel@/postgres?host=${encodeURIComponent(host)}`
}

/** Connects to a server, and asks it something. Throws StoreError UNREACHABLE. */
export async function connect(address: string): Promise<Pick<Store, 'db' | 'pool'>> {
  const pool = poolOf(address, CONNECTIONS)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await pool.query('SELECT 1')
  } catch (cause) {
    await db.destroy()
    throw new StoreError('UNREACHABLE', 'the database does not answer', 'is DATABASE_URL right, and the server up?', {
      cause,
    })
  }
  return { db, pool }
}

function poolOf(address: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: address,
    max,
    connectionTimeoutMillis: LONGEST_WAIT,
    types: types as pg.CustomTypesConfig,
    Client: PreparingClient,
  })
  // An idle connection that breaks is replaced when the next one is asked for.
  pool.on('error', () => {})
  // One that breaks in use fails its question, and says it a second time: with nobody to hear that, the process would end.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
