import type { Kysely } from 'kysely'
import type { Tables } from '../../store/index.ts'

/** Holds an archive's row for the rest of a transaction: whoever changes what its recordings are takes this first. */
export async function lockArchive(
  db: Kysely<Tables>,
  id: string,
): Promise<{ matching: number; generation: number; state: string }> {
  return db
    .selectFrom('archives')
    .select(['matching', 'generation', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
