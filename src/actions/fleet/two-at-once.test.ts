import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import { aDevicePage, CLOCK } from './a-fleet.fixture.ts'
import { beginFleetImport, handInFleetFiles, startFleetImport } from './collect-import.ts'
import { readFleetImport } from './read-fleet.ts'
import { runFleetImport } from './run-import.ts'

test('two who work on the fleet at once', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const owner = await service.actor('app410')
  let now = new Date('2026-11-20T09:00:00Z')
  const begin = async () => {
    now = new Date(now.getTime() + 60_000)
    service.setNow(now)
    return beginFleetImport(ops, owner, { source: 'android_management', at: now })
  }
  const started = async (phone: string) => {
    const id = await begin()
    await handInFleetFiles(ops, owner, id, [{ bytes: aDevicePage({ [phone]: [CLOCK] }) }])
    await startFleetImport(ops, owner, id)
    return id
  }

  for (const which of ['first', 'next'])
    await t.test(
      `E10: of two ${which} imports that two workers read at once, one counts, and the other is tried again`,
      async () => {
        const [early, late] = [await started('PHONE-ALPHA'), await started('PHONE-BETA')]
        const overtaken = {
          ...ops,
          journal: {
            ...ops.journal,
            async record(event: Parameters<typeof ops.journal.record>[0]) {
              await runFleetImport(ops, late)
              return ops.journal.record(event)
            },
          } as typeof ops.journal,
        }
        await assert.rejects(runFleetImport(overtaken, early), /another import was taken in meanwhile/)
        assert.equal((await readFleetImport(ops, early))?.state, 'queued')
        assert.equal((await readFleetImport(ops, late))?.state, 'done')
        await runFleetImport(ops, early)
        assert.equal((await readFleetImport(ops, early))?.failure, 'OUT_OF_ORDER')
      },
    )
})
