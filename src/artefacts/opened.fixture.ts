/** Databases for the tests of artefacts: made in a temporary folder or given, and opened as any source is. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { type FileSource, openSource, openSqlite, type SqliteReader } from '../acquisition/index.ts'
import type { Found, Problem } from '../records/index.ts'
import type { DatabaseArtefact, ReadContext, RecordTable } from './artefact.ts'

/** Real phone data, beside the project; tests that need it are skipped where it is absent. */
export const TESTDATA = process.env.PEEL_TESTDATA ?? join(import.meta.dirname, '../../../shared/testdata')

/** The reason to skip a test that needs a file of the test data; false where the file is there. */
export function without(file: string): string | false {
  return existsSync(join(TESTDATA, file)) ? false : `no ${file} in the test data`
}

/** One row to insert: table, then columns by name. */
export type Row = readonly [table: string, values: Readonly<Record<string, SQLInputValue>>]

export interface Made {
  /** where the database lies in the source */
  readonly path: string
  readonly schema: string
  readonly rows?: readonly Row[]
  /** other files of the source, by path */
  readonly files?: Readonly<Record<string, string>>
}

export interface Opened {
  readonly source: FileSource
  readonly database: SqliteReader
  readonly context: ReadContext
  readonly problems: readonly Problem[]
}

/** Makes a database in a folder of its own and opens the folder. Both are gone when the test is over. */
export async function make(t: TestContext, { path, schema, rows = [], files = {} }: Made): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-artefact-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const name of [path, ...Object.keys(files)]) mkdirSync(dirname(join(folder, name)), { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const database = new DatabaseSync(join(folder, path), { enableForeignKeyConstraints: false })
  database.exec(schema)
  database.exec('BEGIN')
  for (const [table, values] of rows) {
    const names = Object.keys(values)
    database
      .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(values))
  }
  database.exec('COMMIT')
  database.close()
  return open(t, folder, path)
}

/** Opens a database of a source; `path` is where it lies in it, or how that ends. */
export async function open(t: TestContext, place: string, path: string): Promise<Opened> {
  const source = await openSource(place)
  const file = source.files.find((one) => one.path === path || one.path.endsWith(`/${path}`))
  assert.ok(file, 'the source holds the database')
  const database = await openSqlite(source, file)
  t.after(async () => {
    database.close()
    await source.close()
  })
  const problems: Problem[] = []
  const context: ReadContext = {
    path: file.path,
    file: (wanted) => source.files.find((one) => one.path === wanted),
    problem: (problem) => problems.push(problem),
  }
  return { source, database, context, problems }
}

/** The tables that an artefact describes. Fails where it does not recognise the schema. */
export function tablesOf(artefact: DatabaseArtefact, { database, context }: Opened): RecordTable[] {
  const described = artefact.describe(database, context)
  assert.ok(Array.isArray(described), 'the schema is recognised')
  return described
}

export interface ReadRow {
  readonly key: number
  readonly found: Found
  readonly row: Readonly<Record<string, unknown>>
  /** what SQL says the record's text, conversation and app are */
  readonly body: unknown
  readonly thread: unknown
  readonly app: unknown
}

/** Reads every record of a table, in order. */
export function readAll(table: RecordTable, { database }: Pick<Opened, 'database'>): ReadRow[] {
  const where = table.where === undefined ? '' : `WHERE ${table.where}`
  const app = typeof table.app === 'string' ? `'${table.app}'` : table.app.sql
  const rows = database.all(
    `SELECT ${table.key} AS fixture_key, ${table.body ?? 'NULL'} AS fixture_body, ${table.thread ?? 'NULL'} AS fixture_thread,
      ${app} AS fixture_app, ${table.columns} FROM ${table.from} ${where} ORDER BY 1`,
  )
  return rows.map((row) => {
    const found = table.read(row)
    assert.ok(!('unreadable' in found), 'the row is readable')
    return {
      key: Number(row.fixture_key),
      found,
      row,
      body: row.fixture_body,
      thread: row.fixture_thread,
      app: row.fixture_app,
    }
  })
}
