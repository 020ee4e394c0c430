import type { Leaf } from './edge.ts'

/** Entries that are written together at most, unless they were given together. */
const BATCH = 8192

interface Waiting {
  readonly leaves: readonly Leaf[]
  resolve(first: number): void
  reject(reason: unknown): void
}

/** The queue of those who wait until their entries cannot be lost: while one write is under way, all others gather for the next. */
export class Acceptance {
  readonly #write: (leaves: readonly Leaf[]) => Promise<number>
  readonly #queue: Waiting[] = []
  #running: Promise<void> | undefined

  /** `write` makes leaves durable and gives the index of the first; what it throws goes to everybody whose entries were among them. */
  constructor(write: (leaves: readonly Leaf[]) => Promise<number>) {
    this.#write = write
  }

  add(leaves: readonly Leaf[]): Promise<number> {
    return new Promise<number>((resolve, reject) => {
      this.#queue.push({ leaves, resolve, reject })
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined
      })
    })
  }

  async #run(): Promise<void> {
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
      try {
        let index = await this.#write(batch.flatMap(({ leaves }) => leaves))
        for (const { leaves, resolve } of batch) {
          resolve(index)
          index += leaves.length
        }
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
  }

  #next(): Waiting[] {
    const batch: Waiting[] = []
    let count = 0
    for (const waiting of this.#queue) {
      if (batch.length > 0 && count + waiting.leaves.length > BATCH) break
      batch.push(waiting)
      count += waiting.leaves.length
    }
    this.#queue.splice(0, batch.length)
    return batch
  }

  /** Resolves when nobody waits. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }
}
