import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { testService, type TestService } from '../../../server/test-service.fixture.ts'
import { anArchive, type AnArchive } from '../an-archive.fixture.ts'
import { askListening } from './ask-listening.ts'
import { decideListening } from './decide-listening.ts'
import { endListening } from './end-listening.ts'
import { hearRecording } from './hear-recording.ts'
import { LISTENING_MINUTES } from './listening.ts'
import { listeningsWaiting, readListening } from './read-listening.ts'

const REASON = 'Nothing says whose call it is, and the phone was in an operation on that day.'
const MINUTE = 60_000

async function itemOf({ ops, id }: AnArchive, of: 'C' | 'D' | 'F', more: { bytesOver?: number } = {}): Promise<string> {
  const { id: item } = await ops.store.db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', id)
    .where('class', '=', of)
    .where('audio', '=', 'whole')
    .where('bytes', '>', more.bytesOver ?? 0)
    .orderBy('id')
    .executeTakeFirstOrThrow()
  return item
}

async function allowed(service: TestService, archive: AnArchive, itemId: string): Promise<string> {
  const { ops } = service
  const id = await askListening(ops, await service.actor('dis210'), { archiveId: archive.id, itemId, reason: REASON })
  await decideListening(ops, await service.actor('iao310'), {
    archiveId: archive.id,
    id,
    outcome: 'allowed',
    refusedBecause: '',
  })
  return id
}

async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

test('listening to recordings', async (t) => {
  const service = await testService(t)
  const { ops } = service
  service.setNow(new Date('2026-11-20T10:00:00Z'))
  const archive = await anArchive(service, { recordings: 400 })
  const { id: archiveId } = archive
  const details = async (kind: string) =>
    (
      await ops.store.db
        .selectFrom('statements')
        .select('envelope')
        .where('kind', '=', kind as 'recording.heard')
        .execute()
    ).map(({ envelope }) => {
      const { payload } = JSON.parse(envelope) as { payload: string }
      return JSON.parse(Buffer.from(payload, 'base64').toString()).predicate.details as Record<string, unknown>
    })

  await t.test('E15: what may be privileged is heard by nobody, nor any copy of it', async () => {
    const asker = await service.actor('dis210')
    const itemId = await itemOf(archive, 'C')
    await assert.rejects(askListening(ops, asker, { archiveId, itemId, reason: REASON }), {
      reason: 'PROTECTED',
      hint: /independent counsel/,
    })
    const other = await itemOf(archive, 'D')
    await ops.store.db
      .updateTable('archive_items')
      .set({ class: 'F', follows: itemId })
      .where('archive_id', '=', archiveId)
      .where('id', '=', other)
      .execute()
    await assert.rejects(askListening(ops, asker, { archiveId, itemId: other, reason: REASON }), {
      reason: 'PROTECTED',
    })
    await ops.store.db
      .updateTable('archive_items')
      .set({ class: null })
      .where('archive_id', '=', archiveId)
      .where('id', '=', other)
      .execute()
    await assert.rejects(askListening(ops, asker, { archiveId, itemId: other, reason: REASON }), {
      reason: 'NOT_MATCHED',
    })
    await ops.store.db
      .updateTable('archive_items')
      .set({ class: 'D', follows: null })
      .where('archive_id', '=', archiveId)
      .where('id', '=', other)
      .execute()
  })

  await t.test('E14: one asks with a reason, another decides, and each thing once', async () => {
    const [asker, owner] = [await service.actor('dis210'), await service.actor('iao310')]
    const itemId = await itemOf(archive, 'D')
    const ask = (reason: string) => askListening(ops, asker, { archiveId, itemId, reason })
    await assert.rejects(ask(' '), { code: 'NOT_VALID', reason: 'reason' })
    await assert.rejects(askListening(ops, owner, { archiveId, itemId, reason: REASON }), { reason: 'NOT_YOUR_ROLE' })
    await assert.rejects(askListening(ops, asker, { archiveId, itemId: 'x', reason: REASON }), { code: 'NOT_FOUND' })
    const id = await ask(REASON)
    await assert.rejects(ask(REASON), { reason: 'ALREADY_ASKED' })
    await assert.rejects(hearRecording(ops, asker, { archiveId, id }), { reason: 'LISTENING_OVER' })
    const decision = { archiveId, id, outcome: 'refused', refusedBecause: '' }
    await assert.rejects(decideListening(ops, asker, decision), { reason: 'NOT_YOUR_ROLE' })
    // Whoever asked, and has the other role as well since.
    const both = { ...owner, id: 'dis210' }
    await assert.rejects(decideListening(ops, both, { ...decision, outcome: 'allowed' }), { reason: 'SAME_PERSON' })
    await assert.rejects(decideListening(ops, owner, { ...decision, outcome: '' }), { reason: 'outcome' })
    await assert.rejects(decideListening(ops, owner, decision), { reason: 'refusedBecause' })
    assert.deepEqual(
      (await listeningsWaiting(ops, owner)).map(({ waits, listening }) => [waits, listening.id]),
      [['decide', id]],
    )
    await decideListening(ops, owner, { ...decision, refusedBecause: 'The bill tells whose call it is.' })
    await assert.rejects(decideListening(ops, owner, { ...decision, outcome: 'allowed' }), {
      reason: 'LISTENING_DECIDED',
    })
    await assert.rejects(hearRecording(ops, asker, { archiveId, id }), { reason: 'LISTENING_OVER' })
    const said = await details('recording.listening_decided')
    assert.equal(said.length, 1)
    assert.doesNotMatch(JSON.stringify(said), /bill tells/)
  })

  await t.test(
    'E14 and C-LOG: what is sent is logged before it is, by bytes and seconds, and is what was recorded',
    async () => {
      const asker = await service.actor('dis210')
      const itemId = await itemOf(archive, 'D')
      const id = await allowed(service, archive, itemId)
      const hearing = await hearRecording(ops, asker, { archiveId, id })
      const original = readFileSync(join(archive.collected, archive.truth.get(itemId)?.path ?? ''))
      assert.equal(hearing.bytes, original.length)
      const half = Math.floor(original.length / 2)
      const chunks = await hearing.send('sound', half, original.length)
      // Nothing was read yet, and it is in the log.
      const [logged] = await details('recording.heard')
      assert.deepEqual(
        [logged?.['listening'], logged?.['from_byte'], logged?.['to_byte'], logged?.['as']],
        [id, half, original.length, 'sound'],
      )
      const seconds = (hearing.durationMs ?? 0) / 1000
      assert.deepEqual(
        [logged?.['from_s'], logged?.['to_s']],
        [Math.floor((half / original.length) * seconds), Math.ceil(seconds)],
      )
      assert((await bytesOf(chunks)).equals(original.subarray(half)))
      // The same again within the second is the same; another part, and the same a second later, are not.
      await hearing.send('sound', half, original.length)
      assert.equal((await details('recording.heard')).length, 1)
      assert((await bytesOf(await hearing.send('sound', 0, half))).equals(original.subarray(0, half)))
      service.setNow(new Date(ops.now().getTime() + 1000))
      await hearing.send('sound', half, original.length)
      assert.equal((await details('recording.heard')).length, 3)
      const { heard } = await readListening(ops, await service.actor('iao310'), archiveId, id)
      assert.equal(heard.length, 3)
      for (const who of ['rec300', 'iao310', 'dpo400', 'app410'])
        await assert.rejects(hearRecording(ops, await service.actor(who), { archiveId, id }), {
          reason: 'NOT_YOUR_ROLE',
        })
      await assert.rejects(hearRecording(ops, { ...asker, id: 'iao311' }, { archiveId, id }), { code: 'NOT_FOUND' })
      await assert.rejects(hearRecording(ops, { ...asker, stepUp: false }, { archiveId, id }), { reason: 'STEP_UP' })
      await endListening(ops, asker, { archiveId, id })
    },
  )

  await t.test('where it cannot be logged, nothing is sent', async () => {
    const asker = await service.actor('dis210')
    const id = await allowed(service, archive, await itemOf(archive, 'D'))
    const broken = { ...ops, journal: { record: () => Promise.reject(new Error('the disk is full')) } }
    const hearing = await hearRecording(broken as unknown as typeof ops, asker, { archiveId, id })
    await assert.rejects(hearing.send('sound', 0, 10), /the disk is full/)
    assert.equal((await readListening(ops, asker, archiveId, id)).heard.length, 0)
    await endListening(ops, asker, { archiveId, id })
  })

  await t.test(
    'E14: it ends after half an hour, at once when somebody ends it, and when matching finds that it is protected',
    async () => {
      let asker = await service.actor('dis210')
      const itemId = await itemOf(archive, 'D')
      let id = await allowed(service, archive, itemId)
      const first = await hearRecording(ops, asker, { archiveId, id })
      const begun = await first.send('sound', 0, 10)
      service.setNow(new Date(ops.now().getTime() + LISTENING_MINUTES * MINUTE))
      asker = await service.actor('dis210')
      await assert.rejects(hearRecording(ops, asker, { archiveId, id }), { reason: 'LISTENING_OVER' })
      await assert.rejects(bytesOf(begun), { reason: 'LISTENING_OVER' })
      assert.equal((await readListening(ops, asker, archiveId, id)).listening.state, 'over')

      id = await allowed(service, archive, itemId)
      const open = await (await hearRecording(ops, asker, { archiveId, id })).send('file', 0, 10)
      await assert.rejects(endListening(ops, await service.actor('rec300'), { archiveId, id }), {
        reason: 'NOT_YOUR_ROLE',
      })
      await endListening(ops, { ...(await service.actor('iao310')), stepUp: false }, { archiveId, id })
      await assert.rejects(bytesOf(open), { reason: 'LISTENING_OVER' })
      await endListening(ops, asker, { archiveId, id })
      assert.equal((await details('recording.listening_ended')).filter(({ listening }) => listening === id).length, 1)

      id = await allowed(service, archive, itemId)
      await ops.store.db
        .updateTable('archive_items')
        .set({ codes: ['damaged', 'protected_number'] })
        .where('archive_id', '=', archiveId)
        .where('id', '=', itemId)
        .execute()
      await assert.rejects(hearRecording(ops, asker, { archiveId, id }), { reason: 'PROTECTED' })
    },
  )
})
