import { instant, rfc3339, type TimeEncoding } from '../records/index.ts'
import type { ReadContext } from './artefact.ts'

/** Reports each kind of oddity once per database: a million rows that share one are one problem, not a million. */
export class Oddities {
  readonly #context: ReadContext
  readonly #reported = new Set<string>()

  constructor(context: ReadContext) {
    this.#context = context
  }

  /** `where` is a table or column, `what` is in words: neither ever holds content. */
  once(where: string, what: string): void {
    if (this.#reported.has(where)) return
    this.#reported.add(where)
    this.#context.problem({ code: 'value_odd', file: this.#context.path, detail: `${where}: ${what}` })
  }

  /** Reads a raw time into the two fields of a record; not set (absent or zero) is no oddity. */
  time(where: string, raw: unknown, encoding: TimeEncoding): { time?: string; time_raw?: string } {
    if (raw === null || raw === undefined) return {}
    if (typeof raw !== 'number' && typeof raw !== 'bigint') {
      this.once(where, 'not a number')
      return {}
    }
    const ms = instant(raw, encoding)
    if (ms !== undefined) return { time: rfc3339(ms), time_raw: String(raw) }
    if (raw !== 0) this.once(where, 'outside the years that a time can have')
    return { time_raw: String(raw) }
  }
}
