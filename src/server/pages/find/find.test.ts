import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideFind, openExtract, openReaders, reportFind } from '../../../actions/index.ts'
import { openEvent } from '../../../events/index.ts'
import { testService, type TestService } from '../../test-service.fixture.ts'
import { type AnExtract, anExtract, message } from '../review/an-extract.fixture.ts'

const PURPOSE = 'line-of-enquiry'
const SAID = {
  kind: 'safeguarding',
  says: 'A child of the household may come to harm.',
  reasons: 'Nobody in this case looks after children.',
}
const DECIDED = { outcome: 'pass-on', passTo: 'Child protection', reasons: 'It is theirs to look into.' }

/** What the log holds of a case, oldest first. */
async function logged({ ops }: TestService, { caseId }: AnExtract) {
  const rows = await ops.store.db
    .selectFrom('statements')
    .select(['kind', 'actor', 'envelope', 'authorisation_leaf'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map(({ envelope, ...row }) => ({ ...row, details: openEvent(envelope, []).details }))
}

async function opened(t: Parameters<typeof anExtract>[0], who = 'rev200') {
  const service = await testService(t)
  const made = await anExtract(t, service, { records: [message('the heron waits')] })
  const base = `/extractions/${made.extraction}`
  const reviewer = await service.as(who)
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  return { service, made, base, reviewer }
}

async function reported(t: Parameters<typeof anExtract>[0]) {
  const all = await opened(t)
  const answer = await all.reviewer.post(`${all.base}/review/something-else`, SAID)
  const page = String(answer.headers.location).replace(/\?.*/, '')
  return { ...all, page, find: page.split('/').at(-1) ?? '' }
}

test('G15: whoever finds something else says what, in their own words and why; each is asked for, and nothing happens before', async (t) => {
  const { service, base, reviewer } = await opened(t)
  assert.match((await reviewer.get(`${base}/review`)).body, /something-else">Something else came to light/)
  const empty = await reviewer.post(`${base}/review/something-else`, { says: 'A child.' })
  assert.equal(empty.statusCode, 422)
  assert.match(empty.body, /Select what came to light/)
  assert.match(empty.body, /Enter why somebody should decide on it/)
  assert.match(empty.body, />A child\.<\/textarea>/)
  assert.equal((await reviewer.get(`${base}/review`)).statusCode, 200, 'it is still open')
  assert.equal((await service.ops.store.db.selectFrom('finds').selectAll().execute()).length, 0)
})

test('G15: reading stops at once for everybody in the case, and nobody opens the extract again for review', async (t) => {
  const { service, made, base, reviewer } = await opened(t)
  const officer = await service.as('pc4321')
  await officer.post(`${base}/open`, { purpose: PURPOSE })
  const answer = await reviewer.post(`${base}/review/something-else`, SAID)
  assert.match(String(answer.headers.location), new RegExp(`^${base}/finds/[0-9a-f-]{36}\\?done=reported$`))
  assert.equal(openReaders(service.ops), 0, 'its key is gone from memory')
  for (const visitor of [reviewer, officer])
    assert.equal((await visitor.get(`${base}/review/timeline`)).headers.location, `${base}/open`)
  const closed = (await logged(service, made)).filter(({ kind }) => kind === 'extract.closed')
  assert.deepEqual(closed.map(({ actor, details }) => [actor, details['because']]).toSorted(), [
    ['rev200', 'find'],
    ['service', 'find'],
  ])
  for (const [who, purposes] of [
    ['rev200', [PURPOSE, 'rights-of-a-person']],
    ['pc4321', [PURPOSE, 'disclosure', 'evidence']],
    ['dis210', ['disclosure', 'evidence']],
  ] as const)
    for (const purpose of purposes) {
      const actor = await service.actor(who)
      const opening = openExtract(service.ops, actor, { extraction: made.extraction, purpose })
      await assert.rejects(opening, { reason: 'FIND_WAITS' }, `${who} ${purpose}`)
    }
  // Whoever never opened it is not asked to, either.
  assert.doesNotMatch((await (await service.as('dis210')).get('/')).body, /Review the extract/)
  const page = await reviewer.get(`${base}/open`)
  assert.match(page.body, /Nobody reads it until an authorising officer has decided/)
  assert.doesNotMatch(page.body, /value="line-of-enquiry"/)
  assert.match(page.body, /value="risk-to-life"/)
})

test('G15: an opening that another process began meanwhile shows no page', async (t) => {
  const { service, made, base } = await reported(t)
  const { db } = service.ops.store
  const at = service.ops.now()
  await db
    .insertInto('openings')
    .values({
      extraction_id: made.extraction,
      person_id: 'pc4321',
      purpose: PURPOSE,
      opened_at: at,
      ends_at: new Date(at.getTime() + 600_000),
    })
    .execute()
  const officer = await service.as('pc4321')
  assert.equal((await officer.get(`${base}/review`)).statusCode, 409)
  const rows = await db.selectFrom('openings').select('id').where('closed_at', 'is', null).execute()
  assert.deepEqual(rows, [], 'and has ended')
})

test('G15 and C-LOG: the log has what kind of thing and what was decided, and no word of it', async (t) => {
  const { service, made, find } = await reported(t)
  const inspector = await service.actor('insp77')
  await decideFind(service.ops, inspector, { extraction: made.extraction, find, ...DECIDED })
  const entries = await logged(service, made)
  const one = (kind: string) => entries.find((entry) => entry.kind === kind)
  assert.equal(one('find.reported')?.details['as'], 'safeguarding')
  assert.equal(one('find.reported')?.authorisation_leaf, made.leaf)
  assert.equal(one('find.decided')?.details['outcome'], 'pass-on')
  assert.equal(one('find.decided')?.actor, 'insp77')
  assert.doesNotMatch(JSON.stringify(entries), /household|looks after|protection|theirs to look/)
  // Where it cannot be logged nothing is reported, and nothing is closed.
  const second = await anExtract(t, service, { records: [message('the river')] })
  const reviewer = await service.actor('rev200')
  await openExtract(service.ops, reviewer, { extraction: second.extraction, purpose: PURPOSE })
  const refusing = { record: () => Promise.reject(new Error('no log')) }
  const { record } = service.ops.journal
  Object.assign(service.ops.journal, refusing)
  await assert.rejects(reportFind(service.ops, reviewer, { extraction: second.extraction, ...SAID }), /no log/)
  Object.assign(service.ops.journal, { record })
  assert.equal((await service.ops.store.db.selectFrom('finds').selectAll().execute()).length, 1)
})

test('G15: an authorising officer decides with reasons, never whoever reported it, the officer in the case or who asked', async (t) => {
  const { service, made, base, page, find } = await reported(t)
  const inspector = await service.as('insp77')
  assert.match((await inspector.get('/')).body, /Decide what follows from something else that came to light in AH\/1/)
  assert.doesNotMatch((await inspector.get('/')).body, /household/)
  const shown = await inspector.get(`${page}/decision`)
  assert.match(shown.body, /A child of the household may come to harm\./)
  const empty = await inspector.post(`${page}/decision`, { outcome: 'pass-on' })
  assert.equal(empty.statusCode, 422)
  assert.match(empty.body, /Enter the team that it is passed on to/)
  assert.match(empty.body, /Enter your reasons/)
  // Somebody of every role who reported it themselves.
  await service.ops.store.db.updateTable('finds').set({ found_by: 'insp78' }).execute()
  const finder = await service.actor('insp78')
  const deciding = decideFind(service.ops, finder, { extraction: made.extraction, find, ...DECIDED })
  await assert.rejects(deciding, { reason: 'SAME_PERSON' })
  assert.equal((await (await service.as('insp78')).get('/')).body.includes('came to light'), false)
  for (const who of ['rev200', 'pc4321', 'dis210', 'dpo400', 'adm500'])
    assert.equal((await (await service.as(who)).get(`${page}/decision`)).statusCode, 403, who)
  assert.equal((await (await service.as('pc4322')).get(page)).statusCode, 404, 'who is not of the case')
  assert.equal((await inspector.get(`${base}/finds/${made.extraction}`)).statusCode, 404)

  await inspector.post(`${page}/decision`, DECIDED)
  const decided = await (await service.as('rev200')).get(page)
  assert.match(decided.body, /It is passed on to another team\. To: Child protection\./)
  assert.match(decided.body, /It is theirs to look into\./)
  assert.doesNotMatch((await inspector.get('/')).body, /came to light/)
  await assert.rejects(
    decideFind(service.ops, await service.actor('insp77'), { extraction: made.extraction, find, ...DECIDED }),
    { reason: 'FIND_DECIDED' },
  )
})

for (const outcome of ['new-request', 'go-on', 'pass-on'] as const)
  test(`G15 and B29: after the decision (${outcome}) it is opened for the line that was authorised, and a new line needs a new request`, async (t) => {
    const { service, made, base, reviewer, page, find } = await reported(t)
    const inspector = await service.actor('insp77')
    await decideFind(service.ops, inspector, { extraction: made.extraction, find, ...DECIDED, outcome })
    assert.equal((await reviewer.post(`${base}/open`, { purpose: PURPOSE })).headers.location, `${base}/review`)
    assert.equal((await reviewer.get(`${base}/review/timeline`)).statusCode, 200)
    const officer = await (await service.as('pc4321')).get(page)
    const link = `href="/cases/${made.caseId}/requests/new"`
    assert.equal(officer.body.includes(link), outcome === 'new-request')
    assert.equal((await reviewer.get(page)).body.includes(link), false, 'a reviewer writes no request')
  })

test('G15: an immediate risk to life does not wait, and whoever decides is told that it was opened for that', async (t) => {
  const { service, made, base, page, find, reviewer } = await reported(t)
  await reviewer.post(`${base}/open`, { purpose: 'risk-to-life' })
  assert.equal((await reviewer.get(`${base}/review/timeline`)).statusCode, 200)
  const inspector = await service.as('insp77')
  assert.match((await inspector.get('/')).body, /It was opened once since to prevent an immediate risk to life\./)
  assert.match(
    (await inspector.get(`${page}/decision`)).body,
    /Opened since to prevent an immediate risk to life<[\s\S]*Hari Nair/,
  )
  // What else comes to light then is a find of its own, and waits for its own decision.
  const second = await reviewer.post(`${base}/review/something-else`, { ...SAID, kind: 'another-crime' })
  const other = String(second.headers.location).split('?')[0]?.split('/').at(-1) ?? ''
  assert.equal((await reviewer.get(`${base}/review`)).headers.location, `${base}/open`)
  const actor = await service.actor('insp77')
  await decideFind(service.ops, actor, { extraction: made.extraction, find, ...DECIDED })
  const opening = async () =>
    openExtract(service.ops, await service.actor('rev200'), { extraction: made.extraction, purpose: PURPOSE })
  await assert.rejects(opening(), { reason: 'FIND_WAITS' })
  await decideFind(service.ops, actor, { extraction: made.extraction, find: other, ...DECIDED, outcome: 'go-on' })
  await opening()
})

test('G15: counsel and whoever decides on excess go on with what was set apart before', async (t) => {
  const { service, made } = await reported(t)
  const counsel = await service.actor('csl900')
  await openExtract(service.ops, counsel, { ...made, purpose: 'privilege', compartment: 'privileged' })
  const disclosure = await service.actor('dis210')
  await openExtract(service.ops, disclosure, { ...made, purpose: 'excess', compartment: 'excess' })
})
