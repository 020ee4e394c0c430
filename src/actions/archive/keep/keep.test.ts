import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { soundLog } from '../../../../test/faults/sound-log.ts'
import type { PeelRecord } from '../../../records/index.ts'
import { readPublicKeys } from '../../../signature/index.ts'
import { testService } from '../../../server/test-service.fixture.ts'
import { ContainerReader } from '../../../vault/index.ts'
import { verifyExtract } from '../../../verify/index.ts'
import { trustedKeys } from '../../decision/person-key.ts'
import { extractPath } from '../../extraction/extract-path.ts'
import { waitingGrants, waitingReceipts } from '../../extraction/read-extractions.ts'
import { readFigures } from '../../oversight/read-figures.ts'
import type { Ops } from '../../ops.ts'
import { heldNow } from '../../retention/held.ts'
import { type AnArchive, anArchive, matchAgain } from '../an-archive.fixture.ts'
import { recordingPlace } from '../recording-file.ts'
import {
  aCase,
  anApprovedKeep,
  APPROVED,
  aProposedKeep,
  DIS210,
  INSP77,
  KEEP_RUN,
  mostTied,
  PC4321,
  WHY,
} from './a-keep.fixture.ts'
import { approveKeep, refuseKeep } from './decide-keep.ts'
import { keepRecordings, keepsLeftBehind } from './keep-recordings.ts'
import { setDigest } from './kept-set.ts'
import { proposeKeep } from './propose-keep.ts'
import { readKeep, readKeeps } from './read-keeps.ts'
import { readTied, readTies } from './read-ties.ts'
import { tryKeepAgain } from './try-again.ts'

async function rowOf({ store }: Ops, keep: string) {
  return store.db.selectFrom('recording_keeps').selectAll().where('id', '=', keep).executeTakeFirstOrThrow()
}

async function itemsOf({ ops, id }: AnArchive, ids: readonly string[]) {
  return ops.store.db
    .selectFrom('archive_items')
    .selectAll()
    .where('archive_id', '=', id)
    .where('id', 'in', [...ids])
    .execute()
}

async function recordsOf(ops: Ops, extraction: string): Promise<PeelRecord[]> {
  return ops.keyring.useExtractIdentity(extraction, async (identity) => {
    const reader = await ContainerReader.open(extractPath(ops, extraction), [identity])
    try {
      return [...reader.records()].map(({ json }) => JSON.parse(json) as PeelRecord)
    } finally {
      reader.close()
    }
  })
}

test('E14: what two people decided to keep lies in a sealed extract of the case, whole, and the archive’s own copies are gone', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops } = archive
  const about = await aCase(ops)
  // What is an exact copy of one of them goes with it.
  const { recordings } = await readTied(ops, DIS210, archive.id, (await mostTied(ops, archive.id)).id)
  const [copy] = await ops.store.db
    .updateTable('archive_items')
    .set({ class: 'F', follows: recordings[0]?.id })
    .where('id', '=', (eb) => eb.selectFrom('archive_items').select('id').where('class', '=', 'E').limit(1))
    .returning('id')
    .execute()
  const keep = await aProposedKeep(archive, about.id)
  const { item_ids: ids } = await rowOf(ops, keep)
  assert(ids.length === 5 && ids.includes(copy?.id ?? ''))
  for (const one of await itemsOf(archive, ids)) assert(one.state === 'held' && one.sealed !== null)
  assert.equal(await keepRecordings(ops, keep, KEEP_RUN), 'over', 'and before somebody approves nothing is done')
  assert.equal((await rowOf(ops, keep)).extraction_id, null)

  await approveKeep(ops, INSP77, keep, APPROVED)
  assert.deepEqual(await keepsLeftBehind(ops), [keep])
  assert.equal(await keepRecordings(ops, keep, KEEP_RUN), 'over')
  const { done_at, extraction_id, failure } = await rowOf(ops, keep)
  assert(done_at && extraction_id && failure === null)
  assert.deepEqual(await keepsLeftBehind(ops), [])

  const items = await itemsOf(archive, ids)
  for (const one of items) {
    assert(one.state === 'kept' && one.sealed === null)
    assert(!existsSync(recordingPlace(ops, archive.id, one.id)))
  }
  const records = await recordsOf(ops, extraction_id)
  assert.equal(records.length, ids.length)
  for (const record of records) {
    assert(record.kind === 'call')
    const item = items.find(({ id }) => record.provenance.file.endsWith(`/${id}`))
    assert.equal(record.provenance.file, `${archive.id}/phone-${item?.phone ?? 0}/${item?.id}`)
    assert.equal(record.attachments[0]?.sha256, item?.sha256)
    // What was matched is what is true of the call.
    const truth = archive.truth.get(item?.id ?? '')
    const people = record.from ? [record.from, ...record.to] : record.to
    if (truth?.number != null) assert(people.some(({ address }) => address === truth.number))
    if (record.time !== undefined)
      assert(Math.abs(Date.parse(record.time) - (truth?.started_at ?? 0)) < 60_000, 'within what a name tells')
  }
  // Anybody who trusts the two people and the installation can check it, without the service.
  const installation = readPublicKeys((await ops.keyring.publicLineOf('installation')) ?? '')
  const trust = [...(await trustedKeys(ops, [DIS210.id, INSP77.id])), ...installation]
  const checks = await ops.keyring.useExtractIdentity(extraction_id, (identity) =>
    verifyExtract(extractPath(ops, extraction_id), { trust, identities: [identity] }),
  )
  assert.deepEqual(
    checks.filter(({ result }) => result !== 'passed'),
    [],
  )
  await soundLog(ops)
  const kinds = await ops.store.db
    .selectFrom('statements')
    .select('kind')
    .where('case_id', '=', about.id)
    .orderBy('id')
    .execute()
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    [
      'case.opened',
      'case.member_added',
      'recording.keep_proposed',
      'authorisation.granted',
      'recording.keep_approved',
      'extraction.started',
      'extraction.finished',
      'recording.kept',
    ],
  )
  assert.equal(await keepRecordings(ops, keep, KEEP_RUN), 'over', 'once more changes nothing')
  assert.equal((await recordsOf(ops, extraction_id)).length, ids.length)
  await matchAgain(ops, archive.id)
  for (const one of await itemsOf(archive, ids)) assert.equal(one.state, 'kept', 'and matching leaves it')
})

test('E14: outside the sealed extract nothing tells of a call that is kept: no number, no name of a file', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops } = archive
  const keep = await anApprovedKeep(archive, (await aCase(ops)).id)
  await keepRecordings(ops, keep, KEEP_RUN)
  const { extraction_id, item_ids } = await rowOf(ops, keep)
  const { db } = ops.store
  const everything = JSON.stringify([
    await db.selectFrom('recording_keeps').selectAll().execute(),
    await db.selectFrom('requests').selectAll().execute(),
    await db.selectFrom('devices').selectAll().execute(),
    await db.selectFrom('extractions').selectAll().execute(),
    (await db.selectFrom('statements').select('envelope').execute()).map(({ envelope }) =>
      Buffer.from((JSON.parse(envelope) as { payload: string }).payload, 'base64').toString(),
    ),
    Buffer.from(
      (
        JSON.parse(readFileSync(join(extractPath(ops, extraction_id ?? ''), 'manifest.dsse.json'), 'utf8')) as {
          payload: string
        }
      ).payload,
      'base64',
    ).toString(),
  ])
  assert.match(everything, /"kind\\*":\\*"recordings/, 'it is the manifest that was read')
  for (const id of item_ids) {
    const { number, path } = archive.truth.get(id) ?? {}
    assert(number == null || !everything.includes(number.slice(3)))
    assert(path !== undefined && !everything.includes(path.slice(path.lastIndexOf('/') + 1)))
  }
})

test('D9: what is kept is reviewed and held as its case is, and a hold of the archive goes with it', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops } = archive
  const { db } = ops.store
  const about = await aCase(ops)
  const keep = await aProposedKeep(archive, about.id)
  const { item_ids } = await rowOf(ops, keep)
  await db
    .updateTable('archive_items')
    .set({ codes: ['hold', 'own_case'] })
    .where('archive_id', '=', archive.id)
    .where('id', '=', item_ids[0] as string)
    .execute()
  await approveKeep(ops, INSP77, keep, APPROVED)
  await keepRecordings(ops, keep, KEEP_RUN)
  const extraction = (await rowOf(ops, keep)).extraction_id as string
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  assert(held)
  assert.equal(held.caseId, about.id)
  assert.equal(held.owner, PC4321.id, 'the officer in the case answers for it')
  assert.equal(held.holding.group, '3')
  assert.deepEqual(
    held.holds.map(({ kind, lifted_at }) => [kind, lifted_at]),
    [['other', null]],
  )
  // With the incident its time begins to run; under the hold nothing of it goes.
  const longAfter = new Date(Date.UTC(2060, 0, 1))
  await db
    .updateTable('cases')
    .set({ outcome: 'undetected', outcome_on: '2027-01-01' })
    .where('id', '=', about.id)
    .execute()
  const [later] = await heldNow(ops.store, longAfter, { extraction })
  assert.notEqual(later?.decision.verdict, 'destroy')
  assert.equal((await ops.store.db.selectFrom('holds').selectAll().execute()).length, 1)
})

test('E14 and H3: nobody approves what they proposed, nor the officer in the case, nor below the rank; and a refusal has a reason', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops } = archive
  const about = await aCase(ops)
  const keep = await aProposedKeep(archive, about.id)
  await assert.rejects(approveKeep(ops, DIS210, keep, APPROVED), { reason: 'NOT_YOUR_ROLE' })
  await assert.rejects(approveKeep(ops, { ...INSP77, id: 'dis210' }, keep, APPROVED), { reason: 'SAME_PERSON' })
  await assert.rejects(approveKeep(ops, { ...INSP77, id: 'pc4321' }, keep, APPROVED), { reason: 'SAME_PERSON' })
  await assert.rejects(approveKeep(ops, { ...INSP77, rank: 'sergeant' }, keep, APPROVED), { reason: 'RANK' })
  await assert.rejects(approveKeep(ops, { ...INSP77, stepUp: false }, keep, APPROVED), { reason: 'STEP_UP' })
  await assert.rejects(approveKeep(ops, INSP77, keep, { ...APPROVED, proportionality: APPROVED.necessity }), {
    reason: 'SAME_REASON_TWICE',
  })
  await assert.rejects(refuseKeep(ops, INSP77, keep, { reason: ' ' }), { code: 'NOT_VALID' })
  assert.equal((await rowOf(ops, keep)).approved, null)
  await refuseKeep(ops, INSP77, keep, { reason: 'They are of another case.' })
  await assert.rejects(approveKeep(ops, INSP77, keep, APPROVED), { reason: 'DECIDED' })
  assert.equal((await readKeep(ops, DIS210, archive.id, keep)).state, 'refused')
  assert.equal((await ops.store.db.selectFrom('requests').selectAll().execute()).length, 0)
  // What was refused may be proposed again, with better reasons.
  assert((await aProposedKeep(archive, about.id)) !== keep)
  await soundLog(ops)
})

test('E14 and E15: only what is tied or held is proposed, for a case that one is in; never what is protected, and nothing twice', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops, id } = archive
  const about = await aCase(ops)
  const { db } = ops.store
  const free = await db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', id)
    .where('class', '=', 'E')
    .executeTakeFirstOrThrow()
  const input = { caseId: about.id, ...WHY }
  for (const found of ['C', 'D', 'F', 'E'] as const) {
    await db.updateTable('archive_items').set({ class: found }).where('id', '=', free.id).execute()
    const proposing = proposeKeep(ops, DIS210, id, { ...input, recordings: [free.id] })
    await assert.rejects(proposing, { reason: 'NOT_KEEPABLE' }, found)
  }
  const tie = await mostTied(ops, id, 'operation')
  const { recordings, cases } = await readTied(ops, DIS210, id, tie.id)
  assert.equal(recordings.length, tie.recordings)
  assert.deepEqual(
    cases.map((each) => each.id),
    [about.id],
  )
  const first = [recordings[0]?.id ?? '']
  const elsewhere = await aCase(ops)
  await db.deleteFrom('case_members').where('case_id', '=', elsewhere.id).where('person_id', '=', DIS210.id).execute()
  await assert.rejects(proposeKeep(ops, DIS210, id, { ...input, caseId: elsewhere.id, recordings: first }), {
    reason: 'NOT_YOUR_CASE',
  })
  for (const wrong of [{ recordings: [] }, { relevance: '' }, { necessity: ' ' }, { caseId: 'x' }])
    await assert.rejects(proposeKeep(ops, DIS210, id, { ...input, recordings: first, ...wrong }), { code: 'NOT_VALID' })
  await assert.rejects(proposeKeep(ops, INSP77, id, { ...input, recordings: first }), { code: 'NOT_ALLOWED' })
  await proposeKeep(ops, DIS210, id, { ...input, recordings: first })
  await assert.rejects(proposeKeep(ops, DIS210, id, { ...input, recordings: first }), { reason: 'NOT_KEEPABLE' })
  const { ties } = await readTies(ops, DIS210, id)
  assert.equal(ties.find(({ id: each }) => each === tie.id)?.recordings ?? 0, tie.recordings - 1)
  assert.equal((await readKeeps(ops, DIS210, id)).keeps.length, 1)
  // The one whose reference it is, is named.
  const named = await mostTied(ops, id)
  const same = await aCase(ops, (named.target ?? '').toUpperCase())
  assert.deepEqual(
    (await readTied(ops, DIS210, id, named.id)).cases.filter(({ named }) => named).map((each) => each.id),
    [same.id],
  )
})

test('E14: what changed since it was proposed is not approved, and the set that two people signed is the only one that is read', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops, id } = archive
  const { db } = ops.store
  const about = await aCase(ops)
  const keep = await aProposedKeep(archive, about.id)
  const { item_ids, set_digest } = await rowOf(ops, keep)
  const [first] = item_ids as [string]
  const of = () => db.updateTable('archive_items').where('archive_id', '=', id).where('id', '=', first)
  await of().set({ class: 'E' }).execute()
  await assert.rejects(approveKeep(ops, INSP77, keep, APPROVED), { reason: 'NOT_KEEPABLE' })
  await of().set({ class: 'B' }).execute()
  assert.equal(setDigest(id, await itemsOf(archive, item_ids)), set_digest)
  await approveKeep(ops, INSP77, keep, APPROVED)
  // Somebody slips another recording under the approval: it is another set, and so another device.
  const other = await db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', id)
    .where('class', '=', 'E')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('recording_keeps')
    .set({ item_ids: [...item_ids, other.id] })
    .where('id', '=', keep)
    .execute()
  await keepRecordings(ops, keep, KEEP_RUN)
  assert.equal((await rowOf(ops, keep)).failure, 'WRONG_DEVICE')
  for (const one of await itemsOf(archive, [...item_ids, other.id])) assert.equal(one.state, 'held', 'nothing is lost')
  await soundLog(ops)
})

test('E14: a recording that is not as it was taken in stops all of it; put right, it is tried again under the same grant', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops, id } = archive
  const keep = await anApprovedKeep(archive, (await aCase(ops)).id)
  const { item_ids } = await rowOf(ops, keep)
  const place = recordingPlace(ops, id, item_ids[0] as string)
  const bytes = readFileSync(place)
  for (const damage of [() => writeFileSync(place, bytes.toReversed()), () => rmSync(place)]) {
    damage()
    await keepRecordings(ops, keep, KEEP_RUN)
    assert.equal((await rowOf(ops, keep)).failure, 'NOT_WHOLE')
    for (const one of await itemsOf(archive, item_ids)) assert(one.state === 'held' && one.sealed !== null)
    writeFileSync(place, bytes)
    await tryKeepAgain(ops, DIS210, keep)
  }
  await assert.rejects(tryKeepAgain(ops, DIS210, keep), { reason: 'NOT_FAILED' })
  await keepRecordings(ops, keep, KEEP_RUN)
  assert.equal((await readKeep(ops, DIS210, id, keep)).state, 'kept')
  await soundLog(ops)
})

test('what is kept is in no list of phones: no receipt, no grant that waits, nothing to return, no figure', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const { ops } = archive
  const about = await aCase(ops)
  const before = await readFigures(ops, await service.actor('dpo400'), new Date(0))
  const keep = await anApprovedKeep(archive, about.id)
  const { request_id } = await rowOf(ops, keep)
  await ops.store.db
    .insertInto('case_members')
    .values({
      case_id: about.id,
      person_id: 'ext510',
      capacity: 'extraction_officer',
      added_at: ops.now(),
      added_by: PC4321.id,
    })
    .execute()
  const extractor = await service.actor('ext510')
  await keepRecordings(ops, keep, KEEP_RUN)
  assert.deepEqual(await waitingReceipts(ops, extractor), [])
  assert.deepEqual(await waitingGrants(ops, extractor, ops.now()), [])
  const figures = (groups: typeof before) =>
    groups.filter(({ id }) => id !== 'held').flatMap((group) => group.figures.map(({ id, value }) => [id, value]))
  assert.deepEqual(figures(await readFigures(ops, await service.actor('dpo400'), new Date(0))), figures(before))
  const officer = await service.as('pc4321')
  const page = await officer.get(`/cases/${about.id}`)
  assert.match(page.body, /No device has been received/)
  assert.match(page.body, /REC\/1/)
  const request = await officer.get(`/requests/${request_id}`)
  assert.match(request.body, /This was no request for a phone/)
  assert.doesNotMatch(request.body, /Make a new version/)
  assert.match((await officer.get(`/requests/${request_id}/decision`)).body, /The trial has not begun/)
  const { extraction_id } = await rowOf(ops, keep)
  const shown = await officer.get(`/extractions/${extraction_id}`)
  assert.match(shown.body, /Recordings kept as REC\/1/)
  assert.doesNotMatch(shown.body, /receipt/)
})
