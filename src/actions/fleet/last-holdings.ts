import type { Insertable, Kysely } from 'kysely'
import type { Holdings } from '../../apps/index.ts'
import type { Tables } from '../../store/index.ts'
import type { Ops } from '../ops.ts'
import type { FleetKeys } from './fleet-keys.ts'
import { decodeHoldings, encodeHoldings } from './holdings-file.ts'
import { openFleetFile, removeFleetFiles, unpackFleetFile, writeFleetFile } from './sealed-file.ts'

/** What phones hold is as large as its imports were, and far smaller as it rests. */
const LARGEST_HOLDINGS = 2_000_000_000
const BEGINNING = 'holdings-'

/** What phones held by the last import. */
export interface LastHoldings {
  /** the id of that import; absent before the first one */
  readonly last?: string
  readonly holdings: Holdings
  /** whether the file is gone, which a restored database does not bring back */
  readonly isLost: boolean
}

/** Reads what phones held by the last import: nothing where there was none, or where it is lost. Throws VaultError DAMAGED. */
export async function lastHoldings(ops: Ops, keys: FleetKeys): Promise<LastHoldings> {
  const state = await ops.store.db.selectFrom('fleet_state').select('import_id').executeTakeFirst()
  if (state === undefined) return { holdings: decodeHoldings(undefined), isLost: false }
  const packed = await openFleetFile(ops, keys, BEGINNING + state.import_id).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  return {
    last: state.import_id,
    holdings: decodeHoldings(packed && unpackFleetFile(packed, LARGEST_HOLDINGS)),
    isLost: packed === undefined,
  }
}

/** Writes down what phones hold by an import. It counts once `replaceLast` says so. */
export async function writeHoldings(ops: Ops, keys: FleetKeys, importId: string, holdings: Holdings): Promise<void> {
  await writeFleetFile(ops, keys, BEGINNING + importId, encodeHoldings(holdings))
}

/**
 * Puts an import in the place of the one that it was worked out from; to be called in the transaction that changes tickets. Of two that were worked out from
 * the same one the second throws, and is tried again.
 */
export async function replaceLast(
  db: Kysely<Tables>,
  last: string | undefined,
  next: Insertable<Tables['fleet_state']>,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('fleet_state')
    .values(next)
    .onConflict((conflict) =>
      last === undefined
        ? conflict.doNothing()
        : conflict.column('one').doUpdateSet(next).where('fleet_state.import_id', '=', last),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw new Error('another import was taken in meanwhile')
}

/** Removes what phones held by every other import. */
export async function removeOtherHoldings(ops: Ops, importId: string): Promise<void> {
  await removeFleetFiles(ops, BEGINNING, BEGINNING + importId)
}
