import type { PeelRecord } from '../records/index.ts'
import { type ClauseExplanation, explain, factsOf, type ReadyClause } from '../scope/index.ts'
import type { Terminal } from './terminal.ts'

/** Says, clause by clause, which admits a record that was taken and which condition of each other fails. */
export function explanationOf(record: PeelRecord, scope: readonly ReadyClause[]): ClauseExplanation[] {
  return explain(factsOf(record), scope)
}

/** Prints the same for people. */
export function printExplanation(record: PeelRecord, scope: readonly ReadyClause[], terminal: Terminal): void {
  for (const { clause, admitted, fails } of explanationOf(record, scope)) {
    if (admitted) terminal.line(`    ${terminal.good(`${clause} admits it`)}`)
    else if (record.context && record.clauses.includes(clause))
      terminal.line(`    ${clause} has it as context: it stands beside a message that ${clause} admits`)
    else terminal.line(terminal.faint(`    ${clause} does not: ${whatMatters(fails).join('; ')}`))
  }
}

/** Where a clause asks for another kind of record, its other conditions say nothing. */
function whatMatters(fails: ClauseExplanation['fails']): string[] {
  const kind = fails.find(({ condition }) => condition === 'kind')
  return (kind ? [kind] : fails).map(({ why }) => why)
}
