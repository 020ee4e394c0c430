import { availableParallelism } from 'node:os'
import { type SealedFacts, SealedFile } from './sealed-file.ts'
import { SealingThread } from './sealing-thread.ts'

/** A file that is to be sealed, open for reading. */
export interface PayloadSource {
  /** exact number of bytes */
  readonly size: number
  /** where the very same bytes lie as a plain file on this machine, if they do */
  readonly localPath?: string
  chunks(): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Each takes some 15 MB, and more than a few wait for the disk. */
const MOST_THREADS = 4
/** Up to this size, in bytes, handing a file to a thread costs more than sealing it. */
const SMALL = 128 << 10

/** Seals as many files at once as there are cores, each in a thread of its own; threads are started when first needed. */
export class SealingPool {
  readonly #threads: SealingThread[] = []
  /** places at work, each with its thread once it has one */
  readonly #idle: { thread?: SealingThread }[]
  readonly #queue: ((place: { thread?: SealingThread }) => void)[] = []
  readonly #working = new Set<Promise<unknown>>()
  /** small files on their way to the disk, one after the other */
  #syncing: Promise<void> = Promise.resolve()
  #abandoned = false

  constructor() {
    this.#idle = Array.from({ length: Math.min(availableParallelism(), MOST_THREADS) }, () => ({}))
  }

  /**
   * Seals a file into `out`, which nobody has yet. Opens it when its turn has come, and closes it. Throws what opening and
   * reading throw, and VaultError where the container cannot be written; then nothing is left of it.
   */
  seal(out: string, fileKey: Uint8Array, open: () => Promise<PayloadSource>): Promise<SealedFacts> {
    const work = this.#seal(out, fileKey, open)
    this.#working.add(work)
    void work.catch(() => {}).finally(() => this.#working.delete(work))
    return work
  }

  /** Resolves when the disk has everything, and ends the threads. */
  async close(): Promise<void> {
    await Promise.all([this.#syncing, ...this.#threads.map((thread) => thread.settle())])
    await this.#end()
  }

  /** Stops where it is. Whoever waits is told so. */
  async abandon(): Promise<void> {
    this.#abandoned = true
    await this.#end()
    await Promise.allSettled([...this.#working, this.#syncing])
  }

  async #seal(out: string, fileKey: Uint8Array, open: () => Promise<PayloadSource>): Promise<SealedFacts> {
    const place = this.#idle.pop() ?? (await new Promise<{ thread?: SealingThread }>((turn) => this.#queue.push(turn)))
    try {
      this.#unlessAbandoned()
      const source = await open()
      try {
        this.#unlessAbandoned()
        if (source.size <= SMALL) return await this.#sealHere(out, fileKey, source)
        const thread = (place.thread ??= this.#start())
        const { localPath, size } = source
        const sealed = localPath === undefined ? undefined : await thread.sealLocal(out, fileKey, localPath, size)
        // Where the thread could not read it, its own reader says why.
        return sealed ?? (await thread.sealStream(out, fileKey, source.chunks()))
      } finally {
        await source.close()
      }
    } finally {
      const next = this.#queue.shift()
      if (next) next(place)
      else this.#idle.push(place)
    }
  }

  async #sealHere(out: string, fileKey: Uint8Array, source: PayloadSource): Promise<SealedFacts> {
    const file = new SealedFile(out, fileKey)
    let facts: SealedFacts
    try {
      for await (const chunk of source.chunks()) file.update(chunk)
      facts = file.finish()
    } catch (error) {
      file.discard()
      throw error
    }
    await this.#syncing
    this.#syncing = file.sync()
    // Seen where it is awaited.
    this.#syncing.catch(() => {})
    return facts
  }

  /** No thread is started, and no file opened, that nobody would end or close any more. */
  #unlessAbandoned(): void {
    if (this.#abandoned) throw new Error('the container was abandoned')
  }

  #start(): SealingThread {
    const thread = new SealingThread()
    this.#threads.push(thread)
    return thread
  }

  async #end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()))
  }
}
