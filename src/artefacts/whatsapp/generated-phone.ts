import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type FileSource, openSource, openSqlite, type SqliteReader } from '../../acquisition/index.ts'
import type { Found, Problem } from '../../records/index.ts'
import { compileSql, factsOf, match, readyScope, sqlText } from '../../scope/index.ts'
import type { DatabaseArtefact, ReadContext, RecordTable } from '../artefact.ts'

/** A database of a source, opened and described: what the tests of the WhatsApp artefacts look at. */
export interface Described {
  readonly reader: SqliteReader
  readonly tables: readonly RecordTable[]
  readonly notRecognised?: string
  readonly problems: readonly Problem[]
}

/** Makes a folder like a phone's with one generated database and empty files, describes the database, and clears away. */
export async function onPhone<T>(
  artefact: DatabaseArtefact,
  path: string,
  sql: string | ((database: DatabaseSync) => void),
  look: (found: Described) => T | Promise<T>,
  files: readonly string[] = [],
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-whatsapp-'))
  try {
    for (const file of [path, ...files]) mkdirSync(join(folder, dirname(file)), { recursive: true })
    for (const file of files) writeFileSync(join(folder, file), '')
    const database = new DatabaseSync(join(folder, path))
    if (typeof sql === 'string') database.exec(sql)
    else sql(database)
    database.close()
    const source = await openSource(folder)
    try {
      return await look(await describedIn(source, artefact, path))
    } finally {
      await source.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Describes a database of a source, found by the end of its path. */
export async function describedIn(source: FileSource, artefact: DatabaseArtefact, end: string): Promise<Described> {
  const file = source.files.find(({ path }) => path.endsWith(end))
  if (file === undefined) throw new Error('no such file in the source')
  const reader = await openSqlite(source, file)
  const listed = new Map(source.files.map((each) => [each.path, each]))
  const problems: Problem[] = [...reader.problems]
  const context: ReadContext = {
    path: file.path,
    file: (path) => listed.get(path),
    problem: (problem) => problems.push(problem),
  }
  const tables = artefact.describe(reader, context)
  return Array.isArray(tables)
    ? { reader, tables, problems }
    : { reader, tables: [], notRecognised: tables.notRecognised, problems }
}

/** A record as read, and what SQL says of the same row. */
export interface ReadRow {
  readonly key: number
  readonly found: Found
  readonly sqlBody: unknown
  readonly sqlPlace: readonly [unknown, unknown]
  /** paths of the files behind the attachments */
  readonly files: readonly (string | undefined)[]
  readonly never: boolean
}

/** Every record of a table in order. */
export function rowsOf({ reader }: Pick<Described, 'reader'>, table: RecordTable): ReadRow[] {
  const never = table.never?.map(({ where }) => `(${where})`).join(' OR ') ?? '0'
  const rows = reader.all<Record<string, unknown>>(
    `SELECT ${table.key} AS the_key, ${table.body ?? 'NULL'} AS the_body, ${table.place?.lat ?? 'NULL'} AS the_lat,
     ${table.place?.lon ?? 'NULL'} AS the_lon, ${never} AS is_never, ${table.columns}
     FROM ${table.from} WHERE ${table.where ?? '1'} ORDER BY 1`,
  )
  return rows.map((row) => {
    const found = table.read(row)
    if ('unreadable' in found) throw new Error(found.unreadable)
    return {
      key: Number(row.the_key),
      found,
      sqlBody: row.the_body,
      sqlPlace: [row.the_lat, row.the_lon],
      files: table.attachmentFiles?.(row).map((file) => file?.path) ?? [],
      never: row.is_never === 1,
    }
  })
}

/** Keys of the rows that concern somebody: by SQL, and by the records that were read. */
export function concerning(
  described: Described,
  table: RecordTable,
  address: string,
): { sql: number[]; read: number[] } {
  const scope = readyScope([{ id: 'C1', line_of_enquiry: 'L1', records: [table.kind], with: [address] }])
  const { reader } = described
  const compiled = compileSql(scope, table, {
    from: table.from,
    all: (sql) => reader.all(sql),
    define: (name, compute) => reader.define(name, compute),
  })
  const admitted = compiled === undefined ? '0' : sqlText(compiled.admitted)
  const sql = reader
    .all<{ the_key: number }>(
      `SELECT ${table.key} AS the_key FROM ${table.from} WHERE (${table.where ?? '1'}) AND (${admitted}) ORDER BY 1`,
    )
    .map((row) => row.the_key)
  const read = rowsOf(described, table)
    .filter(({ found }) => match(factsOf(found), scope).admitted)
    .map(({ key }) => key)
  return { sql, read }
}
