import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { newContainerKey, openKey, sealKey } from './container-key.ts'
import { damaged, VaultError, writingFailed } from './errors.ts'
import { onDisk } from './on-disk.ts'
import { unlock } from './records-db.ts'

const KEY = 'key.age'
const STORE = 'store.db'
/** What a making leaves that was interrupted: nobody has the key of it. */
const UNFINISHED: ReadonlySet<string> = new Set([
  STORE,
  `${STORE}-wal`,
  `${STORE}-shm`,
  `${STORE}-journal`,
  `${KEY}.unfinished`,
])

/**
 * A folder with a database that is written over time and may be gone on with after any interruption: what was committed is
 * there, the rest is not. Sealed as a container is, page by page with its log, its key to age recipients. One process has it
 * at a time.
 */
export class SealedStore {
  readonly #database: Database.Database

  /** Makes a new one. Throws VaultError EXISTS, BAD_RECIPIENT, NOT_WRITABLE. */
  static async create(folder: string, recipients: readonly string[], schema: string): Promise<SealedStore> {
    const there = existsSync(folder) ? readdirSync(folder) : []
    if (there.some((name) => !UNFINISHED.has(name)))
      throw new VaultError('EXISTS', 'the output is already there', 'give another name, or move it away')
    const key = newContainerKey()
    const sealed = await sealKey(key, recipients)
    try {
      for (const name of there) rmSync(join(folder, name))
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const store = new SealedStore(join(folder, STORE), key.database)
      store.#database.exec(schema)
      // The key comes last: without it there is nothing to go on with, and a new one is made.
      const making = join(folder, `${KEY}.unfinished`)
      writeFileSync(making, sealed, { mode: 0o600, flush: true })
      renameSync(making, join(folder, KEY))
      onDisk(folder)
      return store
    } catch (error) {
      throw writingFailed(error)
    }
  }

  /** Opens one that is there. Throws VaultError NOT_FOUND, WRONG_KEY, BAD_IDENTITY, DAMAGED, BUSY. */
  static async open(folder: string, identities: readonly string[]): Promise<SealedStore> {
    if (!SealedStore.isIn(folder))
      throw new VaultError('NOT_FOUND', 'there is nothing of ours in this folder', 'give the folder that was made')
    const key = await openKey(readFileSync(join(folder, KEY)), identities)
    return new SealedStore(join(folder, STORE), key.database)
  }

  /** Whether a folder holds one. */
  static isIn(folder: string): boolean {
    return existsSync(join(folder, KEY)) && existsSync(join(folder, STORE))
  }

  private constructor(path: string, key: Buffer) {
    const database = new Database(path)
    try {
      unlock(database, key)
      // Before anything is read: the log's pages are sealed with the same key, and nobody else comes in.
      database.pragma('locking_mode = exclusive')
      database.pragma('journal_mode = wal')
      database.pragma('synchronous = normal')
      database.pragma('temp_store = memory')
      database.pragma('cache_size = -32000')
      database.prepare('SELECT count(*) FROM sqlite_schema').get()
    } catch (cause) {
      database.close()
      if ((cause as { code?: unknown }).code === 'SQLITE_BUSY')
        throw new VaultError('NOT_WRITABLE', 'another process works on it', 'wait for it, or end it', { cause })
      throw damaged(`${STORE} cannot be opened`, cause)
    } finally {
      key.fill(0)
    }
    this.#database = database
  }

  /** Runs one statement. Throws VaultError NOT_WRITABLE. */
  run(sql: string, ...values: unknown[]): void {
    this.#wrapped(() => this.#prepared(sql).run(...values))
  }

  all<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[]
  }

  get<Row>(sql: string, ...values: unknown[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined
  }

  iterate<Row>(sql: string, ...values: unknown[]): IterableIterator<Row> {
    return this.#database.prepare<unknown[]>(sql).iterate(...values) as IterableIterator<Row>
  }

  /** Does all of it, or nothing. */
  atOnce(work: () => void): void {
    this.#wrapped(() => this.#database.transaction(work)())
  }

  close(): void {
    this.#database.close()
  }

  readonly #statements = new Map<string, Database.Statement<unknown[]>>()

  #prepared(sql: string): Database.Statement<unknown[]> {
    let statement = this.#statements.get(sql)
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare<unknown[]>(sql)))
    return statement
  }

  #wrapped(work: () => unknown): void {
    try {
      work()
    } catch (error) {
      throw writingFailed(error)
    }
  }
}
