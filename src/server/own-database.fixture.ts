import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import { openQueue } from '../jobs/index.ts'
import { openStore } from '../store/index.ts'

/** A database, and how it is got rid of. */
export interface OwnDatabase {
  readonly url: string
  drop(): Promise<void>
}

const closing: (() => Promise<void> | void)[] = []
let inUse = 0
let isOver = false

async function endUnused(): Promise<void> {
  if (isOver && inUse === 0) for (const end of closing.splice(0).reverse()) await end()
}

// A service that all tests of a file share is closed after them too, and perhaps after this.
after(() => {
  isOver = true
  return endUnused()
})

/**
 * The database that belongs to a folder, made where it is not there. All tests of one file share a server, because starting one takes longer than most tests:
 * the one that `PEEL_TEST_DATABASE_URL` names, else an embedded one.
 */
export async function ownDatabase(folder: string): Promise<OwnDatabase> {
  const { server, template } = await (shared ??= prepare())
  const name = `peel_test_${hash('sha256', folder).slice(0, 16)}`
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${template}`).catch((error: { code?: string }) => {
    // The service is opened again.
    if (error.code !== DUPLICATE_DATABASE) throw error
  })
  inUse++
  return {
    url: addressOf(server, name),
    async drop() {
      await run(server, `DROP DATABASE ${name} WITH (FORCE)`)
      inUse--
      await endUnused()
    },
  }
}

let shared: Promise<{ server: string; template: string }> | undefined

/** A server, and on it a database with every table of the service and of its queue, to be copied. */
async function prepare(): Promise<{ server: string; template: string }> {
  const server = process.env['PEEL_TEST_DATABASE_URL'] ?? (await embedded())
  const template = `peel_template_${process.pid}`
  await run(server, `CREATE DATABASE ${template}`)
  closing.push(() => run(server, `DROP DATABASE ${template}`))
  const store = await openStore({ url: addressOf(server, template), folder: '' })
  const queue = await openQueue(store, (error) => {
    throw error
  })
  await queue.close()
  await store.close()
  return { server, template }
}

async function embedded(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-database-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const { address, pool, close } = await openStore({ folder })
  closing.push(close)
  // Nothing of it outlives the tests, so nothing waits for the disk.
  await pool.query('ALTER SYSTEM SET fsync = off')
  await pool.query('SELECT pg_reload_conf()')
  return address
}

async function run(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The embedded server's address names no host, which only the driver takes for an address: it is changed as text. */
function addressOf(server: string, database: string): string {
  return server.replace(/\/[^/?]*(?=\?|$)/, `/${database}`)
}

/** PostgreSQL, Appendix A */
const DUPLICATE_DATABASE = '42P04'
