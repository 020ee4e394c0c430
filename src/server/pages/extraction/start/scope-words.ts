import { readStatement } from '../../../../authorisation/index.ts'
import { describeParts, type Scope } from '../../../../scope/index.ts'
import { openEnvelope } from '../../../../signature/index.ts'

/** One clause of what was authorised, in plain words: what, and what limits or widens it. */
export interface ReadClause {
  readonly what: string
  readonly limits: readonly string[]
}

/** What a signed authorisation lets be taken, its times as clocks in Britain show them. */
export function scopeOf(envelope: string): ReadClause[] {
  const statement = readStatement(openEnvelope(envelope).payload)
  return 'authorisation' in statement ? readClauses(statement.authorisation.scope) : []
}

export function readClauses(scope: Scope): ReadClause[] {
  return scope.map((clause) => describeParts(clause, 'uk'))
}
