import { lookAgain, type Looked, type Sources } from '../../../recordings/index.ts'
import type { Store } from '../../../store/index.ts'
import type { Ops } from '../../ops.ts'
import type { ArchiveKeys } from '../details.ts'
import { digestOfInputs, registersOf } from '../registers-of.ts'

/** For so long, in milliseconds, what was found is kept in memory after it was last asked for. */
const KEPT = 10 * 60_000

interface Kept {
  readonly inputs: string
  readonly found: Promise<ReadonlyMap<string, Sources>>
  until?: NodeJS.Timeout
}

/** By sample: the registers of a large archive take seconds to read, and somebody looks at hundreds of recordings in a row. Never written anywhere. */
const kept = new WeakMap<Store, Map<string, Kept>>()

/**
 * What the registers say now of a recording of a sample, looked up anew for all of the sample at once. What was given, stated or held meanwhile is looked at
 * too. Throws what opening throws.
 */
export async function sourcesOf(ops: Ops, keys: ArchiveKeys, sampleId: string, itemId: string): Promise<Sources> {
  const inputs = await digestOfInputs(ops.store.db, keys.archiveId)
  const all = kept.get(ops.store) ?? new Map<string, Kept>()
  kept.set(ops.store, all)
  let one = all.get(sampleId)
  if (one?.inputs !== inputs) {
    clearTimeout(one?.until)
    one = { inputs, found: find(ops, keys, sampleId) }
    all.set(sampleId, one)
  }
  clearTimeout(one.until)
  one.until = setTimeout(() => all.delete(sampleId), KEPT).unref()
  try {
    return (await one.found).get(itemId) ?? NOTHING
  } catch (error) {
    all.delete(sampleId)
    throw error
  }
}

async function find(ops: Ops, keys: ArchiveKeys, sampleId: string): Promise<ReadonlyMap<string, Sources>> {
  const rows = await ops.store.db
    .selectFrom('sampled_items')
    .innerJoin('archive_items', (join) =>
      join.onRef('archive_items.id', '=', 'sampled_items.item_id').on('archive_items.archive_id', '=', keys.archiveId),
    )
    .select(['archive_items.id', 'sealed'])
    .where('sample_id', '=', sampleId)
    .execute()
  const items = rows.flatMap(({ id, sealed }): Looked[] => {
    const facts = sealed === null ? undefined : keys.openDetails(id, sealed).facts
    return facts === undefined ? [] : [{ ...facts, id }]
  })
  return lookAgain(items, await registersOf(ops, keys))
}

const NOTHING: Sources = { holdings: [], bills: [], operations: [], cases: [], protected: [], statements: [] }
