import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import {
  ActionError,
  approveDestruction,
  decideExcess,
  destroyedOf,
  destroyPart,
  finishDestructions,
  giveReceipt,
  openReceipt,
  type Ops,
  proposeExcessDestruction,
  readDestruction,
  readExtraction,
  setHold,
  takenOf,
} from '../../../actions/index.ts'
import { openEvent } from '../../../events/index.ts'
import { openTexts } from '../../../vault/index.ts'
import { type TestService, testService } from '../../test-service.fixture.ts'
import { anOpening, type APart, aPart, recordsIn, RUN } from './a-part.fixture.ts'

const REASON = 'These are about somebody whom nobody asked for.'

function refusal(reason: string) {
  return (error: unknown) => error instanceof ActionError && error.reason === reason
}

const kindsOf = async ({ store }: Ops, caseId: string) =>
  (await store.db.selectFrom('statements').select('kind').where('case_id', '=', caseId).orderBy('id').execute()).map(
    ({ kind }) => kind,
  )

async function approved(service: TestService, { extraction }: APart): Promise<string> {
  const { ops } = service
  const id = await proposeExcessDestruction(ops, await service.actor('dis210'), { extraction, reason: REASON })
  await approveDestruction(ops, await service.actor('rec300'), id)
  return id
}

/** What is true once a part is gone, however it came to that. */
async function isGone(service: TestService, part: APart, id: string): Promise<void> {
  const { ops } = service
  const { extraction, gone, kept, caseId } = part
  const ids = (await recordsIn(ops, extraction)).map((record) => record.id)
  assert.deepEqual(ids.toSorted(), [...kept].sort())
  assert.deepEqual(
    readdirSync(ops.extractsFolder).filter((name) => name.startsWith(extraction)),
    [`${extraction}.peel`],
  )
  assert.equal(await ops.keyring.has(`resealed/${id}`), false)
  const { db } = ops.store
  const tags = await db.selectFrom('tags').select('record_id').where('extraction_id', '=', extraction).execute()
  assert.deepEqual(tags, [{ record_id: kept[0] }])
  const row = await db.selectFrom('destructions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.deepEqual([row.records, row.sealing_at, row.done_at !== null], [[], null, true])
  for (const record of gone) assert(!JSON.stringify(row).includes(record), 'nothing names what is gone')
  const kinds = (await kindsOf(ops, caseId)).filter((kind) => /^destruction|resealed/.test(kind))
  assert.equal(kinds.filter((kind) => kind === 'extract.resealed').length, 1)
  assert.deepEqual(
    [...new Set(kinds)],
    ['destruction.proposed', 'destruction.authorised', 'extract.resealed', 'destruction.certified'],
  )
}

test('B21, H14, C16: what was taken in excess is let go of: sealed anew without it, the old key destroyed, certified, logged', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const part = await aPart(t, service)
  const { extraction, container, gone, kept } = part
  const copies = mkdtempSync(join(tmpdir(), 'peel-copy-'))
  t.after(() => rmSync(copies, { recursive: true, force: true }))
  cpSync(container, join(copies, 'copy.peel'), { recursive: true })
  const opening = await anOpening(ops, extraction)
  const before = await readExtraction(ops, await service.actor('dis210'), extraction)

  const id = await approved(service, part)
  assert.equal((await recordsIn(ops, extraction)).length, gone.length + kept.length, 'nothing went before the worker')
  assert.equal(await destroyPart(ops, id, RUN), 'over')
  await isGone(service, part, id)
  const { ok } = await ops.keyring.checkNothingOpens({ containers: [join(copies, 'copy.peel')] })
  assert(ok, 'no copy of the old container opens')

  const after = await readExtraction(ops, await service.actor('dis210'), extraction)
  assert(before.result && after.result)
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0)
  assert.equal(sum(takenOf(after.result)), sum(takenOf(before.result)) - gone.length)
  assert.equal(destroyedOf(after.result), gone.length)
  assert.notEqual(after.result.root, before.result.root)
  assert(after.result.checks.every(({ result }) => result !== 'failed'))

  const { db } = ops.store
  const closed = await db.selectFrom('openings').select('closed_at').where('id', '=', opening).executeTakeFirstOrThrow()
  assert(closed.closed_at)
  const notes = await db.selectFrom('notes').selectAll().where('extraction_id', '=', extraction).execute()
  const searches = await db.selectFrom('searches').selectAll().where('extraction_id', '=', extraction).execute()
  const texts = await ops.keyring.useExtractIdentity(extraction, (identity) =>
    openTexts(
      [...notes, ...searches].map(({ sealed }) => sealed),
      identity,
    ),
  )
  assert.deepEqual(texts, [`about ${kept[0]}`, '{"words":"harbour","within":""}'])

  const { certificate, records, state } = await readDestruction(ops, await service.actor('rec300'), id)
  assert.deepEqual([state, records], ['done', gone.length])
  assert.equal(certificate?.['method'], 'rewritten_without')
  assert.deepEqual([certificate?.['root'], certificate?.['root_after']], [before.result.root, after.result.root])
})

test('B21, A4: the pages say what will happen to excess, what happened, and the device user what was let go of', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const part = await aPart(t, service)
  const { extraction, gone } = part
  const officer = await service.as('dis210')
  const path = `/extractions/${extraction}/excess/destruction`
  assert.match((await officer.get(path)).body, /You have decided that 3 records are to be destroyed/)
  const empty = await officer.post(path, { reason: ' ' })
  assert.deepEqual([empty.statusCode, /Enter why they are to be destroyed/.test(empty.body)], [422, true])
  assert.equal((await officer.post(path, { reason: REASON })).statusCode, 303)
  assert.match((await officer.get(path)).body, /Waits for a second person/)

  const second = await service.as('rec300')
  assert.match((await second.get('/')).body, /Decide on the destruction of a part of AH\/1/)
  const { id } = await ops.store.db.selectFrom('destructions').select('id').executeTakeFirstOrThrow()
  assert.match((await second.get(`/destructions/${id}`)).body, /3 records that may not be kept/)
  assert.equal((await second.post(`/destructions/${id}/approve`, { sure: 'yes' })).statusCode, 303)
  assert.match((await officer.get(path)).body, /is being sealed anew without them/)
  await destroyPart(ops, id, RUN)

  assert.match((await officer.get(path)).body, /Certificate of destruction/)
  const shown = await officer.get(`/destructions/${id}`)
  assert.match(shown.body, /3 records that were taken in excess are destroyed/)
  assert.match(shown.body, /Root over what stayed/)
  const paper = (await officer.get(`/destructions/${id}/certificate.json`)).body
  for (const record of gone) assert(!paper.includes(record))
  assert.match((await officer.get(`/extractions/${extraction}`)).body, /<strong>3<\/strong> destroyed since/)

  const code = await giveReceipt(ops, await service.actor('pc4321'), { extractionId: extraction, manner: 'paper' })
  const user = await service.as('pc4322')
  assert.match((await user.post('/my-phone', { code })).body, /3 more were taken that should not have been/)
  const { came } = await openReceipt(ops, code)
  assert.equal('result' in came && destroyedOf(came.result), 3)
})

test('H14, B21: whoever decided on excess cannot approve that it goes, nor the officer in the case, and nobody proposes what nobody decided', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const part = await aPart(t, service)
  const { extraction } = part
  for (const who of ['rev200', 'pc4321', 'rec300'])
    await assert.rejects(
      proposeExcessDestruction(ops, await service.actor(who), { extraction, reason: REASON }),
      (error) => error instanceof ActionError && ['NOT_ALLOWED', 'NOT_FOUND'].includes(error.code),
    )
  const officer = await service.actor('dis210')
  const id = await proposeExcessDestruction(ops, officer, { extraction, reason: REASON })
  for (const who of ['dis210', 'pc4321'])
    await assert.rejects(approveDestruction(ops, await service.actor(who), id), { code: 'NOT_ALLOWED' })
  await assert.rejects(proposeExcessDestruction(ops, officer, { extraction, reason: REASON }), refusal('PROPOSED'))
  await assert.rejects(
    decideExcess(ops, officer, { extraction, records: part.gone, outcome: 'restrict' }),
    (error) => error instanceof ActionError,
  )
  assert.equal(await destroyPart(ops, id, RUN), 'over')
  assert.equal((await recordsIn(ops, extraction)).length, part.gone.length + part.kept.length)
})

test('D9: a hold stops the destruction of a part, before it is approved and after, until it is lifted', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const part = await aPart(t, service)
  const { extraction } = part
  const id = await approved(service, part)
  const hold = await setHold(ops, await service.actor('rec300'), {
    extraction,
    kind: 'complaint',
    says: 'Somebody complained.',
    reviewOn: '2099-01-01',
  })
  assert.equal(await destroyPart(ops, id, RUN), 'over')
  assert.equal((await recordsIn(ops, extraction)).length, part.gone.length + part.kept.length)
  const { failure, state } = await readDestruction(ops, await service.actor('rec300'), id)
  assert.deepEqual([state, failure], ['approved', 'HELD'])
  assert.deepEqual(
    readdirSync(ops.extractsFolder).filter((name) => name.startsWith(extraction)),
    [`${extraction}.peel`],
  )
  await ops.store.db.updateTable('holds').set({ lifted_at: ops.now() }).where('id', '=', hold).execute()
  assert.equal(await destroyPart(ops, id, RUN), 'over')
  await isGone(service, part, id)
})

/** The moments at which it may be interrupted, each made by letting a step fail in its own way. */
const INTERRUPTIONS: readonly {
  at: string
  interrupt: (t: TestContext, ops: Ops, id: string, part: APart) => void | Promise<void>
}[] = [
  {
    at: 'after the new key was made, while the new container is written',
    async interrupt(_, ops, id, { container }) {
      await ops.keyring.createExtractKey(`resealed/${id}`)
      cpSync(container, `${container}.resealed.unfinished`, { recursive: true })
    },
  },
  {
    at: 'after it was shut to everybody',
    async interrupt(_, ops, id) {
      await ops.store.db.updateTable('destructions').set({ sealing_at: ops.now() }).where('id', '=', id).execute()
    },
  },
  {
    at: 'after the database says what the new one is',
    interrupt(t, ops) {
      t.mock.method(ops.keyring, 'replaceExtractKey', () => Promise.reject(new Error('ended')), { times: 1 })
    },
  },
  {
    at: 'after the old key was destroyed',
    interrupt(t, ops) {
      t.mock.method(ops.keyring, 'checkNothingOpens', () => Promise.reject(new Error('ended')), { times: 1 })
    },
  },
]

test('the destruction of a part that was interrupted', async (whole) => {
  const service = await testService(whole)
  const { ops } = service
  for (const { at, interrupt } of INTERRUPTIONS)
    await whole.test(`${at} is finished by the timer, once`, async (t) => {
      const part = await aPart(t, service)
      const id = await approved(service, part)
      await interrupt(t, ops, id, part)
      await destroyPart(ops, id, RUN).catch(() => {})
      const handed: string[] = []
      t.mock.method(ops, 'enqueue', async (_: string, { destruction = '' }: Record<string, string>) => {
        handed.push(destruction)
      })
      assert.equal(await finishDestructions(ops), (await isDone(ops, id)) ? 0 : 1)
      for (const one of handed) await destroyPart(ops, one, RUN)
      await isGone(service, part, id)
      assert.equal(await finishDestructions(ops), 0)
    })

  await whole.test('while the old folder was removed goes on where it stopped', async (t) => {
    const part = await aPart(t, service)
    const id = await approved(service, part)
    t.mock.method(ops.keyring, 'checkNothingOpens', () => Promise.reject(new Error('ended')), { times: 1 })
    await assert.rejects(destroyPart(ops, id, RUN), /ended/)
    rmSync(join(part.container, 'manifest.dsse.json'), { force: true })
    for (const name of readdirSync(part.container).slice(0, 1)) rmSync(join(part.container, name), { recursive: true })
    await destroyPart(ops, id, RUN)
    await isGone(service, part, id)
  })

  await whole.test('after the folders changed places, and after it was logged, is logged once', async (t) => {
    const part = await aPart(t, service)
    const id = await approved(service, part)
    const { record } = ops.journal
    const broken = t.mock.method(ops.journal, 'record', ((event) =>
      event.kind === 'destruction.certified' ? Promise.reject(new Error('ended')) : record(event)) as typeof record)
    await assert.rejects(destroyPart(ops, id, RUN), /ended/)
    broken.mock.restore()
    assert(existsSync(part.container) && !existsSync(`${part.container}.resealed`))
    await destroyPart(ops, id, RUN)
    await isGone(service, part, id)
  })
})

async function isDone({ store }: Ops, id: string): Promise<boolean> {
  const { done_at } = await store.db
    .selectFrom('destructions')
    .select('done_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return done_at !== null
}

test('nobody opens an extract while a part of it goes, and a container that was tampered with is not signed again', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const part = await aPart(t, service)
  const id = await approved(service, part)
  await ops.store.db.updateTable('destructions').set({ sealing_at: ops.now() }).where('id', '=', id).execute()
  const reader = await service.as('rev200')
  const refused = await reader.post(`/extractions/${part.extraction}/open`, { purpose: 'line-of-enquiry' })
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /sealed anew/)
  const [records = ''] = readdirSync(part.container)
    .filter((name) => name.startsWith('records'))
    .map((name) => join(part.container, name))
  const payload = records
  renameSync(payload, `${payload}.away`)
  await destroyPart(ops, id, RUN).catch(() => {})
  const { state } = await readDestruction(ops, await service.actor('rec300'), id)
  assert.equal(state, 'approved')
  renameSync(`${payload}.away`, payload)
  await destroyPart(ops, id, RUN)
  await isGone(service, part, id)
  const events = await ops.store.db
    .selectFrom('statements')
    .selectAll()
    .where('kind', '=', 'extract.resealed')
    .execute()
  assert.equal(openEvent(events[0]?.envelope ?? '', []).details['records_removed'], part.gone.length)
})
