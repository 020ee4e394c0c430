import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import { aDevicePage, CLOCK, giveRoles } from './a-fleet.fixture.ts'
import { beginFleetImport, handInFleetFiles, startFleetImport, takeBackFleetImport } from './collect-import.ts'
import { readFleetImport } from './read-imports.ts'
import { fleetImportsLeftBehind, runFleetImport } from './run-import.ts'

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

  await t.test('E10: an import that no worker has is found, until something went wrong with it', async () => {
    const id = await started('PHONE-ALPHA')
    assert.deepEqual(await fleetImportsLeftBehind(ops), [id])
    const broken = {
      ...ops,
      journal: {
        ...ops.journal,
        async record() {
          assert.deepEqual(await fleetImportsLeftBehind(ops), [])
          await runFleetImport(ops, id)
          throw new Error('the disk is full')
        },
      },
    }
    await assert.rejects(runFleetImport(broken, id), /disk is full/)
    assert.equal((await readFleetImport(ops, id))?.state, 'queued')
    assert.deepEqual(await fleetImportsLeftBehind(ops), [])
    await runFleetImport(ops, id)
    const { state, failure } = (await readFleetImport(ops, id)) ?? {}
    assert.deepEqual([state, failure], ['done', undefined])
  })

  await t.test(
    'E10: files that two hand in at once are all read, and none after the reading was asked for',
    async () => {
      const id = await begin()
      const handIn = (phone: string) => handInFleetFiles(ops, owner, id, [{ bytes: aDevicePage({ [phone]: [CLOCK] }) }])
      await Promise.all([handIn('PHONE-ALPHA'), handIn('PHONE-BETA')])
      assert.equal((await readFleetImport(ops, id))?.files, 2)
      const ended = await Promise.allSettled([startFleetImport(ops, owner, id), takeBackFleetImport(ops, owner, id)])
      assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 1)
      await assert.rejects(handIn('PHONE-GAMMA'), { reason: 'NOT_COLLECTING' })
      await runFleetImport(ops, id)
      const { state, summary } = (await readFleetImport(ops, id)) ?? {}
      assert.deepEqual(
        [state, summary?.installs],
        ended[0].status === 'fulfilled' ? ['done', 2] : ['taken_back', undefined],
      )
    },
  )

  await t.test('E10: of two rosters that are given at once one is kept', async () => {
    const give = (role: string) => giveRoles(ops, owner, { 'PHONE-ALPHA': [role, 'pc4321'] })
    await Promise.all(['response', 'office', 'custody', 'roads'].map(give))
    assert.equal((await ops.store.db.selectFrom('fleet_rosters').select('id').execute()).length, 1)
  })
})
