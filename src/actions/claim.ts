import { type RawBuilder, sql } from 'kysely'
import type { Store } from '../store/index.ts'

/** Something that this process has to itself. */
export interface Claim {
  release(): Promise<void>
}

/**
 * Takes a piece of work for this process alone, for as long as its connection to the database lives: whoever is killed lets go of it at once, and
 * no clock decides who is dead. `what`: the kind and the id, `extraction <id>`. Undefined where another has it. `lost` is called when the connection
 * breaks.
 */
export async function claim({ pool }: Store, what: string, lost: () => void): Promise<Claim | undefined> {
  const client = await pool.connect()
  let broken = false
  const failed = () => {
    broken = true
    lost()
  }
  client.on('error', failed)
  const letGo = () => {
    client.off('error', failed)
    client.release(broken)
  }
  try {
    const { rows } = await client.query<{ got: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got',
      [what],
    )
    if (rows[0]?.got !== true) {
      letGo()
      return undefined
    }
  } catch (error) {
    client.release(true)
    throw error
  }
  return {
    async release() {
      // A broken connection has let go by itself, and must not be used again.
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [what]).catch(() => (broken = true))
      letGo()
    },
  }
}

/**
 * In a query: that nobody has claimed it. `what` is the kind, `id` a column of the query's with ids. A lock of the database falls with the connection of
 * whoever held it.
 */
export function isUnclaimed(what: string, id: string): RawBuilder<boolean> {
  return sql<boolean>`NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (classid::bigint << 32 | objid::bigint) = hashtextextended(${what} || ' ' || ${sql.ref(id)}::text, 0))`
}
