import type { Problem } from '../records/index.ts'

/** Collects oddities. The same oddity at the same place is one entry with a number, so that a million odd rows stay one line. */
export class ProblemLedger {
  readonly #entries = new Map<string, { problem: Problem; times: number }>()

  add(problem: Problem, times = 1): void {
    const key = `${problem.code}\n${problem.file ?? ''}\n${problem.detail}`
    const known = this.#entries.get(key)
    if (known) known.times += times
    else this.#entries.set(key, { problem, times })
  }

  addAll(problems: readonly Problem[]): void {
    for (const problem of problems) this.add(problem)
  }

  /** Every oddity with its place, in a defined order. Places may be names that came from the phone. */
  all(): Problem[] {
    return [...this.#entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { problem, times }]) =>
        times === 1 ? problem : { ...problem, detail: `${problem.detail} (${times} times)` },
      )
  }

  /** The same, added up, without the places that are not among these: what a file is called that was left is not ours to keep. */
  placedAt(known: ReadonlySet<string>): Problem[] {
    const shown = new ProblemLedger()
    for (const { problem, times } of this.#entries.values()) {
      const { file, ...rest } = problem
      shown.add(file === undefined || known.has(file) ? problem : rest, times)
    }
    return shown.all()
  }
}
