import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type FileSource, openSource, openSqlite, type SqliteReader } from '../acquisition/index.ts'
import { type Found, instant, type Placed, type Problem } from '../records/index.ts'
import type { DatabaseArtefact, FileArtefact, ReadContext, RecordTable } from './artefact.ts'

/** Real phone data for tests, or undefined where it is not there; beside the reason a test gives for being skipped. */
export function realFile(path: string): string | undefined {
  const root = process.env.PEEL_TESTDATA ?? resolve(import.meta.dirname, '../../../shared/testdata')
  const file = join(root, path)
  return existsSync(file) ? file : undefined
}

export const NO_REAL_DATA = 'the folder of real phone data is not here'

/** What an artefact found, and what it told of. */
export interface Reading {
  readonly tables: readonly RecordTable[]
  readonly notRecognised?: string
  readonly placed: readonly Placed[]
  /** the files behind each record's attachments, as paths */
  readonly files: readonly (readonly (string | undefined)[])[]
  /** rows counted and not read, by reason */
  readonly left: Readonly<Record<string, number>>
  readonly problems: readonly Problem[]
}

/** A folder made for one test, laid out like a phone and read as one. Used by tests only. */
export class TestPhone {
  readonly folder = mkdtempSync(join(tmpdir(), 'peel-test-'))

  /** Puts a file on the phone. */
  file(path: string, bytes: Uint8Array): this {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), bytes)
    return this
  }

  /** Puts a database on the phone, made by SQL and then by `fill`. */
  database(path: string, sql: string, fill?: (database: DatabaseSync) => void): this {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    const database = new DatabaseSync(join(this.folder, path), { defensive: false })
    database.exec(sql)
    fill?.(database)
    database.close()
    return this
  }

  /** Reads every record of a database, and holds what the artefact says in SQL against what it reads. */
  async read(artefact: DatabaseArtefact, path: string): Promise<Reading> {
    assert.ok(artefact.locates(path), `${artefact.id} locates ${path}`)
    const source = await openSource(this.folder)
    try {
      return await readDatabase(artefact, source, path)
    } finally {
      await source.close()
    }
  }

  /** Reads one file of its own. */
  async readFile(artefact: FileArtefact, path: string) {
    assert.ok(artefact.locates(path), `${artefact.id} locates ${path}`)
    const source = await openSource(this.folder)
    try {
      const file = source.files.find((one) => one.path === path)
      assert.ok(file, `${path} is listed`)
      return await artefact.read(file, source)
    } finally {
      await source.close()
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true })
  }
}

/** As `TestPhone.read`, of a database in a source that is already open. */
export async function readDatabase(artefact: DatabaseArtefact, source: FileSource, path: string): Promise<Reading> {
  const file = source.files.find((one) => one.path === path)
  assert.ok(file, `${path} is listed`)
  const database = await openSqlite(source, file)
  try {
    const problems: Problem[] = []
    const context: ReadContext = {
      path,
      file: (wanted) => source.files.find((one) => one.path === wanted),
      problem: (problem) => void problems.push(problem),
    }
    const described = artefact.describe(database, context)
    if ('notRecognised' in described) {
      return { tables: [], notRecognised: described.notRecognised, placed: [], files: [], left: {}, problems }
    }
    const placed: Placed[] = []
    const files: (readonly (string | undefined)[])[] = []
    const left: Record<string, number> = {}
    for (const table of described) {
      for (const { reason, where } of table.never ?? []) {
        const [row] = database.all(`SELECT count(*) AS n FROM ${table.from} WHERE ${where}`)
        left[reason] = (left[reason] ?? 0) + Number(row?.n)
      }
      for (const row of database.all(selectAll(table))) {
        const found = table.read(row)
        assert.ok(!('unreadable' in found))
        agrees(table, row, found)
        placed.push({
          found,
          provenance: { file: path, wal: database.wal, table: table.table, row: Number(row.peel_key) },
        })
        files.push((table.attachmentFiles?.(row) ?? []).map((one) => one?.path))
        assert.equal(files.at(-1)?.length, found.attachments.length, 'a file for each attachment')
      }
      neitherDropsNorMultiplies(table, database)
    }
    return { tables: described, placed, files, left, problems }
  } finally {
    database.close()
  }
}

function selectAll(table: RecordTable): string {
  const app = typeof table.app === 'string' ? `'${table.app}'` : table.app.sql
  const parties = table.parties.map(
    (party, at) => `, ${'key' in party ? party.key : party.address} AS peel_party_${at}`,
  )
  const never = (table.never ?? []).map(({ where }) => `NOT coalesce((${where}), 0)`)
  return `SELECT ${table.columns}, ${table.key} AS peel_key, ${app} AS peel_app, ${table.time?.sql ?? 'NULL'} AS peel_time,
    ${table.body ?? 'NULL'} AS peel_body, ${table.thread ?? 'NULL'} AS peel_thread${parties.join('')}
    FROM ${table.from} WHERE ${[table.where ?? '1', ...never].join(' AND ')} ORDER BY ${table.key}`
}

/** What a scope decides by SQL is what the record shows. */
function agrees(table: RecordTable, row: Readonly<Record<string, unknown>>, found: Found): void {
  assert.equal(row.peel_app, found.app, 'app')
  if (typeof table.app !== 'string') assert.ok(table.app.apps.includes(found.app))
  const raw = row.peel_time
  const ms = table.time && typeof raw !== 'string' ? instant(raw as number, table.time.encoding) : undefined
  assert.equal(ms === undefined ? undefined : new Date(ms).toISOString(), found.time, 'time')
  if (found.kind === 'message') {
    assert.equal(row.peel_body || undefined, found.body, 'body')
    assert.equal(row.peel_thread === null ? undefined : String(row.peel_thread), found.thread, 'thread')
  }
  const named = table.parties.flatMap((party, at) => {
    const value = row[`peel_party_${at}`] as string | number | null
    if (value === null) return []
    return 'key' in party ? (party.addresses().get(value) ?? []) : [String(value)]
  })
  assert.deepEqual(new Set(named), new Set(addressesOf(found)), 'parties')
}

function addressesOf(found: Found): string[] {
  if (found.kind === 'contact') return found.addresses.map(({ address }) => address)
  if (found.kind === 'media_item') return []
  return [...(found.from ? [found.from] : []), ...found.to].map(({ address }) => address)
}

function neitherDropsNorMultiplies(table: RecordTable, database: SqliteReader): void {
  const [rows] = database.all(`SELECT count(*) AS n, count(DISTINCT ${table.key}) AS keys FROM ${table.from}`)
  const [alone] = database.all(`SELECT count(*) AS n FROM ${table.table} NOT INDEXED`)
  assert.deepEqual([rows?.n, rows?.keys], [alone?.n, alone?.n], `one row of ${table.table} is one row of its query`)
}
