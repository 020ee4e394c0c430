import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { type FileHandle, open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { TlogError } from '../errors.ts'
import { formatBundle, parseBundle } from '../tile.ts'
import { syncFolder } from './disk.ts'

// A batch: magic, index of its first entry (u64), entries (u32), bytes of them (u32), the entries as in a bundle, SHA-256 of all that.
const MAGIC = Buffer.from('PEELWAL1')
const HEAD = 24
const DIGEST = 32
/** A file of batches is followed by another when it is larger than this, bytes. */
const SEGMENT = 1024 * 1024

interface Batch {
  readonly first: number
  readonly entries: readonly Buffer[]
}

interface Segment {
  readonly path: string
  /** index after its last entry */
  end: number
}

/** The file to which entries go before anybody is told that they were accepted. */
export class WriteAhead {
  readonly #folder: string
  readonly #old: Segment[] = []
  #file: FileHandle | undefined
  #current: Segment | undefined
  #bytes = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * Reads what was accepted and may not be in the tree yet: batches in order of their indices. What was torn off while it was written was
   * never accepted and is left out. Throws TlogError `LOG_DAMAGED` where something stands behind what cannot be read.
   */
  async recover(): Promise<Batch[]> {
    const names = (await readdir(this.#folder)).filter((name) => /^wal-\d{16}$/.test(name)).sort()
    const batches: Batch[] = []
    for (const name of names) {
      const path = join(this.#folder, name)
      const own = readBatches(await readFile(path))
      const last = own.at(-1)
      this.#old.push({ path, end: last === undefined ? 0 : last.first + last.entries.length })
      batches.push(...own)
    }
    return batches
  }

  /** Begins a new file, for entries from this index on. */
  async begin(first: number): Promise<void> {
    const path = join(this.#folder, `wal-${String(first).padStart(16, '0')}`)
    await this.#file?.close()
    if (this.#current !== undefined) this.#old.push(this.#current)
    // An older file of this name has no whole batch: if it had, the index would be higher.
    const at = this.#old.findIndex((segment) => segment.path === path)
    if (at !== -1) this.#old.splice(at, 1)
    this.#file = await open(path, 'w', 0o600)
    this.#current = { path, end: first }
    this.#bytes = 0
    await syncFolder(this.#folder)
  }

  /** Writes entries in one batch; when this returns they will be there after any failure of power. */
  async append(first: number, entries: readonly Buffer[]): Promise<void> {
    if (this.#bytes > SEGMENT) await this.begin(first)
    assert(this.#file !== undefined && this.#current?.end === first, 'entries follow each other')
    const batch = formatBatch(first, entries)
    await this.#file.appendFile(batch)
    await this.#file.datasync()
    this.#bytes += batch.length
    this.#current.end = first + entries.length
  }

  /** Removes the files whose entries are all below this index. */
  async drop(size: number): Promise<void> {
    while (this.#old[0] !== undefined && this.#old[0].end <= size) {
      await unlink(this.#old[0].path)
      this.#old.shift()
    }
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }
}

/** Writes one batch. */
export function formatBatch(first: number, entries: readonly Buffer[]): Buffer {
  const payload = formatBundle(entries)
  const head = Buffer.alloc(HEAD)
  MAGIC.copy(head)
  head.writeBigUInt64BE(BigInt(first), 8)
  head.writeUInt32BE(entries.length, 16)
  head.writeUInt32BE(payload.length, 20)
  const body = Buffer.concat([head, payload])
  return Buffer.concat([body, hash('sha256', body, 'buffer')])
}

function readBatches(bytes: Buffer): Batch[] {
  const batches: Batch[] = []
  let at = 0
  while (at < bytes.length) {
    const read = readBatch(bytes, at)
    if (read === undefined) {
      // Only the last batch can be torn: those before it were waited for.
      for (let next = bytes.indexOf(MAGIC, at + 1); next !== -1; next = bytes.indexOf(MAGIC, next + 1))
        if (readBatch(bytes, next) !== undefined)
          throw new TlogError(
            'LOG_DAMAGED',
            'accepted entries cannot be read any more',
            'restore the state of the log from a copy',
          )
      break
    }
    batches.push(read.batch)
    at = read.end
  }
  return batches
}

function readBatch(bytes: Buffer, at: number): { batch: Batch; end: number } | undefined {
  if (bytes.length < at + HEAD + DIGEST || MAGIC.compare(bytes, at, at + 8) !== 0) return undefined
  const first = Number(bytes.readBigUInt64BE(at + 8))
  const start = at + HEAD
  const end = start + bytes.readUInt32BE(at + 20)
  if (end + DIGEST > bytes.length) return undefined
  if (!hash('sha256', bytes.subarray(at, end), 'buffer').equals(bytes.subarray(end, end + DIGEST))) return undefined
  const entries = parseBundle(bytes.subarray(start, end), bytes.readUInt32BE(at + 16))
  return { batch: { first, entries }, end: end + DIGEST }
}
