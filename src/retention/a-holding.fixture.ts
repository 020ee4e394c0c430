import type { Holding } from './holding.ts'

/** A holding for tests of this room: a victim's extract of a case that goes on, with changes. */
export function aHolding(changes: Partial<Holding> = {}): Holding {
  return {
    id: 'H-0001',
    objectClass: 'raw_extract',
    group: '3',
    personRole: 'victim',
    child: false,
    created: '2026-03-20',
    relevance: 'undecided',
    evidence: false,
    holds: [],
    owner: 'records_reviewer',
    ...changes,
  }
}
