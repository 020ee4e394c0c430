import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepRecordings } from '../../../../actions/index.ts'
import { anArchive } from '../../../../actions/archive/an-archive.fixture.ts'
import { aCase, aProposedKeep, APPROVED, KEEP_RUN, WHY } from '../../../../actions/archive/keep/a-keep.fixture.ts'
import { testService } from '../../../test-service.fixture.ts'

test('E14: from what ties recordings to the extract of a case: proposed on one page, decided on another, by two people', async (t) => {
  const service = await testService(t)
  const { id, ops, truth } = await anArchive(service)
  const officer = await service.as('dis210')
  const inspector = await service.as('insp77')
  const here = `/archives/${id}`
  const numbers = [...truth.values()].flatMap(({ number }) => (number === null ? [] : [number.slice(3)]))
  const tellsNobody = (body: string) => assert(!numbers.some((number) => body.includes(number)), 'no number on a page')

  const empty = await officer.get(`${here}/keeps`)
  assert.match(empty.body, /Nothing of this archive is kept for a case/)
  assert.match((await officer.get(here)).body, /Keep recordings for a case/)
  const choose = await officer.get(`${here}/keep`)
  tellsNobody(choose.body)
  const [, operation] = /href="([^"]+)">Operation/.exec(choose.body) ?? []
  assert(operation)
  assert.match((await officer.get(operation)).body, /You are not a member of any open case/)

  const about = await aCase(ops)
  const page = await officer.get(operation)
  tellsNobody(page.body)
  const recordings = [...page.body.matchAll(/name="recordings" type="checkbox" value="([0-9a-f]{32})" checked/g)].map(
    ([, one]) => one ?? '',
  )
  assert(recordings.length > 1)
  const nothing = await officer.post(operation, { case: about.id })
  assert.equal(nothing.statusCode, 422)
  for (const says of [
    /Select at least one recording/,
    /Enter what the recordings may show/,
    /Enter why they must be kept/,
  ])
    assert.match(nothing.body, says)
  const proposed = await officer.post(operation, { recordings, case: about.id, ...WHY })
  const [keep = ''] = String(proposed.headers.location).split('?')
  assert.match(keep, new RegExp(`^${here}/keeps/[0-9a-f-]{36}$`))
  assert.match((await officer.get(keep)).body, /Waits for a decision/)

  const home = await inspector.get('/')
  assert.match(home.body, new RegExp(`Decide whether ${recordings.length} recordings are kept for case`))
  for (const other of ['pc4321', 'rec300', 'iao310', 'dis210'])
    assert.equal((await (await service.as(other)).get(`${keep}/decision`)).statusCode, 403, other)
  const decide = await inspector.get(`${keep}/decision`)
  tellsNobody(decide.body)
  assert.match(decide.body, /They may show when the demand was made\./)
  assert.match(decide.body, /authorised in an operation, and the call lies in its time/)
  const missing = await inspector.post(`${keep}/decision`, { outcome: 'approve', necessity: 'x' })
  assert.equal(missing.statusCode, 422)
  assert.match(missing.body, /Enter your reasons on proportionality/)
  assert.match((await inspector.post(`${keep}/decision`, {})).body, /Select whether they are kept/)
  assert.match((await inspector.post(`${keep}/decision`, { outcome: 'refuse' })).body, /Enter why they are not kept/)
  const decided = await inspector.post(`${keep}/decision`, { outcome: 'approve', ...APPROVED })
  assert.equal(decided.headers.location, `${keep}/decision?done=approved`)
  assert.match((await inspector.get(`${keep}/decision?done=approved`)).body, /Your approval is recorded and signed/)
  assert.doesNotMatch((await inspector.get('/')).body, /kept for case/)

  const waiting = await officer.get(keep)
  assert.match(waiting.body, /Being sealed/)
  await keepRecordings(ops, keep.split('/').at(-1) ?? '', KEEP_RUN)
  const kept = await officer.get(keep)
  assert.match(kept.body, /The archive’s own copies are destroyed/)
  for (const says of ['Open the extract and review it', 'How long it is held', about.reference])
    assert(kept.body.includes(says), says)
  assert.doesNotMatch((await (await service.as('rec300')).get(keep)).body, /Open the extract/)
  assert.match((await officer.get(`${here}/keeps`)).body, /Kept for the case/)
  const extraction = /\/extractions\/([0-9a-f-]{36})\/open/.exec(kept.body)?.[1] ?? ''
  // The officer in the case reads it as any extract: whose calls they were, and their sound.
  const reader = await service.as('pc4321')
  await reader.post(`/extractions/${extraction}/open`, { purpose: 'line-of-enquiry' })
  const calls = await reader.get(`/extractions/${extraction}/review/calls`)
  assert.equal(calls.statusCode, 200)
  const files = [...calls.body.matchAll(/(?:href|src)="(\/extractions\/[^"]+\/files\/0)"/g)].map(
    ([, path]) => path ?? '',
  )
  assert.equal(new Set(files).size, recordings.length)
  for (const file of new Set(files)) {
    const sound = await reader.get(file)
    assert.equal(sound.statusCode, 200)
    assert.match(String(sound.headers['content-type']), /^(?:audio|video)\//)
    assert.match(String(sound.headers['content-disposition']), /filename="file\.[a-z0-9]+"$/)
  }
})

test('what could not be sealed says so, and what comes next', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service)
  const keep = await aProposedKeep(archive, (await aCase(archive.ops)).id)
  const page = `/archives/${archive.id}/keeps/${keep}`
  const officer = await service.as('dis210')
  await archive.ops.store.db
    .updateTable('recording_keeps')
    .set({ approved: true, failure: 'NOT_WHOLE' })
    .where('id', '=', keep)
    .execute()
  assert.match((await officer.get(page)).body, /Not every recording could be read as it was taken in/)
  assert.match((await officer.get(page)).body, /Try again/)
  assert.doesNotMatch((await (await service.as('rec300')).get(page)).body, /Try again/)
  assert.equal((await officer.get(`/archives/${archive.id}/keeps/x`)).statusCode, 404)
  assert.equal((await (await service.as('pc4321')).get(page)).statusCode, 403)
})
