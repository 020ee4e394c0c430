import { parseInstant } from '../../authorisation/index.ts'
import type { Clause, Scope } from '../../scope/index.ts'

/** How a scope is to be made smaller. Only what takes away can be said. */
export interface Narrowing {
  /** ids of clauses that go */
  readonly without: readonly string[]
  /** a shorter window for a clause, by its id; RFC 3339, from inclusive, to exclusive */
  readonly windows: Readonly<Record<string, { readonly from: string; readonly to: string }>>
}

/** Why a scope cannot be narrowed so: the clause, where it is about one, and a sentence. */
export interface NarrowingFault {
  readonly clause?: string
  readonly reason: 'NOTHING_CHANGED' | 'NOTHING_LEFT' | 'NO_SUCH_CLAUSE' | 'NO_WINDOW' | 'WIDER'
  readonly says: string
}

/** A scope without what is taken away, or every reason why that is no narrowing. Whatever the new scope admits the old one admitted. */
export function narrower(
  scope: Scope,
  { without, windows }: Narrowing,
): { scope: Scope } | { faults: NarrowingFault[] } {
  const faults: NarrowingFault[] = []
  const known = new Set(scope.map(({ id }) => id))
  for (const clause of [...without, ...Object.keys(windows)])
    if (!known.has(clause)) faults.push({ clause, reason: 'NO_SUCH_CLAUSE', says: 'This part is not in the request.' })
  const left = scope.filter(({ id }) => !without.includes(id))
  const narrowed = left.map((clause) => withWindow(clause, windows[clause.id], faults))
  if (left.length === 0)
    faults.push({ reason: 'NOTHING_LEFT', says: 'Nothing would be left to take: refuse the request instead.' })
  if (faults.length > 0) return { faults }
  if (left.length === scope.length && narrowed.every((clause, at) => clause === left[at]))
    return { faults: [{ reason: 'NOTHING_CHANGED', says: 'Take a part out, or shorten its time.' }] }
  return { scope: narrowed }
}

function withWindow(
  clause: Clause,
  window: { readonly from: string; readonly to: string } | undefined,
  faults: NarrowingFault[],
): Clause {
  if (window === undefined) return clause
  const [from, to] = [parseInstant(window.from), parseInstant(window.to)]
  if (from === undefined || to === undefined || from >= to) {
    faults.push({
      clause: clause.id,
      reason: 'NO_WINDOW',
      says: 'The first day must be a real date, and not after the last day.',
    })
    return clause
  }
  const { between } = clause
  if (between !== undefined) {
    const [oldFrom, oldTo] = [parseInstant(between.from) ?? 0, parseInstant(between.to) ?? 0]
    if (from < oldFrom || to > oldTo) {
      faults.push({ clause: clause.id, reason: 'WIDER', says: 'This reaches beyond what was asked for.' })
      return clause
    }
    if (from === oldFrom && to === oldTo) return clause
  }
  return { ...clause, between: window }
}
