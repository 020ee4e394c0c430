import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import type { SqliteReader } from '../sqlite.ts'
import { memorySource } from './memory-source.fixture.ts'
import { openWithin } from './open-sqlite.ts'

/**
 * Whatever lies beside a database, in whatever state a phone was switched off: what is read here is what SQLite itself
 * makes of a copy of the same files.
 */
const scratch = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(scratch, { recursive: true }))

const PARTS = ['', '-wal', '-journal'] as const
type Files = Record<string, Buffer>

/** What the files are at this moment, as a phone that loses its power leaves them. */
function snapshot(place: string): Files {
  const files: Files = {}
  for (const part of PARTS) {
    try {
      files[`x.db${part}`] = readFileSync(`${place}${part}`)
    } catch {
      // Not there at the moment.
    }
  }
  return files
}

const DUMP = `SELECT 'a' AS t, rowid AS id, text, bytes FROM a UNION ALL SELECT 'b', rowid, text, bytes FROM b ORDER BY 1, 2`

let copies = 0
function asSqlite(files: Files): unknown {
  const folder = join(scratch, `copy${copies++}`)
  mkdirSync(folder)
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  const database = new Database(join(folder, 'x.db'))
  try {
    return dumped(() => database.prepare(DUMP).all())
  } finally {
    database.close()
    rmSync(folder, { recursive: true })
  }
}

function dumped(rows: () => unknown): unknown {
  try {
    return rows()
  } catch (error) {
    // Both fail, with words of their own.
    return /no such table/.test((error as Error).message) ? 'empty' : 'damaged'
  }
}

async function asHere(files: Files): Promise<void> {
  const expected = asSqlite(files)
  for (const inMemory of [1 << 30, 0]) {
    let reader: SqliteReader | undefined
    let found: unknown = 'damaged'
    try {
      reader = await openWithin(inMemory, memorySource(files), { path: 'x.db' })
    } catch {
      // Compared below.
    }
    if (reader) found = dumped(() => reader.all(DUMP))
    assert.deepEqual(found, expected, inMemory ? 'in memory' : 'sealed')
    reader?.close()
  }
}

type Step = { readonly kind: string; readonly size: number; readonly rows: number }
const step = fc.record({
  kind: fc.constantFrom(
    'insert',
    'insert',
    'insert',
    'update',
    'delete',
    'vacuum',
    'passive',
    'restart',
    'truncate',
    'undone',
  ),
  size: fc.integer({ min: 0, max: 3000 }),
  rows: fc.integer({ min: 1, max: 25 }),
})

function act(database: Database.Database, { kind, size, rows }: Step): void {
  const fill = `randomblob(${size}), hex(randomblob(${size % 50}))`
  const some = `WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`
  const insert = `${some} INSERT INTO ${size % 2 ? 'a' : 'b'} (bytes, text) SELECT ${fill} FROM n`
  if (kind === 'insert') database.exec(insert)
  else if (kind === 'update') database.exec(`UPDATE a SET bytes = randomblob(${size}) WHERE rowid % ${rows} = 0`)
  else if (kind === 'delete') database.exec(`DELETE FROM a WHERE rowid % 2 = ${rows % 2}`)
  else if (kind === 'vacuum') database.pragma('incremental_vacuum')
  else if (kind === 'undone') database.exec(`BEGIN; ${insert}; UPDATE b SET bytes = randomblob(${size}); ROLLBACK`)
  else database.pragma(`wal_checkpoint(${kind})`)
}

/** Runs steps on a new database and calls for every state in which its files are seen, in the middle of transactions too. */
function grow(mode: string, pageSize: number, steps: readonly Step[], see: (files: Files) => void): void {
  const folder = mkdtempSync(join(scratch, 'grow'))
  const place = join(folder, 'x.db')
  const database = new Database(place)
  database.pragma(`page_size = ${pageSize}`)
  database.pragma('auto_vacuum = INCREMENTAL')
  database.pragma(`journal_mode = ${mode}`)
  database.pragma('wal_autocheckpoint = 0')
  // So few pages that unfinished transactions reach the files.
  database.pragma('cache_size = 4')
  database.exec('CREATE TABLE a (text TEXT, bytes BLOB); CREATE TABLE b (text TEXT, bytes BLOB)')
  see(snapshot(place))
  for (const [i, one] of steps.entries()) {
    const middle = i % 3 === 2 && !['passive', 'restart', 'truncate', 'vacuum', 'undone'].includes(one.kind)
    if (middle) database.exec('BEGIN')
    act(database, one)
    if (middle) {
      see(snapshot(place))
      database.exec(one.rows % 2 ? 'COMMIT' : 'ROLLBACK')
    }
    see(snapshot(place))
  }
  database.close()
  rmSync(folder, { recursive: true })
}

const pageSizes = fc.constantFrom(512, 1024, 4096, 65_536)

function states(mode: string): fc.Arbitrary<Files> {
  return fc
    .tuple(pageSizes, fc.array(step, { minLength: 1, maxLength: 10 }), fc.nat())
    .map(([pageSize, steps, pick]) => {
      const seen: Files[] = []
      grow(mode, pageSize, steps, (files) => seen.push(files))
      return seen[pick % seen.length]!
    })
    .map((files) => Object.assign(files, { [fc.toStringMethod]: () => sizes(files) }))
}

function sizes(files: Files): string {
  return Object.entries(files)
    .map(([name, bytes]) => `${name} ${bytes.length}`)
    .join(', ')
}

test('a write-ahead log is applied as SQLite applies it, whenever the phone was switched off', () =>
  fc.assert(fc.asyncProperty(states('WAL'), asHere), { numRuns: 25, seed: 1 }))

test('a rollback journal is undone as SQLite undoes it, whenever the phone was switched off', () =>
  fc.assert(fc.asyncProperty(fc.constantFrom('DELETE', 'PERSIST', 'TRUNCATE').chain(states), asHere), {
    numRuns: 60,
    seed: 2,
  }))

test('a log that is cut or bent is applied as far as SQLite applies it', () => {
  const damage = fc.tuple(fc.nat(), fc.nat(255), fc.boolean())
  return fc.assert(
    fc.asyncProperty(fc.constantFrom('WAL', 'WAL', 'DELETE').chain(states), damage, async (files, [at, byte, cut]) => {
      const name = Object.keys(files).find((path) => path !== 'x.db' && files[path]!.length > 0)
      if (name === undefined) return
      const bytes = Buffer.from(files[name]!)
      bytes[at % bytes.length] = byte
      await asHere({ ...files, [name]: cut ? bytes.subarray(0, at % bytes.length) : bytes })
    }),
    { numRuns: 12, seed: 3 },
  )
})
