/** Something that a court would ask about in a custody record. */
export interface CustodyGap {
  readonly code: 'SEAL_DIFFERS' | 'SEAL_NOT_CHECKED' | 'LATE_ENTRY'
  /** the entry of the record at which it shows */
  readonly entry: number
}

/** Written down so many hours after it happened, an entry is late. */
const LATE_HOURS = 12

/** The number of the seal that the record knows of: the one put on last, or found since; undefined where there is none. */
export function lastSeal(
  events: readonly { readonly seal: string | null; readonly seal_found: string | null }[],
): string | undefined {
  return events.map(({ seal, seal_found }) => seal ?? seal_found).findLast((seal) => seal !== null) ?? undefined
}

/**
 * Looks for what does not join up in a custody record (law row F9): a seal that is not the one put on, a seal that nobody looked at,
 * an entry made long after. Entries in the order in which they happened.
 */
export function custodyGaps(
  events: readonly {
    readonly id: number
    readonly kind: string
    readonly happened_at: Date
    readonly recorded_at: Date | null
    readonly seal: string | null
    readonly seal_found: string | null
  }[],
): CustodyGap[] {
  const gaps: CustodyGap[] = []
  let seal: string | null = null
  for (const { id, kind, happened_at, recorded_at, seal_found, seal: put } of events) {
    const moves = kind === 'moved' || kind === 'returned'
    if (moves && seal !== null && seal_found === null) gaps.push({ code: 'SEAL_NOT_CHECKED', entry: id })
    if (moves && seal_found !== null && seal_found !== seal) gaps.push({ code: 'SEAL_DIFFERS', entry: id })
    if (recorded_at !== null && recorded_at.getTime() - happened_at.getTime() > LATE_HOURS * 3_600_000)
      gaps.push({ code: 'LATE_ENTRY', entry: id })
    seal = put ?? seal_found ?? seal
  }
  return gaps
}
