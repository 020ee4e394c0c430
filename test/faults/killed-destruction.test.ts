// A worker killed at any moment while recordings are matched or destroyed: another goes on, nothing is destroyed twice, counted twice or without a certificate.
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { destroyBatch, matchArchiveNow, startMatching } from '../../src/actions/index.ts'
import { anArchive, REC300 } from '../../src/actions/archive/an-archive.fixture.ts'
import { archiveFolder, withArchiveKeys } from '../../src/actions/archive/details.ts'
import { openedItems } from '../../src/actions/archive/opened-items.ts'
import { archiveOf } from '../../src/actions/archive/read-archive.ts'
import { readRecording, recordingPlace } from '../../src/actions/archive/recording-file.ts'
import { registersOf } from '../../src/actions/archive/registers-of.ts'
import { aProposal, approvedBy, IAO310, sampledToTheEnd } from '../../src/actions/archive/batch/a-batch.fixture.ts'
import { batchRow } from '../../src/actions/archive/batch/frozen-batch.ts'
import { openEvent } from '../../src/events/index.ts'
import { testService } from '../../src/server/test-service.fixture.ts'
import { goesOn, killedAfter } from './killed-worker.ts'
import { soundLog } from './sound-log.ts'

const KILLS = 10
const GOES_ON = { ending: new AbortController().signal }

test('E14: a worker that is killed at any of ten moments of a matching or a destruction leaves nothing undone, done twice or uncertified', {
  timeout: 600_000,
}, async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service.ops, { recordings: 500 })
  const { ops, id } = archive
  const { db } = ops.store

  const found = () =>
    db
      .selectFrom('archive_items')
      .select(['id', 'class', 'codes', 'follows'])
      .where('archive_id', '=', id)
      .orderBy('id')
      .execute()
  const first = await found()
  await startMatching(ops, REC300, id)
  const matching = (await killedAfter(ops, service.databaseAddress, ['match', id], 60_000)) as number
  const waits: number[] = []
  for (let kill = 1; kill <= KILLS; kill++) {
    await startMatching(ops, REC300, id)
    const before = await archiveOf(ops, id)
    const wait = Math.round(matching * ((kill - Math.random()) / KILLS))
    waits.push(wait)
    await killedAfter(ops, service.databaseAddress, ['match', id], wait)
    await goesOn(() => matchArchiveNow(ops, id, GOES_ON))
    const after = await archiveOf(ops, id)
    assert.equal(after.state, 'matched')
    assert.equal(after.matching, before.matching + 1, 'matched once, whoever did it')
    assert.deepEqual(await found(), first, 'everything is of its class')
  }
  t.diagnostic(`a whole matching: ${Math.round(matching)} ms; killed after ${waits.join(', ')} ms`)

  await sampledToTheEnd(ops, id)
  const months = await db
    .selectFrom('archive_items')
    .select('month')
    .distinct()
    .where('class', '=', 'E')
    .where('month', 'is not', null)
    .orderBy('month')
    .execute()
  assert(months.length > KILLS, `so many months: ${months.length}`)
  const batches: string[] = []
  const approved = async (at: number): Promise<string> => {
    const batch = await aProposal(archive, { months: [months[at]?.month as string] })
    await approvedBy(ops, IAO310, batch)
    batches.push(batch)
    return batch
  }
  // How long one takes that nobody kills: the moments are spread over it.
  const whole = (await killedAfter(ops, service.databaseAddress, ['destroy', await approved(0)], 60_000)) as number
  const states: string[] = []
  for (let kill = 1; kill <= KILLS; kill++) {
    const batch = await approved(kill)
    const wait = Math.round(whole * ((kill - Math.random()) / KILLS))
    await killedAfter(ops, service.databaseAddress, ['destroy', batch], wait)
    states.push(`${wait} ms: ${(await batchRow(ops, batch)).state}`)
    await goesOn(() => destroyBatch(ops, batch, GOES_ON))
    // Again, as a queue may hand it out twice.
    assert.equal(await destroyBatch(ops, batch, GOES_ON), 'over')
  }
  t.diagnostic(`a whole one: ${Math.round(whole)} ms; killed after ${states.join(', ')}`)

  const items = await db.selectFrom('archive_items').selectAll().where('archive_id', '=', id).execute()
  const inBatches = await db.selectFrom('batch_items').selectAll().execute()
  assert.equal(new Set(inBatches.map(({ item_id }) => item_id)).size, inBatches.length, 'nothing is in two batches')
  const destroyed = items.filter(({ state }) => state === 'destroyed')
  assert.deepEqual(
    destroyed.map((one) => one.id).sort(),
    inBatches.map(({ item_id }) => item_id).sort(),
    'what was approved is destroyed, and nothing else',
  )
  for (const one of destroyed) {
    assert.equal(one.sealed, null)
    assert(!existsSync(recordingPlace(ops, id, one.id)))
  }

  const events = (
    await db.selectFrom('statements').select(['kind', 'envelope']).where('kind', 'like', 'batch.%').execute()
  ).map(({ kind, envelope }) => ({ kind, details: openEvent(envelope, []).details as Record<string, unknown> }))
  let certified = 0
  for (const batch of batches) {
    const row = await batchRow(ops, batch)
    assert.equal(row.state, 'destroyed')
    assert(row.certificate)
    const of = (kind: string) => events.filter((one) => one.kind === kind && one.details['batch'] === batch)
    assert.deepEqual([of('batch.destroyed').length, of('batch.certified').length], [1, 1], 'once in the log')
    assert.equal(of('batch.certified')[0]?.details['certificate'], hash('sha256', row.certificate, 'hex'))
    certified += (JSON.parse(row.certificate.toString()) as { count: number }).count
  }
  assert.equal(certified, destroyed.length, 'every one is certified once')

  const after = await archiveOf(ops, id)
  assert.equal(after.generation, 1 + batches.length)
  let opened = 0
  await withArchiveKeys(ops, after, async (keys) => {
    for await (const page of openedItems(db, keys))
      for (const one of page) {
        const parts: Buffer[] = []
        const { recordingKey } = one.details
        for await (const piece of readRecording(recordingPlace(ops, id, one.id), { recordingKey, bytes: one.bytes }))
          parts.push(Buffer.from(piece))
        assert.equal(hash('sha256', Buffer.concat(parts), 'hex'), one.sha256, 'what stays is what was collected')
        opened++
      }
    assert((await registersOf(ops, keys)).bills.length > 0)
  })
  assert.equal(opened, items.length - destroyed.length)
  assert.deepEqual(readdirSync(archiveFolder(ops, id)).sort(), [
    `details.${after.generation}.age`,
    'recordings',
    'registers',
  ])
  const keys = (await ops.keyring.extractIds()).filter((one) => one.startsWith('archive:'))
  assert.deepEqual(keys, [`archive:${id}`], 'no key is left over')
  await soundLog(ops)
})
