import { closeSync, openSync, writeSync } from 'node:fs'
import type { Found, RecordKind } from '../records/index.ts'

/** `truth.json` while it is written: one record a line, so that five million never stand in memory. */
export interface Truth {
  add(found: Found): void
  /** Ends the file with the words that may never come out, and counts what was added. */
  close(never: readonly string[]): Partial<Record<RecordKind, number>>
}

const FLUSH_AT = 1 << 20

/** Starts `path` afresh. Whoever writes a phone adds each record once, field for field as `peel list` would show it. */
export function openTruth(path: string): Truth {
  const file = openSync(path, 'w')
  const counts: Partial<Record<RecordKind, number>> = {}
  let held = '{"records":[\n'
  let first = true
  return {
    add(found) {
      counts[found.kind] = (counts[found.kind] ?? 0) + 1
      held += first ? JSON.stringify(found) : `,\n${JSON.stringify(found)}`
      first = false
      if (held.length > FLUSH_AT) {
        writeSync(file, held)
        held = ''
      }
    },
    close(never) {
      writeSync(file, `${held}\n],"never":${JSON.stringify(never)}}\n`)
      closeSync(file)
      return counts
    },
  }
}
