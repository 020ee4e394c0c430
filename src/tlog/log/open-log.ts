import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { checkConsistency } from '../check-proof.ts'
import { formatCheckpoint, parseCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import { leafHash } from '../merkle.ts'
import { formatNote, parseNote, signatureLine } from '../note.ts'
import { formatProofFile } from '../proof-file.ts'
import { consistencyProof, inclusionProof } from '../proof.ts'
import { readBundle, tileReader } from '../tile-reader.ts'
import { TILE_WIDTH, widthOf } from '../tile.ts'
import { ED25519, verifierOf } from '../vkey.ts'
import { Acceptance } from './acceptance.ts'
import { diskFailed, DurableFolder } from './disk.ts'
import { type Edge, edgeRoot, grow, type Leaf, recheck } from './edge.ts'
import { Head } from './head.ts'
import { type Lock, takeLock } from './lock.ts'
import { type Log, type LogOptions, OWN_ENTRY_LIMIT } from './log.ts'
import { recover, SIGNED } from './recover.ts'
import { Superseded } from './superseded.ts'
import { WriteAhead } from './write-ahead.ts'

/** Entries that one publication may add, and those that may wait for it before nobody else is accepted. */
const PUBLICATION = 8192
const WAITING = 8 * PUBLICATION

/**
 * Opens a log for writing, or begins it where nothing is there. What was accepted before and not published is published first. Throws
 * TlogError `LOG_LOCKED`, `LOG_DAMAGED`, `LOG_ROLLED_BACK`, `LOG_DISK`, and those of a checkpoint that is not signed by this key.
 */
export async function openLog(options: LogOptions): Promise<Log> {
  const served = new DurableFolder(options.folder)
  const state = new DurableFolder(options.state)
  const ahead = new WriteAhead(options.state)
  let lock: Lock | undefined
  try {
    await mkdir(options.state, { recursive: true, mode: 0o700 })
    lock = takeLock(join(options.state, 'lock'))
    await state.prepare()
    await served.prepare()
    const key = verifierOf(options.signer.name, ED25519, options.signer.publicKey)
    const { signed, edge, pending } = await recover(served, state, ahead, key)
    const log = new OpenLog(options, { served, state, ahead, lock, edge, pending })
    await log.begin(signed)
    return log
  } catch (error) {
    await ahead.close().catch(() => undefined)
    lock?.release()
    throw diskFailed(error)
  }
}

interface Parts {
  readonly served: DurableFolder
  readonly state: DurableFolder
  readonly ahead: WriteAhead
  readonly lock: Lock
  readonly edge: Edge
  readonly pending: Leaf[]
}

interface Waiter {
  readonly index: number
  resolve(note: string): void
  reject(reason: Error): void
}

class OpenLog implements Log {
  readonly origin: string
  failure: Error | undefined
  readonly #options: LogOptions
  readonly #parts: Parts
  readonly #head: Head
  readonly #superseded: Superseded
  readonly #acceptance = new Acceptance((leaves) => this.#accept(leaves))
  /** as published */
  #edge: Edge
  /** accepted and not published */
  #pending: Leaf[]
  #waiters: Waiter[] = []
  #publishing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: LogOptions, parts: Parts) {
    this.origin = options.signer.name
    this.#options = options
    this.#parts = parts
    this.#edge = parts.edge
    this.#pending = parts.pending
    this.#head = new Head(parts.served, (size) => this.#reader(size), options.witnesses)
    this.#superseded = new Superseded(options.folder)
  }

  get size(): number {
    return this.#edge.size + this.#pending.length
  }

  /** Publishes what an earlier run left, so that the write-ahead file can begin anew. */
  async begin(signed: string | undefined): Promise<void> {
    await this.#superseded.find(this.#options.now())
    await this.#head.resume(signed ?? (await this.#sign(this.#edge)))
    while (this.#pending.length > 0) await this.#publishSome()
    await this.#parts.ahead.begin(this.size)
    await this.#parts.ahead.drop(this.size)
    await this.#head.cosign()
  }

  append(entry: Uint8Array): Promise<number> {
    return this.appendMany([entry])
  }

  async appendMany(entries: readonly Uint8Array[]): Promise<number> {
    assert(entries.length > 0, 'there is something to append')
    if (entries.some(({ length }) => length > OWN_ENTRY_LIMIT))
      throw new TlogError('ENTRY_TOO_LARGE', 'the entry is longer than 1,024 bytes', 'log a digest of it')
    this.#assertOpen()
    return this.#acceptance.add(entries.map((entry) => ({ entry: Buffer.from(entry), hash: leafHash(entry) })))
  }

  /** One write and one fdatasync for everybody who waits. */
  async #accept(leaves: readonly Leaf[]): Promise<number> {
    while (this.#pending.length >= WAITING && this.failure === undefined) await this.#publish()
    if (this.failure !== undefined) throw this.failure
    const first = this.size
    try {
      await this.#parts.ahead.append(
        first,
        leaves.map(({ entry }) => entry),
      )
    } catch (error) {
      throw this.#fail(error)
    }
    for (const leaf of leaves) this.#pending.push(leaf)
    this.#schedule()
    return first
  }

  #schedule(): void {
    if (this.#publishing !== undefined || this.#timer !== undefined || this.#closed || this.#pending.length === 0)
      return
    const window = Math.min(100, this.#options.window ?? 25)
    this.#timer = setTimeout(() => void this.#publish(), window)
  }

  /** Publishes all that was accepted. Never rejects: what goes wrong stops the log. */
  #publish(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#publishing ??= this.#publishAll().finally(() => {
      this.#publishing = undefined
      if (this.failure === undefined) this.#schedule()
    })
    return this.#publishing
  }

  async #publishAll(): Promise<void> {
    try {
      do await this.#publishSome()
      while (this.#pending.length >= PUBLICATION)
      if (!this.#closed) void this.cosign()
    } catch (error) {
      this.#fail(error)
    }
  }

  async #publishSome(): Promise<void> {
    const { now, grace } = this.#options
    const { served, ahead } = this.#parts
    const leaves = this.#pending.slice(0, PUBLICATION)
    if (leaves.length === 0) return
    const { edge, files } = grow(this.#edge, leaves)
    await served.write(files)
    await recheck((path) => served.read(path), this.#edge, edge)
    await this.#head.publish(await this.#sign(edge))
    this.#edge = edge
    this.#pending = this.#pending.slice(leaves.length)
    const waiters = this.#waiters
    this.#waiters = waiters.filter(({ index }) => index >= edge.size)
    for (const { index, resolve } of waiters) if (index < edge.size) resolve(this.#head.note)
    await ahead.drop(edge.size)
    this.#superseded.note(files.keys(), now())
    await this.#superseded.remove(now(), grace ?? 3_600_000)
  }

  /** Signs a tree that is on the disk, and keeps what was signed before anybody sees it. */
  async #sign(edge: Edge): Promise<string> {
    const { state, lock } = this.#parts
    const root = edgeRoot(edge)
    if (this.#head.note !== '') {
      const before = { size: this.#edge.size, root: edgeRoot(this.#edge) }
      const proof = await consistencyProof(this.#reader(edge.size), before.size, edge.size)
      assert(edge.size > before.size && checkConsistency(proof, before, { size: edge.size, root }), 'a log only grows')
      const kept = (await state.read(SIGNED))?.toString()
      if (!lock.isHeld() || kept === undefined || parseNote(kept).text !== parseNote(this.#head.note).text)
        throw new TlogError(
          'LOG_LOCKED',
          'somebody else has written this log',
          'a log has one writer: find the other one',
        )
    }
    const text = formatCheckpoint({ origin: this.origin, size: edge.size, root })
    const note = formatNote(text, [signatureLine(text, this.#options.signer)])
    await state.write(new Map([[SIGNED, note]]))
    return note
  }

  async cosign(): Promise<void> {
    if (this.failure !== undefined || this.#closed) return
    await this.#head.cosign().catch((error: unknown) => this.#fail(error))
  }

  #fail(error: unknown): Error {
    const reason = diskFailed(error)
    this.failure ??= reason instanceof Error ? reason : new Error(String(reason))
    for (const { reject } of this.#waiters.splice(0)) reject(this.failure)
    return this.failure
  }

  #assertOpen(): void {
    if (this.failure !== undefined) throw this.failure
    if (this.#closed) throw closed()
  }

  checkpoint(): string {
    return this.#head.note
  }

  witnessed(): string | undefined {
    return this.#head.witnessed
  }

  async published(index: number): Promise<string> {
    if (index < this.#edge.size) return this.#head.note
    this.#assertOpen()
    return new Promise((resolve, reject) => this.#waiters.push({ index, resolve, reject }))
  }

  async entry(index: number): Promise<Buffer> {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.size)
      throw new TlogError('OUT_OF_RANGE', 'the log has no such entry', `it has ${this.size}`)
    const waiting = this.#pending[index - this.#edge.size]
    if (waiting !== undefined) return waiting.entry
    return (await this.#bundle(Math.floor(index / TILE_WIDTH)))[index % TILE_WIDTH] as Buffer
  }

  async *entriesFrom(index: number): AsyncGenerator<{ index: number; entry: Buffer }> {
    const end = this.size
    for (let at = Math.max(0, index); at < end; ) {
      const waiting = this.#pending[at - this.#edge.size]
      const stored = waiting === undefined ? await this.#bundle(Math.floor(at / TILE_WIDTH)) : []
      const entries = waiting === undefined ? stored.slice(at % TILE_WIDTH) : [waiting.entry]
      for (const entry of entries.slice(0, end - at)) yield { index: at++, entry }
    }
  }

  #bundle(index: number): Promise<Buffer[]> {
    return readBundle((path) => this.#parts.served.read(path), index, widthOf(0, index, this.#edge.size))
  }

  #reader(size: number) {
    return tileReader((path) => this.#parts.served.read(path), size)
  }

  async proof(index: number): Promise<string> {
    const checkpoint = await this.published(index)
    const { size } = parseCheckpoint(parseNote(checkpoint).text)
    const hashes = await inclusionProof(this.#reader(size), index, size)
    return formatProofFile({ extra: await this.entry(index), index, hashes, checkpoint })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#acceptance.idle()
    do await this.#publish()
    while (this.failure === undefined && this.#pending.length > 0)
    await this.#head.idle()
    // The last word should be a witnessed one, if somebody is there to witness it.
    if (this.failure === undefined && this.#head.note !== this.#head.witnessed)
      await this.#head.cosign().catch((error: unknown) => this.#fail(error))
    for (const { reject } of this.#waiters.splice(0)) reject(closed())
    await this.#parts.ahead.close().catch(() => undefined)
    this.#parts.lock.release()
  }
}

function closed(): TlogError {
  return new TlogError('LOG_CLOSED', 'the log is closed', 'open it again')
}
