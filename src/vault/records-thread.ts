import { Worker } from 'node:worker_threads'
import type { ContainerKey } from './container-key.ts'
import { writingFailed } from './errors.ts'
import { RecordsBatch } from './records-batch.ts'
import type { Answer, Order } from './records-worker.ts'
import type { OtherRow, TreeHead } from './records-writer.ts'

/** Orders that may be under way: bounds the memory when writing is slower than reading. */
const AHEAD = 6

/** Writes a container's database in a thread of its own. Orders are obeyed in the order in which they are given. */
export class RecordsThread {
  readonly #worker: Worker
  #batch = new RecordsBatch()
  #underWay = 0
  #failure: Error | undefined
  #closed: TreeHead | undefined
  #waiting: (() => void)[] = []
  readonly #gone: Promise<unknown>

  constructor(path: string, key: ContainerKey) {
    const compileCache = process.env['NODE_COMPILE_CACHE']
    this.#worker = new Worker(new URL('./records-worker.ts', import.meta.url), {
      workerData: { path, secret: key.secret, database: key.database },
      // Of the parent's environment only where compiled code is kept, which the thread would else compile anew.
      env: compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache },
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    })
    this.#gone = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.on('message', (answer: Answer) => {
      this.#underWay--
      if ('failed' in answer) this.#fail(answer.failed)
      else if ('closed' in answer) this.#closed = answer.closed
      this.#wake()
    })
    this.#worker.on('error', (error) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error))
      this.#wake()
    })
  }

  /** Adds the next record, as canonical JSON; may return a promise to wait for before the next. Throws what went wrong earlier. */
  add(json: string): Promise<void> | undefined {
    if (this.#batch.add(json)) return undefined
    this.#flush()
    if (!this.#batch.add(json)) this.#order({ records: RecordsBatch.of(json) })
    return this.#underWay < AHEAD ? undefined : this.#until(() => this.#underWay < AHEAD)
  }

  addRow(row: OtherRow): void {
    this.#flush()
    this.#order({ row })
  }

  /** Ends the writing and waits for it. */
  async close(): Promise<TreeHead> {
    this.#flush()
    this.#order({ close: true })
    await this.#until(() => this.#closed !== undefined)
    await this.#worker.terminate()
    return this.#closed as TreeHead
  }

  /**
   * Stops after what it was told so far. It is asked and not ended from outside: a thread that is ended while it loads or
   * runs native code can take the whole process with it.
   */
  async abandon(): Promise<void> {
    this.#worker.postMessage({ abandon: true } satisfies Order)
    await this.#gone
  }

  #flush(): void {
    const records = this.#batch.take()
    if (records.length > 0) this.#order({ records }, [records.buffer as ArrayBuffer])
  }

  #order(order: Order, handedOver: readonly ArrayBuffer[] = []): void {
    if (this.#failure) throw this.#failure
    this.#underWay++
    this.#worker.postMessage(order, handedOver)
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#failure) throw this.#failure
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (this.#failure) throw this.#failure
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #fail({ code, message }: { code: string; message: string }): void {
    this.#failure ??= writingFailed(
      Object.assign(new Error(`writing the container failed: ${message}`), { code }),
    ) as Error
  }
}
