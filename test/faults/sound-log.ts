import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ops } from '../../src/actions/index.ts'
import { LeafInvariants, parseLeaf } from '../../src/events/index.ts'
import { verifyLog } from '../../src/tlog/index.ts'

/** Holds a log to everything that anybody can check of it, once nothing waits for its place in it. */
export async function soundLog({ store, logFolder }: Ops): Promise<void> {
  for (;;) {
    const waiting = await store.db.selectFrom('statements').select('id').where('leaf', 'is', null).execute()
    if (waiting.length === 0) break
    await pause(20)
  }
  const invariants = new LeafInvariants()
  const found: unknown[] = []
  const { checks, size } = await verifyLog({
    read: (path) => readFile(join(logFolder, path)),
    archive: async () => [],
    leaf: (entry) => {
      found.push(...invariants.add(parseLeaf(entry)))
      return undefined
    },
  })
  assert.equal(size > 0, (await store.db.selectFrom('statements').select('id').execute()).length > 0)
  assert.deepEqual(
    checks.filter(({ result }) => result === 'failed'),
    [],
  )
  assert.deepEqual(found, [])
}
