import { readStatement } from '../../../../authorisation/index.ts'
import { describeScope } from '../../../../scope/index.ts'
import { openEnvelope } from '../../../../signature/index.ts'

/** What a signed authorisation lets be taken, in plain words. */
export function readScopeOf(envelope: string): string[] {
  const statement = readStatement(openEnvelope(envelope).payload)
  return 'authorisation' in statement ? [...describeScope(statement.authorisation.scope)] : []
}
