import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { type FileSource, openSqlite, type SourceFile } from '../src/acquisition/index.ts'
import { ARTEFACTS, type DatabaseArtefact } from '../src/artefacts/index.ts'
import type { Found, Problem } from '../src/records/index.ts'

/** Reads every record that any artefact finds in a source, as if all of it had been authorised, files included. */
export async function readEverything(source: FileSource): Promise<{ found: Found[]; problems: Problem[] }> {
  const found: Found[] = []
  const problems: Problem[] = [...source.problems]
  for (const artefact of ARTEFACTS)
    for (const file of source.files.filter(({ path }) => artefact.locates(path))) {
      if (artefact.type === 'database') await readDatabase(source, artefact, file, found, problems)
      else {
        const reading = await artefact.read(file, source)
        problems.push(...reading.problems)
        for (const { found: item } of reading.placed)
          found.push(item.kind === 'media_item' ? await withFiles(source, item, [file]) : item)
      }
    }
  return { found, problems }
}

async function readDatabase(
  source: FileSource,
  artefact: DatabaseArtefact,
  file: SourceFile,
  found: Found[],
  problems: Problem[],
): Promise<void> {
  const files = new Map(source.files.map((each) => [each.path, each]))
  const database = await openSqlite(source, file)
  try {
    problems.push(...database.problems)
    const context = {
      path: file.path,
      file: (path: string) => files.get(path),
      problem: (one: Problem) => problems.push(one),
    }
    const tables = artefact.describe(database, context)
    assert.ok(Array.isArray(tables), artefact.id)
    for (const table of tables) {
      const never = (table.never ?? []).map(({ where }) => `NOT coalesce((${where}), 0)`)
      const where = [...(table.where === undefined ? [] : [`(${table.where})`]), ...never].join(' AND ')
      const sql = `SELECT ${table.columns} FROM ${table.from}${where === '' ? '' : ` WHERE ${where}`} ORDER BY ${table.key}`
      for (const row of database.all(sql)) {
        const item = table.read(row)
        assert.ok('kind' in item)
        found.push(await withFiles(source, item, table.attachmentFiles?.(row) ?? []))
      }
    }
  } finally {
    database.close()
  }
}

/** The record as it is when its files are taken too. */
async function withFiles<T extends Found>(
  source: FileSource,
  found: T,
  files: readonly (SourceFile | undefined)[],
): Promise<T> {
  const attachments = found.attachments.map(async (attachment, nth) => {
    const file = files[nth]
    if (file === undefined) return attachment
    const opened = await source.open(file)
    const bytes = Buffer.concat(await Array.fromAsync(opened.chunks()))
    await opened.close()
    return { ...attachment, bytes: bytes.length, sha256: hash('sha256', bytes), taken: true }
  })
  return { ...found, attachments: await Promise.all(attachments) }
}
