import { createReadStream, existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3-multiple-ciphers'
import { openPayload } from './age-payload.ts'
import { openFileKey } from './age-header.ts'
import { CompanionWriter } from './companion.ts'
import { companionKey, type ContainerKey, openKey } from './container-key.ts'
import { earlierManifestPath, isUnfinished } from './container-writer.ts'
import { damaged, VaultError } from './errors.ts'
import { openRecordsDatabase, rawKey, type RecordsDatabase } from './records-db.ts'

export interface StoredRecord {
  readonly seq: number
  readonly id: string
  readonly leaf: Uint8Array
  readonly json: string
}

export interface StoredPayload {
  readonly id: string
  readonly sha256: Uint8Array
  readonly bytes: number
  readonly sealed_sha256: Uint8Array
  readonly sealed_bytes: number
  readonly header: string
}

export interface RecordFilter {
  readonly kind?: string
  readonly app?: string
  /** milliseconds since 1970, inclusive */
  readonly fromMs?: number
  /** exclusive */
  readonly toMs?: number
}

/** Reads the manifest of a container. Throws VaultError NOT_FOUND, NOT_A_CONTAINER or UNFINISHED. */
export function readManifest(dir: string): string {
  if (!existsSync(dir)) throw new VaultError('NOT_FOUND', 'the extract is not there', 'check the path')
  const path = join(dir, 'manifest.dsse.json')
  // By its name first: whatever lies in a folder so called was not finished by whoever writes containers.
  if (!isUnfinished(dir) && isFile(path)) return readFileSync(path, 'utf8')
  if (isUnfinished(dir))
    throw new VaultError(
      'UNFINISHED',
      'this extraction did not come to its end',
      'nothing can be read from it; remove it and extract again',
    )
  throw new VaultError(
    'NOT_A_CONTAINER',
    'this is not a sealed extract',
    'give the folder that `peel extract --out` made',
  )
}

/** Reads the manifests of the containers before this one, oldest first; none where it was never sealed anew. */
export function readEarlierManifests(dir: string): string[] {
  const texts: string[] = []
  for (;;) {
    const path = join(dir, earlierManifestPath(texts.length + 1))
    if (!isFile(path)) return texts
    texts.push(readFileSync(path, 'utf8'))
  }
}

/** Whether there is a regular file: a pipe would be waited for, a link leads elsewhere. */
export function isFile(path: string): boolean {
  return existsSync(path) && lstatSync(path).isFile()
}

/** Of a companion, KiB that are held open at most. */
const COMPANION_CACHE = 64 << 10

/** Reads one container with the key of a recipient. */
export class ContainerReader {
  readonly #dir: string
  readonly #key: ContainerKey
  readonly #database: RecordsDatabase
  readonly #questions = new Map<string, Database.Statement<unknown[]>>()

  /** Opens a container. Throws VaultError. */
  static async open(dir: string, identities: readonly string[]): Promise<ContainerReader> {
    readManifest(dir)
    for (const name of ['key.age', 'records.db']) if (!isFile(join(dir, name))) throw damaged(`${name} is not there`)
    const key = await openKey(readFileSync(join(dir, 'key.age')), identities)
    return new ContainerReader(dir, key)
  }

  private constructor(dir: string, key: ContainerKey) {
    this.#dir = dir
    this.#key = key
    this.#database = openRecordsDatabase(join(dir, 'records.db'), key)
  }

  /** Yields the records in the order of their leaves. */
  *records(filter: RecordFilter = {}): Generator<StoredRecord> {
    const where = [
      filter.kind === undefined ? undefined : 'kind = @kind',
      filter.app === undefined ? undefined : 'app = @app',
      filter.fromMs === undefined ? undefined : 'time_ms >= @fromMs',
      filter.toMs === undefined ? undefined : 'time_ms < @toMs',
    ].filter((part) => part !== undefined)
    const sql = `SELECT seq, id, leaf, json FROM record ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY seq`
    yield* this.#rows(() => this.#database.prepare(sql).iterate(filter) as IterableIterator<StoredRecord>)
  }

  /** Yields the records that hold all phrases, each a folded run of words, in order. */
  *search(foldedPhrases: readonly string[]): Generator<StoredRecord> {
    const query = foldedPhrases.map((phrase) => `"${phrase.trim().replaceAll('"', '')}"`).join(' AND ')
    if (query === '' || foldedPhrases.some((phrase) => phrase.trim() === '')) return
    const sql =
      'SELECT seq, id, leaf, json FROM record WHERE seq IN (SELECT rowid FROM record_words WHERE record_words MATCH ?) ORDER BY seq'
    yield* this.#rows(() => this.#database.prepare(sql).iterate(query) as IterableIterator<StoredRecord>)
  }

  /**
   * Asks the database in SQL, of the tables in docs/formats/extract.md and of temporary ones, which are in memory and go with the reader. The
   * container itself cannot be altered by it. Each question is prepared once. Gives the rows; none for what has no answer. Throws VaultError DAMAGED.
   */
  ask<T>(sql: string, ...values: unknown[]): T[] {
    try {
      let question = this.#questions.get(sql)
      if (question === undefined) this.#questions.set(sql, (question = this.#database.prepare<unknown[]>(sql)))
      if (question.reader) return question.all(...values) as T[]
      question.run(...values)
      return []
    } catch (error) {
      throw unreadablePage(error)
    }
  }

  /**
   * Begins a database that lies beside the container, sealed under a key that follows from the container's own: nothing else opens it. `what` says what
   * it is: one word. Throws VaultError NOT_WRITABLE.
   */
  newCompanion(what: string, path: string): CompanionWriter {
    return new CompanionWriter(path, companionKey(this.#key, what))
  }

  /**
   * Opens such a database for reading: `ask` knows its tables, in the schema called `what`. False where there is none, or none of this container, or
   * one that cannot be read.
   */
  openCompanion(what: string, path: string): boolean {
    if (!isFile(path)) return false
    const key = companionKey(this.#key, what)
    try {
      this.#database.prepare(`ATTACH ? AS "${what}" KEY ?`).run(path, rawKey(key))
      // What is asked of it is spread all over it: pages that were opened once are not opened again.
      this.#database.pragma(`"${what}".cache_size = -${COMPANION_CACHE}`)
      return true
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith('SQLITE_')) throw error
      return false
    } finally {
      key.fill(0)
    }
  }

  /** Lets go of such a database. */
  closeCompanion(what: string): void {
    this.#questions.clear()
    this.#database.prepare(`DETACH "${what}"`).run()
  }

  about(key: string): string | undefined {
    return this.#all<{ value: string }>('SELECT value FROM about WHERE key = ?', key)[0]?.value
  }

  payloads(): StoredPayload[] {
    return this.#all('SELECT * FROM payload ORDER BY id')
  }

  sourceFiles(): { path: string; bytes: number; sha256: Uint8Array }[] {
    return this.#all('SELECT * FROM source_file ORDER BY path')
  }

  problems(): { code: string; file: string | null; detail: string }[] {
    return this.#all('SELECT * FROM problem')
  }

  /** Runs SQLite's own check over every page, of the container or of a companion. Returns `ok` or what it found. */
  integrity(schema = 'main'): string {
    try {
      return String(this.#database.pragma(`"${schema}".integrity_check(1)`, { simple: true }))
    } catch (error) {
      return String((error as { code?: unknown }).code)
    }
  }

  /** Yields the plaintext of a payload, named by its digest in lower-case hex. Throws VaultError DAMAGED. */
  async *payload(sha256: string): AsyncGenerator<Buffer> {
    const [row] = this.#all<StoredPayload>('SELECT * FROM payload WHERE sha256 = ?', Buffer.from(sha256, 'hex'))
    if (row === undefined) throw damaged('a payload is not listed')
    const path = join(this.#dir, 'payload', row.id.slice(0, 2), row.id)
    if (!isFile(path)) throw damaged('a payload is not there')
    yield* openPayload(openFileKey(row.header, this.#key.secret), createReadStream(path, { highWaterMark: 1 << 20 }))
  }

  /** Ends reading, and wipes the key from memory. */
  close(): void {
    this.#questions.clear()
    this.#database.close()
    this.#key.secret.fill(0)
    this.#key.database.fill(0)
  }

  #all<T>(sql: string, ...values: unknown[]): T[] {
    try {
      return this.#database.prepare(sql).all(...values) as T[]
    } catch (error) {
      throw unreadablePage(error)
    }
  }

  /** Whatever SQLite says while reading is of the file: the questions are always the same. */
  *#rows<T>(query: () => IterableIterator<T>): Generator<T> {
    let rows: IterableIterator<T> | undefined
    try {
      rows = query()
      for (;;) {
        const next = rows.next()
        if (next.done) return
        yield next.value
      }
    } catch (error) {
      throw unreadablePage(error)
    } finally {
      rows?.return?.()
    }
  }
}

function unreadablePage(error: unknown): unknown {
  return String((error as { code?: unknown } | undefined)?.code).startsWith('SQLITE_')
    ? damaged('a page of records.db cannot be read', error)
    : error
}
