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
  const { length } = await store.db.selectFrom('statements').select('id').execute()
  for (let tries = 0; (await published(logFolder)) < length && tries < 500; tries++) await pause(20)
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
  assert(size >= length, 'the published checkpoint covers what was acknowledged')
  assert.deepEqual(
    checks.filter(({ result }) => result === 'failed'),
    [],
  )
  assert.deepEqual(found, [])
}

/** How many entries the published checkpoint covers. */
async function published(logFolder: string): Promise<number> {
  const note = await readFile(join(logFolder, 'checkpoint'), 'utf8').catch(() => '')
  return Number(note.split('\n')[1] ?? 0)
}
