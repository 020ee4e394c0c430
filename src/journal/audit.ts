import { EventError, type Finding, type Leaf, LeafInvariants, parseLeaf } from '../events/index.ts'

/** Findings that are kept; their number is always known. */
const KEPT = 100

/**
 * Follows a log and holds every entry to what must be true among entries: no gap in a case, nothing under a grant that ended, nothing destroyed by one
 * person (docs/formats/log.md). It is what an outsider can do with the files alone; the service does it to know before they do.
 */
export class Audit {
  readonly #invariants = new LeafInvariants()
  readonly #findings: Finding[] = []
  #next = 0
  #found = 0
  #going: Promise<void> | undefined

  /** entries looked at so far, from the first */
  get checked(): number {
    return this.#next
  }

  /** how often something did not hold */
  get found(): number {
    return this.#found
  }

  /** the first of them */
  get findings(): readonly Finding[] {
    return this.#findings
  }

  /** Looks at the entries that came since. Calls that come while one is going on share its end. */
  follow(log: { entriesFrom(index: number): AsyncIterable<{ index: number; entry: Uint8Array }> }): Promise<void> {
    this.#going ??= this.#follow(log).finally(() => {
      this.#going = undefined
    })
    return this.#going
  }

  async #follow(log: Parameters<Audit['follow']>[0]): Promise<void> {
    for await (const { index, entry } of log.entriesFrom(this.#next)) {
      for (const finding of this.#invariants.add(leafOf(entry))) {
        this.#found++
        if (this.#findings.length < KEPT) this.#findings.push(finding)
      }
      this.#next = index + 1
    }
  }
}

/** The leaf; of what is none of ours, one of a kind that there is not: its place counts all the same. */
function leafOf(entry: Uint8Array): Leaf {
  try {
    return parseLeaf(entry)
  } catch (error) {
    if (!(error instanceof EventError)) throw error
    return { e: '', k: 'none', t: '', v: 1 }
  }
}
