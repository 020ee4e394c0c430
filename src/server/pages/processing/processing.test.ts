import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FORCE_FACTS, PROCESSING_OPERATIONS } from '../../../actions/index.ts'
import { aRequest, anAgreement, served } from '../../../actions/decision/a-request.fixture.ts'
import { recordAgreement, submitRequest } from '../../../actions/index.ts'
import { openEvent } from '../../../events/index.ts'
import { ROUTES } from '../../routes.ts'
import { testService } from '../../test-service.fixture.ts'
import { errorsOf, textOf } from '../request/request-walk.fixture.ts'

const SAID = {
  controller: 'The Chief Constable, 1 Mill Lane',
  officer: 'Nia Pugh, telephone 01632 960111',
  policy: 'APD-7, version 3, reviewed in May 2026',
}

test('C22: what only the force can say is said by those who answer for it, read by the data protection officer, and missing until then', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const [owner, officer, administrator] = [
    await service.as('iao310'),
    await service.as('dpo400'),
    await service.as('adm500'),
  ]
  for (const who of ['pc4321', 'insp77', 'rec300', 'key501', 'log502'])
    assert.equal((await (await service.as(who)).get('/processing')).statusCode, 403, who)
  const empty = await officer.get('/processing')
  assert.match(textOf(empty), /The force has not said yet: Controller; Data protection officer; Joint controllers;/)
  assert.equal(empty.body.match(/govuk-tag--red">Missing</g)?.length, FORCE_FACTS.length)
  assert.doesNotMatch(empty.body, /href="\/processing\/change"/)
  for (const who of [officer, await service.as('aud503')]) {
    assert.equal((await who.get('/processing/change')).statusCode, 403)
    assert.equal((await who.post('/processing/change', { seen: '0', ...SAID })).statusCode, 403)
  }
  const later = await service.as('iao310', { stepUp: false })
  assert.match(String((await later.get('/processing/change')).headers.location), /^\/confirm-it-is-you/)

  assert.deepEqual(errorsOf(await owner.post('/processing/change', { seen: '0', officer: 'Nia Pugh' })), [
    'Enter who the controller is, and how they are reached',
  ])
  assert.equal((await owner.post('/processing/change', { seen: '0', ...SAID })).statusCode, 303)
  const page = await officer.get('/processing')
  assert.match(textOf(page), /What the force says is version 1, of .*, by Moss Tate/)
  assert.match(page.body, /01632 960111/)
  assert.equal(page.body.match(/govuk-tag--red">Missing</g)?.length, FORCE_FACTS.length - Object.keys(SAID).length)

  // Of two who have read the same version the second is told, and nothing of the first is lost.
  const stale = await administrator.post('/processing/change', { seen: '0', controller: 'Somebody else' })
  assert.equal(stale.statusCode, 409)
  assert.match(stale.body, /CHANGED_MEANWHILE/)
  assert.match((await administrator.get('/processing/change')).body, /name="seen" value="1"/)
  const again = { seen: '1', ...SAID, joint: 'None.' }
  assert.equal((await administrator.post('/processing/change', again)).statusCode, 303)
  assert.match(textOf(await owner.get('/processing')), /What the force said before Version 1, .*, by Moss Tate/)

  const logged = await ops.store.db
    .selectFrom('statements')
    .select(['actor', 'envelope'])
    .where('kind', '=', 'processing.changed')
    .orderBy('id')
    .execute()
  assert.deepEqual(
    logged.map(({ actor, envelope }) => [actor, openEvent(envelope, []).details['version']]),
    [
      ['iao310', 1],
      ['adm500', 2],
    ],
  )
  const [first, second] = logged.map(({ envelope }) => openEvent(envelope, []).details)
  assert.equal(first?.['before'], undefined)
  assert.equal(second?.['before'], first?.['after'])
  assert.doesNotMatch(JSON.stringify([first, second]), /Mill Lane|01632/)
})

test('C22 and C2: the record is given as PDF, CSV and JSON, each operation with purpose, basis, people, data, recipients, retention and evidence', async (t) => {
  const service = await testService(t)
  const officer = await service.as('dpo400')
  const json = (await officer.get('/processing/record.json')).json()
  assert.equal(json.format, 'peel-processing-record/1')
  assert(json.facts.every(({ says }: { says: unknown }) => says === null))
  assert.equal(json.version, 0)
  for (const one of json.operations) {
    for (const list of ['basis', 'people', 'data', 'recipients', 'evidence'])
      assert(one[list].length > 0, one.id + list)
    assert(one.purpose !== '' && one.kept !== '', one.id)
  }
  const review = json.operations.find(({ id }: { id: string }) => id === 'review')
  assert.deepEqual(review.recipients, ['investigating officer', 'reviewer', 'disclosure officer'])
  assert.match(review.kept, /looked at again every 12 months/)
  assert.match(review.sensitive, /the condition of Schedule 8 that its request names/)

  const file = await officer.get('/processing/record.csv')
  assert.match(String(file.headers['content-disposition']), /^attachment; filename="processing-record\.csv"$/)
  assert.match(
    file.body,
    /^What Test Police says,Controller,DPA 2018 s\.61\(2\)\(a\),Missing: the force has not said it yet\.\r$/m,
  )
  assert.match(
    file.body,
    /^Destroying,Basis in law,"DPA 2018 ss\.35, 61\(2\)\(i\)","DPA 2018 ss\.39, 47: erasure without delay"\r$/m,
  )

  const pdf = await officer.get('/processing/record.pdf')
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  const written = { seen: '0', controller: 'The Chief Constable 𝌆\n1 Mill Lane', security: '#panic("no")' }
  assert.equal((await (await service.as('iao310')).post('/processing/change', written)).statusCode, 303)
  assert.equal(
    (await officer.get('/processing/record.pdf')).statusCode,
    200,
    'what is written is never read as a program',
  )
  for (const path of ['record.pdf', 'record.csv', 'record.json'])
    assert.equal((await (await service.as('pc4321')).get(`/processing/${path}`)).statusCode, 403, path)
})

test('C10: the record says on which conditions requests rely, which policy document there is, and whether what is held is reviewed in time', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const owner = await service.as('iao310')
  const text = async () => textOf(await owner.get('/processing'))
  assert.match(await text(), /None yet: no request has been sent for decision/)
  assert.match(await text(), /Appropriate policy document DPA 2018 s\.42 Missing/)
  assert.match(await text(), /Whether that policy on retention is followed DPA 2018 s\.42 Missing/)
  const investigator = await service.actor('pc4321')
  const { id } = await aRequest(ops, investigator)
  await served(ops, investigator, id)
  service.setNow(new Date(ops.now().getTime() + 60_000))
  await recordAgreement(ops, investigator, anAgreement(id))
  await submitRequest(ops, investigator, { id })
  await owner.post('/processing/change', { seen: '0', ...SAID, kept: 'Yes, but for two old cases under appeal.' })
  assert.match(await text(), /Conditions that requests have relied on .{0,40}Schedule 8 paragraph \d: /)
  assert.match(await text(), /APD-7, version 3/)
  assert.match(await text(), /two old cases under appeal/)
  assert.match(await text(), /review overdue: 0/)
})

test('C22: the record lists what is done and nothing else: every operation has a page or a form, and what is planned has none', () => {
  const used = new Set<string>(ROUTES.flatMap(({ who, logs }) => [who, ...logs]))
  for (const { id, acts, events, planned } of PROCESSING_OPERATIONS) {
    const isUsed = [...acts, ...events].some((one) => used.has(one))
    // Keys and the service are kept on the command line and by the service itself.
    if (!['storage', 'service'].includes(id)) assert.equal(isUsed, planned !== true, id)
  }
})
