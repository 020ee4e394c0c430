import { randomBytes } from 'node:crypto'
import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import type { Problem } from '../../records/index.ts'
import { NoRoomError } from '../errors.ts'
import type { FileSource, OpenFile } from '../file-source.ts'
import { scratchPlaces } from '../scratch.ts'
import { onCopy } from './connection.ts'
import { notADatabase } from './damage.ts'
import { ExactReader } from './exact-reader.ts'
import { HEADER_BYTES, mendHeader, pageSizeOf } from './header.ts'
import { type Layer, withFile } from './logs.ts'
import { mendSchema } from './mend-schema.ts'
import { cutShort, type Merged } from './merged.ts'
import { overlayPages, pagesAfter } from './overlay.ts'
import { PageCipher } from './page-cipher.ts'

/**
 * Copies a database that does not fit memory, its logs' pages in place, into a file whose every page is encrypted under a
 * key that exists only in this process, and opens that. The file has lost its name before the first page is written, so
 * that nothing is left of it however the process ends. Throws AcquisitionError DAMAGED, or NoRoomError.
 */
export async function mergeSealed(source: FileSource, main: OpenFile, layers: readonly Layer[]): Promise<Merged> {
  const pageSize = layers[0]?.overlay.pageSize ?? pageSizeOf(await main.head(HEADER_BYTES))
  if (pageSize === undefined) throw notADatabase(main.path)
  const key = randomBytes(32)
  let room = main.size
  for (const { overlay } of layers) room += overlay.at.size * overlay.pageSize
  const folder = scratchPlaces().find(({ budget }) => budget >= room)?.folder ?? tmpdir()
  const copy = new SealedCopy(folder, pageSize, key)
  try {
    const { sha256, bytes } = await copy.fill(main)
    for (const { file, overlay } of layers) {
      copy.resize(pagesAfter(overlay, copy.pages))
      await withFile(source, file, async (log) => {
        for await (const { page, bytes } of overlayPages(overlay, log.chunks())) copy.put(page, bytes)
      })
    }
    const problems: Problem[] = []
    const lost = copy.finish(main.path)
    if (lost > 0) problems.push(cutShort(main.path, lost))
    const { database } = copy
    database.pragma(`page_size = ${pageSize}`)
    database.pragma("cipher = 'aes256cbc'")
    database.pragma('legacy = 0')
    // The published types leave it out.
    ;(database as unknown as { key(key: Buffer): number }).key(key)
    problems.push(...mendSchema(database, main.path))
    return {
      connection: onCopy(database, () => copy.close()),
      opened: Promise.resolve({ path: main.path, bytes, sha256 }),
      problems,
    }
  } catch (error) {
    copy.database.close()
    copy.close()
    throw noRoom(error)
  } finally {
    key.fill(0)
  }
}

/** How much is written at once, in bytes. */
const RUN = 1 << 20

class SealedCopy {
  readonly database: Database.Database
  pages = 0
  readonly #path: string
  readonly #descriptor: number
  readonly #pageSize: number
  readonly #cipher: PageCipher
  /** the first page in the clear, until its header can be mended */
  #first: Buffer | undefined
  /** encrypted pages that wait to be written, and the number of the first of them */
  #run: Buffer[] = []
  #runStart = 1

  constructor(folder: string, pageSize: number, key: Buffer) {
    this.#path = join(folder, `.peel-${randomBytes(12).toString('hex')}`)
    this.#pageSize = pageSize
    this.#cipher = new PageCipher(key)
    this.#descriptor = openSync(this.#path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
    // SQLite opens the file at once and reads it only when it is asked something.
    this.database = new Database(this.#path)
    rmSync(this.#path)
  }

  async fill(main: OpenFile): Promise<{ sha256: string; bytes: number }> {
    const reader = new ExactReader(main.chunks())
    for (;;) {
      const page = await reader.take(this.#pageSize)
      if (page.length < this.#pageSize) break
      this.pages++
      this.put(this.pages, page)
    }
    return { sha256: await reader.digest(), bytes: reader.seen }
  }

  /** Sets the size in pages; pages that nobody puts are empty. */
  resize(pages: number): void {
    const empty = Buffer.alloc(this.#pageSize)
    const before = this.pages
    this.pages = pages
    for (let page = before + 1; page <= pages; page++) this.put(page, empty)
  }

  put(page: number, bytes: Buffer): void {
    if (page > this.pages) return
    if (page === 1) this.#first = Buffer.from(bytes)
    else this.#write(page, bytes)
  }

  /** Writes the first page. Returns how many pages are missing at the end. */
  finish(path: string): number {
    if (!this.#first || pageSizeOf(this.#first) !== this.#pageSize) throw notADatabase(path)
    const lost = mendHeader(this.#first, this.pages)
    this.#write(1, this.#first)
    this.#flush(1)
    this.#first.fill(0)
    this.#cipher.forget()
    return lost
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #write(page: number, bytes: Buffer): void {
    if (page !== this.#runStart + this.#run.length || this.#run.length * this.#pageSize >= RUN) this.#flush(page)
    this.#run.push(this.#cipher.encrypt(page, bytes))
  }

  /** Writes the pages that were put one after the other in one go, and begins anew at `next`. */
  #flush(next: number): void {
    const sealed = Buffer.concat(this.#run)
    const position = (this.#runStart - 1) * this.#pageSize
    for (let written = 0; written < sealed.length; )
      written += writeSync(this.#descriptor, sealed, written, sealed.length - written, position + written)
    this.#run = []
    this.#runStart = next
  }
}

function noRoom(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (!['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return error
  return new NoRoomError('there is no room for a sealed working copy of a database', { cause: error })
}
