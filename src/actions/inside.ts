import type { Kysely } from 'kysely'
import type { Tables } from '../store/index.ts'
import type { Ops } from './ops.ts'

/**
 * The same, asking the database within a transaction. Whoever holds one of a process's few connections and asks for another waits for those who do the same,
 * and they for them.
 */
export function inside(ops: Ops, db: Kysely<Tables>): Ops {
  return { ...ops, store: { ...ops.store, db } }
}
