import { rfc3339 } from '../records/index.ts'
import type { Facts } from './facts.ts'
import { holds, type ReadyClause, reasonFor } from './match.ts'
import { CONDITIONS, type Condition } from './scope.ts'

/** What one clause says of one record: admitted, or every condition that fails. */
export interface ClauseExplanation {
  readonly clause: string
  readonly admitted: boolean
  readonly fails: readonly { readonly condition: Condition | 'kind'; readonly why: string }[]
}

/** Says for one record, clause by clause, whether it is admitted, and which conditions fail. Holds no content of the record. */
export function explain(facts: Facts, scope: readonly ReadyClause[]): ClauseExplanation[] {
  return scope.map((ready) => {
    const { clause } = ready
    const fails: { condition: Condition | 'kind'; why: string }[] = []
    if (!clause.records.includes(facts.kind))
      fails.push({ condition: 'kind', why: `asks for ${clause.records.join(', ')}; this is a ${facts.kind}` })
    for (const condition of CONDITIONS)
      if (!holds(condition, facts, ready)) fails.push({ condition, why: why(condition, facts, ready) })
    return { clause: clause.id, admitted: fails.length === 0, fails }
  })
}

function why(condition: Condition, facts: Facts, { clause, from, to }: ReadyClause): string {
  const reason = reasonFor(condition, facts)
  switch (reason) {
    case 'app':
      return `asks for ${clause.apps?.join(', ')}; this is from ${facts.app}`
    case 'no_time':
      return 'the phone holds no usable time for it'
    case 'time':
      return `it is ${facts.time !== undefined && facts.time < from ? `before ${rfc3339(from)}` : `not before ${rfc3339(to)}`}`
    case 'no_party':
      return 'it names no other party'
    case 'party':
      return 'none of the people named is its sender, recipient or a member of its group'
    case 'no_place':
      return 'it has no place'
    case 'place':
      return `it is further than ${clause.near?.radius_metres} metres away`
    case 'no_text':
      return 'it has no text'
    default:
      return 'its text does not contain the words'
  }
}
