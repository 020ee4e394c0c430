import type { Kysely } from 'kysely'
import type { Tables } from '../../store/index.ts'
import type { ForceFacts } from './force-facts.ts'

/** One version of what the force says of itself. */
export interface FactsVersion {
  readonly version: number
  readonly facts: ForceFacts
  readonly changedBy: string
  readonly changedAt: Date
}

/** Every version, the newest first. For whoever may see them: ask the policy first. */
export async function factsVersions(db: Kysely<Tables>, most = 100): Promise<FactsVersion[]> {
  const rows = await db
    .selectFrom('processing_facts')
    .innerJoin('people', 'people.id', 'processing_facts.changed_by')
    .select(['version', 'facts', 'people.name', 'changed_at'])
    .orderBy('version', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ version, facts, name, changed_at }) => ({
    version,
    facts,
    changedBy: name,
    changedAt: changed_at,
  }))
}

/** The version that counts; undefined before the force has said anything. */
export async function newestFacts(db: Kysely<Tables>): Promise<FactsVersion | undefined> {
  return (await factsVersions(db, 1))[0]
}
