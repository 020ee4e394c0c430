import type { Ops } from '../actions/index.ts'
import type { Audit } from '../journal/index.ts'

/** What timers work on. */
export interface TimerParts {
  readonly ops: Ops
  /** the log, open for writing */
  readonly log: {
    readonly size: number
    cosign(): Promise<void>
    entriesFrom(index: number): AsyncIterable<{ readonly index: number; readonly entry: Uint8Array }>
  }
  readonly audit: Audit
}

/** Something that the service does by the clock. It must be safe to be ended at any moment and done again. */
export interface Timer {
  /** what failed, where it fails: for whoever keeps the service running */
  readonly name: string
  /** milliseconds from the end of one turn to the beginning of the next */
  readonly every: number
  run(parts: TimerParts): Promise<unknown>
}
