import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '../../records/index.ts'
import { ActionError, mustBeValid } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { type ForceFacts, forceFactsFaults, trimmedFacts } from './force-facts.ts'
import { newestFacts } from './read-facts.ts'

/**
 * Says anew what the force says of itself in its record of processing (DPA 2018 s.61(2); law row C22). Every version stays. `seen` is the version that
 * whoever changes it has read, 0 where there is none: of two who change it at once the second is told. Gives the new version. Throws ActionError
 * NOT_ALLOWED, NOT_VALID, NOT_NOW.
 */
export async function changeProcessingFacts(
  ops: Ops,
  actor: Actor,
  { seen, facts }: { readonly seen: number; readonly facts: ForceFacts },
): Promise<number> {
  await askFirst(ops, actor, 'processing.change')
  mustBeValid(forceFactsFaults(facts))
  const said = trimmedFacts(facts)
  return ops.store.db.transaction().execute(async (db) => {
    // One at a time, so that what is logged is what is then done.
    await sql`LOCK TABLE processing_facts IN EXCLUSIVE MODE`.execute(db)
    const before = await newestFacts(db)
    if ((before?.version ?? 0) !== seen)
      throw new ActionError(
        'NOT_NOW',
        'CHANGED_MEANWHILE',
        'somebody else has changed it meanwhile',
        'open the record again, and change what is still to be changed',
      )
    const version = seen + 1
    await ops.journal.record({
      kind: 'processing.changed',
      actor: actor.id,
      details: { version, ...(before && { before: digestOf(before.facts) }), after: digestOf(said) },
    })
    await db
      .insertInto('processing_facts')
      .values({ version, facts: JSON.stringify(said), changed_by: actor.id, changed_at: ops.now() })
      .execute()
    return version
  })
}

function digestOf(facts: ForceFacts): string {
  return hash('sha256', canonical(facts), 'hex')
}
