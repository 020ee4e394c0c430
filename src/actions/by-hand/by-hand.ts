import type { RecordKind } from '../../records/index.ts'
import type { Scope } from '../../scope/index.ts'

/** How a device is looked at by hand. Each is an extraction: reproduction in any form, of a device or of what is in it (law row B10). */
export const HAND_METHODS = ['screen', 'photographs', 'screenshots', 'sim-card', 'memory-card'] as const
export type HandMethod = (typeof HAND_METHODS)[number]

/** Who can be there beside whoever looks. */
export const PRESENT = ['user', 'supporter', 'interpreter', 'investigator', 'nobody'] as const
export type Present = (typeof PRESENT)[number]

/** What an extraction by hand has for a source. */
export interface HandSource {
  readonly kind: 'hand'
  readonly method: HandMethod
}

/** How many of one kind were seen that one clause asks for. */
export interface Seen {
  readonly clause: string
  readonly kind: RecordKind
  readonly count: number
}

/** What is kept of a device that was looked at by hand: numbers and statements. Nothing that was on it. */
export interface ByHand {
  readonly method: HandMethod
  /** RFC 3339 */
  readonly from: string
  readonly to: string
  readonly present: readonly Present[]
  readonly seen: readonly Seen[]
  /** things seen beside what was authorised; nothing of them is kept */
  readonly excess: number
  /** pictures and copies that were made of what was authorised */
  readonly pictures: number
  /** the exhibit as which those are kept: not here */
  readonly kept_as?: string
  /** the day by which somebody looks again whether those are needed */
  readonly review_on?: string
  /** whether it went on after the authorisation had ended */
  readonly late: boolean
  /** lower-case hex SHA-256 over the authorisation's signed payload */
  readonly authorisation: string
  readonly recorded_by: string
}

/** What is asked of whoever looked: for each clause, each kind that it names. */
export function askedFor(scope: Scope): Omit<Seen, 'count'>[] {
  return scope.flatMap(({ id: clause, records }) => records.map((kind) => ({ clause, kind })))
}

/** How many were seen, by kind. A thing that two clauses ask for counts in both. */
export function seenByKind(seen: readonly Seen[]): Partial<Record<RecordKind, number>> {
  const counts: Partial<Record<RecordKind, number>> = {}
  for (const { kind, count } of seen) counts[kind] = (counts[kind] ?? 0) + count
  return counts
}
