import { randomBytes } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { VaultError } from './errors.ts'
import { onDisk } from './on-disk.ts'
import { type RecordsDatabase, unlock } from './records-db.ts'

/**
 * Writes a database that lies beside a container. It goes under a name of its own, which says that it is unfinished, until it is whole: several
 * processes may write the same one, and the last has it. Pages are sealed before they touch the disk, and there are no other files. Every method
 * throws VaultError NOT_WRITABLE, after which `abandon` is due.
 */
export class CompanionWriter {
  readonly #path: string
  readonly #making: string
  readonly #database: RecordsDatabase
  readonly #statements = new Map<string, Database.Statement<unknown[]>>()

  /** `key` is 32 bytes, and wiped. */
  constructor(path: string, key: Buffer) {
    this.#path = path
    this.#making = `${path}.${randomBytes(8).toString('hex')}.unfinished`
    try {
      closeSync(openSync(this.#making, 'wx', 0o600))
      this.#database = new Database(this.#making)
      unlock(this.#database, key)
      this.#database.pragma('journal_mode = off')
      this.#database.pragma('synchronous = off')
      this.#database.pragma('temp_store = memory')
      this.#database.pragma('cache_size = -64000')
    } catch (error) {
      rmSync(this.#making, { force: true })
      throw notWritten(error)
    } finally {
      key.fill(0)
    }
  }

  /** Runs one statement. Each is prepared once. */
  run(sql: string, ...values: unknown[]): void {
    try {
      let statement = this.#statements.get(sql)
      if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare<unknown[]>(sql)))
      statement.run(...values)
    } catch (error) {
      throw notWritten(error)
    }
  }

  /** Gives the whole file its name, when the disk has it. */
  finish(): void {
    try {
      this.#database.close()
      onDisk(this.#making)
      renameSync(this.#making, this.#path)
      onDisk(dirname(this.#path))
    } catch (error) {
      throw notWritten(error)
    }
  }

  /** Takes back what was written. */
  abandon(): void {
    this.#database.close()
    rmSync(this.#making, { force: true })
  }
}

/** Whatever the disk or SQLite says while it is written; anything else stays as it is. */
function notWritten(error: unknown): unknown {
  if (!/^(E[A-Z]+|SQLITE_.*)$/.test(String((error as { code?: unknown } | undefined)?.code))) return error
  return new VaultError(
    'NOT_WRITABLE',
    'what belongs beside the container could not be written',
    'make room, and look at who may write there',
    { cause: error },
  )
}
