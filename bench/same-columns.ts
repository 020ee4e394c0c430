import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openSource, openSqlite } from '../src/acquisition/index.ts'
import { ARTEFACTS, type DatabaseArtefact } from '../src/artefacts/index.ts'
import { output } from './timed.ts'

/**
 * Writes what the `sqlite3` shell needs to select the very columns that our artefacts select: copies of a phone's databases,
 * since it writes beside what it reads, and `select.sql` beside them, in the order in which records come.
 */
export async function sameColumns(phone: string, folder: string): Promise<void> {
  const source = await openSource(phone)
  const script: string[] = []
  for (const file of source.files) {
    const readers = ARTEFACTS.filter(
      (artefact): artefact is DatabaseArtefact => artefact.type === 'database' && artefact.locates(file.path),
    )
    if (readers.length === 0) continue
    const database = await openSqlite(source, file)
    const name = `${script.length}-${basename(file.path)}`
    const copy = join(folder, name)
    const context = { file: () => undefined, path: file.path, problem: () => {} }
    script.push(`.open --readonly '${name}'`)
    for (const artefact of readers) {
      const tables = artefact.describe(database, context)
      if (!Array.isArray(tables)) throw new Error(`the sample's schema is not recognised: ${tables.notRecognised}`)
      // Without our own functions, which only mend texts.
      for (const { key, columns, from } of tables)
        script.push(`SELECT ${key}, ${columns.replaceAll(/\bpeel_\w+\(/g, '(')} FROM ${from} ORDER BY ${key};`)
    }
    database.close()
    for (const end of ['', '-wal'])
      if (existsSync(join(phone, file.path + end))) copyFileSync(join(phone, file.path + end), copy + end)
    output(['sqlite3', copy, 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;'])
  }
  await source.close()
  writeFileSync(join(folder, 'select.sql'), `${script.join('\n')}\n`)
}
