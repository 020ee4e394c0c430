import type { Problem, ProblemCode } from '../records/index.ts'

/** How many problems of one code are kept one by one; a hostile archive could hold millions. */
const KEPT = 1_000
/** How much of an entry's name is kept, in UTF-16 units. */
const NAME = 1_024

/** Collects oddities met while listing. Beyond 1,000 of one code the rest is counted, so that nothing is silent. */
export class ProblemList {
  readonly #kept: Problem[] = []
  readonly #counts = new Map<ProblemCode, number>()

  add(code: ProblemCode, detail: string, file?: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count > KEPT) return
    this.#kept.push(file === undefined ? { code, detail } : { code, file: file.slice(0, NAME).toWellFormed(), detail })
  }

  /** Everything met so far, in the order of the source, then what was only counted. */
  all(): readonly Problem[] {
    const rest: Problem[] = []
    for (const [code, count] of this.#counts) {
      if (count > KEPT) rest.push({ code, detail: `${count - KEPT} more of this kind` })
    }
    return [...this.#kept, ...rest]
  }
}
