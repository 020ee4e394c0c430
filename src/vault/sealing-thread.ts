import { Worker } from 'node:worker_threads'
import { writingFailed } from './errors.ts'
import type { SealedFacts } from './sealed-file.ts'
import type { SealingAnswer, SealingOrder } from './sealing-worker.ts'

/** Chunks that may be on their way to a thread: bounds the memory when sealing is slower than reading. */
const AHEAD = 3

/** A thread that seals one file at a time. */
export class SealingThread {
  readonly #worker: Worker
  readonly #gone: Promise<unknown>
  /** not 0 once the thread is to stop in the middle of a file */
  readonly #stopped = new Int32Array(new SharedArrayBuffer(4))
  /** whoever waits for an answer, in the order of the orders */
  readonly #asking: { resolve: (answer: SealingAnswer) => void; reject: (error: unknown) => void }[] = []
  #over: { error: unknown } | undefined

  constructor() {
    const compileCache = process.env['NODE_COMPILE_CACHE']
    this.#worker = new Worker(new URL('./sealing-worker.ts', import.meta.url), {
      workerData: { stopped: this.#stopped },
      env: compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache },
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    })
    this.#gone = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.on('message', (answer: SealingAnswer) => this.#asking.shift()?.resolve(answer))
    this.#worker.on('error', (error) => this.#end(error))
    this.#worker.on('exit', () => this.#end(new Error('the thread that seals files ended')))
  }

  /** Seals a file that lies on this machine. Returns undefined where it cannot be read, and nothing is left of it. */
  async sealLocal(out: string, fileKey: Uint8Array, path: string, size: number): Promise<SealedFacts | undefined> {
    const answer = await this.#ask({ seal: path, size, out, fileKey })
    return 'failed' in answer && answer.failed.reading ? undefined : facts(answer)
  }

  /** Seals what comes out of a stream; what the stream throws is thrown on, and nothing is left of it. */
  async sealStream(out: string, fileKey: Uint8Array, chunks: AsyncIterable<Uint8Array>): Promise<SealedFacts> {
    const answers: Promise<SealingAnswer>[] = []
    const tell = (order: SealingOrder, transfer: ArrayBuffer[] = []) => {
      const answer = this.#ask(order, transfer)
      answer.catch(() => {})
      answers.push(answer)
    }
    const heard = async (most: number) => {
      while (answers.length > most) facts(await (answers.shift() as Promise<SealingAnswer>), 'nothing yet')
    }
    tell({ begin: out, fileKey })
    try {
      for await (const chunk of chunks) {
        // A copy, because only its reader knows whether the chunk's memory is used again.
        const copy = new Uint8Array(chunk)
        tell({ chunk: copy }, [copy.buffer])
        await heard(AHEAD)
      }
      await heard(0)
    } catch (error) {
      await this.#ask({ drop: true })
      throw error
    }
    return facts(await this.#ask({ end: true }))
  }

  /** Resolves when the disk has everything. */
  async settle(): Promise<void> {
    facts(await this.#ask({ settle: true }), 'nothing yet')
  }

  /**
   * Stops after the chunk that it is at; whoever waits is told so. It is asked and not ended from outside, as the thread of
   * the records is.
   */
  async end(): Promise<void> {
    Atomics.store(this.#stopped, 0, 1)
    this.#worker.postMessage({ leave: true } satisfies SealingOrder)
    await this.#gone
  }

  #ask(order: SealingOrder, transfer: ArrayBuffer[] = []): Promise<SealingAnswer> {
    if (this.#over) return Promise.reject(this.#over.error)
    return new Promise((resolve, reject) => {
      this.#asking.push({ resolve, reject })
      this.#worker.postMessage(order, transfer)
    })
  }

  #end(error: unknown): void {
    this.#over ??= { error }
    for (const { reject } of this.#asking.splice(0)) reject(this.#over.error)
  }
}

function facts(answer: SealingAnswer): SealedFacts
function facts(answer: SealingAnswer, expected: 'nothing yet'): undefined
function facts(answer: SealingAnswer): SealedFacts | undefined {
  if ('sealed' in answer) return answer.sealed
  if ('done' in answer) return undefined
  const { code, message } = answer.failed
  throw writingFailed(Object.assign(new Error(`writing a payload failed: ${message}`), { code }))
}
