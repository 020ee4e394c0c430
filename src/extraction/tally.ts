import { RECORD_KINDS, type RecordKind } from '../records/index.ts'
import type { Reason } from '../scope/index.ts'
import type { RemovalReason } from './manifest.ts'

/** What became of one kind of record. `total` is `taken` and everything in `left` and `removed` together. */
export interface KindCounts {
  total: number
  taken: number
  /** how many of `taken` are context */
  context: number
  left: Partial<Record<Reason, number>>
  /** taken once, and removed when the extract was sealed anew; absent where nothing was */
  removed?: Partial<Record<RemovalReason, number>>
}

/** Counts records by kind and clause. */
export class Tally {
  readonly kinds = new Map<RecordKind, KindCounts>()
  readonly clauses = new Map<string, number>()

  kind(kind: RecordKind): KindCounts {
    let counts = this.kinds.get(kind)
    if (counts === undefined) {
      counts = { total: 0, taken: 0, context: 0, left: {} }
      this.kinds.set(kind, counts)
    }
    return counts
  }

  found(kind: RecordKind, count = 1): void {
    this.kind(kind).total += count
  }

  left(kind: RecordKind, reason: Reason, count = 1): void {
    if (count === 0) return
    const { left } = this.kind(kind)
    left[reason] = (left[reason] ?? 0) + count
  }

  took(kind: RecordKind, clauses: readonly string[], context: boolean): void {
    const counts = this.kind(kind)
    counts.taken++
    if (context) counts.context++
    for (const clause of clauses) this.clauses.set(clause, (this.clauses.get(clause) ?? 0) + 1)
  }

  /** Records taken so far, of all kinds. */
  get taken(): number {
    let taken = 0
    for (const counts of this.kinds.values()) taken += counts.taken
    return taken
  }

  /**
   * Counts as unreadable what was counted and then could not be read, so that nothing vanishes between the two. Returns the
   * kinds of which more came out than were counted: a damaged index counts other rows than its table holds.
   */
  settle(): RecordKind[] {
    const differing: RecordKind[] = []
    for (const [kind, counts] of this.kinds) {
      let left = 0
      for (const [reason, count] of Object.entries(counts.left) as [Reason, number][])
        if (count > 0) left += count
        else delete counts.left[reason]
      const lost = counts.total - counts.taken - left
      if (lost > 0) this.left(kind, 'unreadable', lost)
      if (lost < 0) {
        counts.total -= lost
        differing.push(kind)
      }
    }
    return differing
  }

  /** The counts in the order of the kinds. */
  toJSON(): Partial<Record<RecordKind, KindCounts>> {
    const out: Partial<Record<RecordKind, KindCounts>> = {}
    for (const kind of RECORD_KINDS) {
      const counts = this.kinds.get(kind)
      if (counts) out[kind] = counts
    }
    return out
  }
}
