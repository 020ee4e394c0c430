import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ActionError,
  decidePrivilege,
  IDLE_OPENING,
  LONGEST_OPENING,
  openExtract,
  openReaders,
  showRecords,
  tagRecords,
  withOpenExtract,
  writeNote,
} from '../../../actions/index.ts'
import { openEnvelope } from '../../../signature/index.ts'
import { shownDigest } from '../../../review/index.ts'
import { testService, type TestService } from '../../test-service.fixture.ts'
import { type AnExtract, anExtract, message } from './an-extract.fixture.ts'

const PURPOSE = 'line-of-enquiry'

/** What the log holds of a case, oldest first. */
async function logged({ ops }: TestService, { caseId }: AnExtract) {
  const rows = await ops.store.db
    .selectFrom('statements')
    .select(['kind', 'actor', 'leaf', 'authorisation_leaf', 'envelope'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map(({ envelope, ...row }) => {
    const statement = JSON.parse(Buffer.from(openEnvelope(envelope).payload).toString()) as {
      predicate: { details: Record<string, unknown> }
    }
    return { ...row, details: statement.predicate.details }
  })
}

async function idsOf(
  service: TestService,
  who: string,
  extraction: string,
  compartment: 'main' | 'privileged' = 'main',
) {
  const actor = await service.actor(who)
  return withOpenExtract(service.ops, actor, { extraction, compartment }, async ({ view }) =>
    view.page({}, 100).items.map(({ record }) => record.id),
  )
}

test('C23 and C-LOG: opening is logged under its grant before the key is used; without an entry nothing opens', async (t) => {
  const service = await testService(t)
  const made = await anExtract(t, service, { records: [message('the heron waits')] })
  const { extraction } = made
  const actor = await service.actor('rev200')
  const used: string[] = []
  const { ops } = service
  const keyring = new Proxy(ops.keyring, {
    get: (ring, name) => {
      if (name === 'useExtractIdentity') used.push('key')
      const value = Reflect.get(ring, name, ring) as unknown
      return typeof value === 'function' ? value.bind(ring) : value
    },
  })
  const refusing = { ...ops, keyring, journal: { ...ops.journal, record: () => Promise.reject(new Error('no log')) } }
  await assert.rejects(openExtract(refusing as typeof ops, actor, { extraction, purpose: PURPOSE }), /no log/)
  assert.deepEqual(used, [])
  assert.equal((await ops.store.db.selectFrom('openings').selectAll().execute()).length, 0)

  await openExtract(ops, actor, { extraction, purpose: PURPOSE })
  const entry = (await logged(service, made)).find(({ kind }) => kind === 'extract.opened')
  assert.equal(entry?.actor, 'rev200')
  assert.equal(entry.authorisation_leaf, made.leaf)
  assert.equal(entry.details['purpose'], PURPOSE)
  assert.equal(entry.details['role'], 'reviewer')
})

test('C23 and C-LOG: each page of records is one entry, with how many were on it and the digest over their ids', async (t) => {
  const service = await testService(t)
  const made = await anExtract(t, service, { messages: 300 })
  const base = `/extractions/${made.extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  const pages = ['conversations/0', 'timeline', 'gallery', 'map', 'calls', 'contacts', 'search?words=the']
  for (const page of pages) assert.equal((await reviewer.get(`${base}/review/${page}`)).statusCode, 200, page)
  const views = (await logged(service, made)).filter(({ kind }) => kind === 'item.viewed')
  assert.deepEqual(
    views.map(({ details }) => details['view']),
    ['conversation', 'timeline', 'gallery', 'map', 'calls', 'contacts', 'search'],
  )
  const shown = await reviewer.get(`${base}/review/timeline`)
  const ids = [...shown.body.matchAll(/id="r-([a-z2-7]{26})"/g)].map(([, id]) => id as string)
  const last = (await logged(service, made)).at(-1)
  assert.equal(last?.details['records'], ids.length)
  assert.equal(last.details['shown'], shownDigest(ids))

  const refusing = {
    ...service.ops,
    journal: { ...service.ops.journal, record: () => Promise.reject(new Error('no log')) },
  }
  const actor = await service.actor('rev200')
  await withOpenExtract(service.ops, actor, { extraction: made.extraction }, async (open) => {
    await assert.rejects(showRecords(refusing as typeof service.ops, actor, open, 'timeline', []), /no log/)
  })
})

test('C19: an extract closes by itself half an hour after the last page, and four hours after it was opened', async (t) => {
  const service = await testService(t)
  const { extraction } = await anExtract(t, service, { records: [message('the heron waits')] })
  const { ops } = service
  const start = new Date('2026-11-22T09:00:00Z')
  service.setNow(start)
  const base = `/extractions/${extraction}`
  const open = async () => {
    const reviewer = await service.as('rev200')
    return { reviewer, answer: await reviewer.post(`${base}/open`, { purpose: PURPOSE }) }
  }
  const { reviewer } = await open()
  service.setNow(new Date(start.getTime() + IDLE_OPENING - 1000))
  assert.equal((await reviewer.get(`${base}/review`)).statusCode, 200)
  service.setNow(new Date(start.getTime() + 2 * IDLE_OPENING - 500))
  const later = await service.as('rev200')
  assert.equal((await later.get(`${base}/review`)).headers.location, `${base}/open`)

  await open()
  const again = ops.now().getTime()
  for (let at = again; at < again + LONGEST_OPENING; at += IDLE_OPENING / 2) {
    service.setNow(new Date(at))
    await idsOf(service, 'rev200', extraction)
  }
  service.setNow(new Date(again + LONGEST_OPENING))
  await assert.rejects(idsOf(service, 'rev200', extraction), { reason: 'NOT_OPEN' })
})

test('C4 and C19: a purpose is chosen from a closed list, and who closes an extract lets go of its key', async (t) => {
  const service = await testService(t)
  const made = await anExtract(t, service, { records: [message('the heron waits')] })
  const base = `/extractions/${made.extraction}`
  const reviewer = await service.as('rev200')
  for (const purpose of ['', 'curiosity', 'privilege', 'disclosure']) {
    const answer = await reviewer.post(`${base}/open`, { purpose })
    assert.equal(answer.statusCode, 422, purpose)
    assert.match(answer.body, /Choose why you are opening it/)
  }
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  assert.equal(openReaders(service.ops), 1)
  await reviewer.post(`${base}/close`)
  assert.equal(openReaders(service.ops), 0)
  assert.equal((await logged(service, made)).at(-1)?.kind, 'extract.closed')
  assert.equal((await reviewer.get(`${base}/review`)).headers.location, `${base}/open`)
})

test('C16, B23: what is restricted or withdrawn opens only for why it is kept, and closes at once for whoever had it open', async (t) => {
  const service = await testService(t)
  const made = await anExtract(t, service, { records: [message('the heron waits')] })
  const { extraction } = made
  const { ops } = service
  const actor = await service.actor('rev200')
  const officer = await service.actor('dis210')
  await openExtract(ops, actor, { extraction, purpose: PURPOSE })
  await ops.store.db.updateTable('holdings').set({ restricted_at: ops.now() }).execute()
  await assert.rejects(idsOf(service, 'rev200', extraction), { reason: 'RESTRICTED' })
  assert.equal((await logged(service, made)).at(-1)?.details['because'], 'hold')
  assert.equal(openReaders(ops), 0)
  await assert.rejects(openExtract(ops, actor, { extraction, purpose: PURPOSE }), { reason: 'RESTRICTED' })
  await assert.rejects(openExtract(ops, officer, { extraction, purpose: 'disclosure' }), { reason: 'RESTRICTED' })
  await openExtract(ops, officer, { extraction, purpose: 'evidence' })

  await ops.store.db.updateTable('holdings').set({ restricted_at: null }).execute()
  await ops.store.db
    .insertInto('withdrawals')
    .values({ request_id: made.requestId, happened_at: ops.now(), channel: 'telephone', stage: 'after', letter: '{}' })
    .execute()
  await assert.rejects(openExtract(ops, actor, { extraction, purpose: PURPOSE }), { reason: 'WITHDRAWN' })
  await openExtract(ops, officer, { extraction, purpose: 'disclosure' })
  await ops.store.db.updateTable('holdings').set({ destroyed_at: ops.now() }).execute()
  await assert.rejects(idsOf(service, 'dis210', extraction), { reason: 'DESTROYED' })
})

test('a tag with nothing ticked tags nothing, and the page says so', async (t) => {
  const service = await testService(t)
  const { extraction } = await anExtract(t, service, { records: [message('the heron waits')] })
  const base = `/extractions/${extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  const answer = await reviewer.post(`${base}/review/tag`, { tag: 'relevant', back: `${base}/review/timeline?app=sms` })
  const to = String(answer.headers.location)
  assert.equal(to, `${base}/review/timeline?app=sms&done=nothing`)
  assert.match((await reviewer.get(to)).body, /Nothing was tagged\. Tick the records first/)
  assert.deepEqual(await service.ops.store.db.selectFrom('tags').selectAll().execute(), [])
})

test('G1: what may be privileged is gone at once from every page, count and search of whoever reviews, and from the address of the record', async (t) => {
  const service = await testService(t)
  const secret = message('my solicitor says zanzibar', {
    thread: 't2',
    from: { address: '+447700900999', name: 'Lena Barrister' },
    place: { lat: 52.4, lon: -0.9 },
    attachments: [{ name: 'advice.png', media_type: 'image/png', taken: false }],
  })
  const records = [message('the heron waits'), message('at the river'), secret]
  const { extraction } = await anExtract(t, service, { records })
  const base = `/extractions/${extraction}`
  for (const who of ['rev200', 'pc4321']) await (await service.as(who)).post(`${base}/open`, { purpose: PURPOSE })
  const reviewer = await service.as('rev200')
  const before = await reviewer.get(`${base}/review/timeline`)
  assert.match(before.body, /zanzibar/)
  assert.match(before.body, />3 records\.</)
  const answer = await reviewer.post(`${base}/review/tag`, {
    record: secret.id,
    tag: 'privileged',
    back: `${base}/review/timeline`,
  })
  assert.match(String(answer.headers.location), /done=privileged$/)
  for (const who of ['rev200', 'pc4321']) {
    const person = await service.as(who)
    for (const page of [
      '',
      '/conversations',
      '/conversations/0',
      '/timeline',
      '/gallery',
      '/map',
      '/calls',
      '/contacts',
      '/search?words=zanzibar',
      '/search?words=Barrister&line=L1',
      `/timeline?party=1`,
    ]) {
      const { body } = await person.get(`${base}/review${page}`)
      assert.doesNotMatch(body.replace(/value="[^"]*"/g, ''), /zanzibar|Barrister|900999|advice\.png/, `${who} ${page}`)
    }
    assert.match((await person.get(`${base}/review/timeline`)).body, />2 records\.</)
    assert.match((await person.get(`${base}/review`)).body, />2 records</)
    for (const gone of [`/conversations/1`, `/records/${secret.id}`, `/records/${secret.id}/files/0`])
      assert.equal((await person.get(`${base}/review${gone}`)).statusCode, 404, gone)
  }
  const refused = await reviewer.post(`${base}/review/tag`, { record: secret.id, tag: 'privileged remove' })
  assert.equal(refused.statusCode, 409)
})

test('G1, H10: counsel alone sees what was set apart, decides, and what is not privileged comes back', async (t) => {
  const service = await testService(t)
  const [one, two] = [message('my solicitor says zanzibar'), message('legal advice: timbuktu')]
  const made = await anExtract(t, service, { records: [message('the heron waits'), one, two] })
  const { extraction } = made
  const base = `/extractions/${extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  await reviewer.post(`${base}/review/tag`, { record: [one.id, two.id], tag: 'privileged' })
  for (const who of ['rev200', 'pc4321', 'dis210', 'ext510', 'dpo400', 'adm500'])
    assert.notEqual((await (await service.as(who)).get(`${base}/privileged/open`)).statusCode, 200, who)
  const counsel = await service.as('csl900')
  assert.match((await counsel.get('/')).body, /Decide what is privileged in AH\/1/)
  assert.notEqual((await counsel.get(`${base}/open`)).statusCode, 200)
  assert.equal(
    (await counsel.post(`${base}/privileged/open`, { purpose: 'privilege' })).headers.location,
    `${base}/privileged`,
  )
  const queue = await counsel.get(`${base}/privileged`)
  assert.match(queue.body, /zanzibar/)
  assert.match(queue.body, /timbuktu/)
  assert.doesNotMatch(queue.body, /heron/)
  assert.equal((await counsel.post(`${base}/privileged`, { outcome: 'privileged' })).statusCode, 422)
  await counsel.post(`${base}/privileged`, { record: one.id, outcome: 'not-privileged' })
  await counsel.post(`${base}/privileged`, { record: two.id, outcome: 'privileged' })
  const { body } = await reviewer.get(`${base}/review/timeline`)
  assert.match(body, /zanzibar/)
  assert.doesNotMatch(body, /timbuktu/)
  assert.doesNotMatch((await counsel.get('/')).body, /Decide what is privileged/)
  const decided = (await logged(service, made)).filter(({ kind }) => kind === 'item.privilege_decided')
  assert.deepEqual(
    decided.map(({ details }) => details['outcome']),
    ['not-privileged', 'privileged'],
  )
  await assert.rejects(
    decidePrivilege(service.ops, await service.actor('rev200'), {
      extraction,
      records: [two.id],
      outcome: 'not-privileged',
    }),
    (error: unknown) => error instanceof ActionError && error.code === 'NOT_ALLOWED',
  )
})

test('G1: what a lawyer’s words find is set apart unread, all at once', async (t) => {
  const service = await testService(t)
  const records = Array.from({ length: 40 }, (_, at) => message(at % 2 ? `my solicitor said ${at}` : `the heron ${at}`))
  const made = await anExtract(t, service, { records })
  const base = `/extractions/${made.extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  const asked = await reviewer.get(`${base}/review/search?words=solicitor`)
  assert.match(asked.body, /Set apart all that it finds/)
  assert.doesNotMatch(asked.body, /solicitor said/)
  await reviewer.post(`${base}/review/search/set-apart`, { words: 'solicitor' })
  assert.match((await reviewer.get(`${base}/review/timeline`)).body, />20 records\.</)
  assert.match((await reviewer.get(`${base}/review/search?words=solicitor&line=L1`)).body, /Nothing that you may see/)
  const entries = await logged(service, made)
  assert.equal(entries.find(({ kind }) => kind === 'extract.set_apart')?.details['records'], 20)
  const again = await reviewer.post(`${base}/review/search/set-apart`, { words: 'solicitor' })
  assert.equal(again.statusCode, 409)
})

test('whoever did something is told what, to how many, and of what is decided nothing stands as if it were not', async (t) => {
  const service = await testService(t)
  const records = ['zanzibar', 'timbuktu', 'a holiday', 'the heron'].map((body) => message(body))
  const { extraction } = await anExtract(t, service, { records })
  const base = `/extractions/${extraction}`
  const ids = records.map(({ id }) => id)
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  const said = async (who: typeof reviewer, path: string, form: Record<string, string | string[]>) =>
    (await who.get(String((await who.post(path, form)).headers.location))).body
  const tag = (tag: string, record: string[]) =>
    said(reviewer, `${base}/review/tag`, { tag, record, back: `${base}/review/timeline` })
  assert.match(await tag('relevant', [ids[3] as string]), /1 record was tagged “Relevant”\./)
  assert.match(await tag('relevant remove', [ids[3] as string]), /A tag was taken away from 1 record\./)
  assert.match(await tag('privileged', ids.slice(0, 2)), /2 records were set apart for counsel\. You cannot see them/)
  assert.match(await tag('excess', [ids[2] as string]), /1 record was set apart as taken in excess\. You cannot see it/)
  // An address that somebody made up says nothing.
  for (const query of ['done=tagged-relevant', 'done=excess&records=many', 'done=tagged-toString&records=1'])
    assert.doesNotMatch((await reviewer.get(`${base}/review?${query}`)).body, /govuk-notification-banner/, query)

  const counsel = await service.as('csl900')
  await counsel.post(`${base}/privileged/open`, { purpose: 'privilege' })
  const nothing = await counsel.post(`${base}/privileged`, { outcome: 'privileged' })
  assert.match(nothing.body, /id="records-error".*Tick at least one record/s)
  const kept = await said(counsel, `${base}/privileged`, { outcome: 'privileged', record: ids[0] as string })
  assert.match(kept, /You decided that 1 record is privileged/)
  assert.match(kept, /govuk-tag--grey">Decided: privileged/)
  assert.equal([...kept.matchAll(/govuk-tag--red">May be privileged/g)].length, 1, 'on what is not decided alone')
  const back = await said(counsel, `${base}/privileged`, { outcome: 'not-privileged', record: ids[1] as string })
  assert.match(back, /You decided that 1 record is not privileged\. Whoever reviews the extract sees it again\./)
  assert.match(back, /You have decided on everything here\. You can close the extract\./)

  const officer = await service.as('dis210')
  await officer.post(`${base}/excess/open`, { purpose: 'excess' })
  const going = await said(officer, `${base}/excess`, { outcome: 'destroy', record: ids[2] as string })
  assert.match(going, /You decided that 1 record is to be destroyed\. Now ask for the destruction/)
})

test('B21, H8: what was taken in excess goes to the disclosure officer alone, who decides what becomes of it', async (t) => {
  const service = await testService(t)
  const extra = message('a holiday in zanzibar')
  const made = await anExtract(t, service, { records: [message('the heron waits'), extra] })
  const base = `/extractions/${made.extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  await reviewer.post(`${base}/review/tag`, { record: extra.id, tag: 'excess' })
  assert.doesNotMatch((await reviewer.get(`${base}/review/timeline`)).body, /zanzibar/)
  const officer = await service.as('dis210')
  await officer.post(`${base}/open`, { purpose: 'disclosure' })
  assert.doesNotMatch((await officer.get(`${base}/review/timeline`)).body, /zanzibar/)
  await officer.post(`${base}/excess/open`, { purpose: 'excess' })
  assert.match((await officer.get(`${base}/excess`)).body, /zanzibar/)
  await officer.post(`${base}/excess`, { record: extra.id, outcome: 'destroy' })
  assert.match((await officer.get(`${base}/excess`)).body, /Decided: to be destroyed/)
  const kinds = new Set((await logged(service, made)).map(({ kind }) => kind))
  assert(kinds.has('extract.set_apart') && kinds.has('item.excess_decided'))
})

test('G11: people of a group whom the authorisation does not name are numbers, until somebody asks, which is logged', async (t) => {
  const service = await testService(t)
  const scope = [{ id: 'C1', line_of_enquiry: 'L1', records: ['message' as const], with: ['07700 900123'] }]
  const group = {
    thread: 'g1',
    to: [
      { address: '+447700900124', name: 'Uma Quill' },
      { address: '+447700900125', name: 'Vic Rowan' },
    ],
  }
  const records = [
    message('hello all', group),
    message('me too', { ...group, from: { address: '+447700900124', name: 'Uma Quill' }, to: [] }),
    message('between us', { thread: 't1' }),
  ]
  const made = await anExtract(t, service, { records, scope } as Parameters<typeof anExtract>[2])
  const base = `/extractions/${made.extraction}/review`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${made.extraction}/open`, { purpose: PURPOSE })
  await service.ops.store.db
    .updateTable('requests')
    .set({ document: JSON.stringify({ lines_of_enquiry: [], scope }) })
    .execute()
  for (const page of [
    '',
    '/conversations',
    '/conversations/0',
    '/timeline',
    '/search?words=hello',
    `/records/${records[1]?.id}`,
  ]) {
    const { body } = await reviewer.get(`${base}${page}`)
    assert.doesNotMatch(body, /Uma|Quill|Vic|900124|900125/, page)
  }
  const masked = await reviewer.get(`${base}/conversations/0`)
  assert.match(masked.body, /Person 2/)
  assert.match(masked.body, /Dan Reeve/)
  await reviewer.post(`${base}/conversations/0/names`)
  assert.match((await reviewer.get(`${base}/conversations/0`)).body, /Uma Quill/)
  const entry = (await logged(service, made)).find(({ kind }) => kind === 'item.unmasked')
  assert.equal(entry?.details['people'], 3)
  // Nobody else has asked.
  const other = await service.as('pc4321')
  await other.post(`/extractions/${made.extraction}/open`, { purpose: PURPOSE })
  assert.doesNotMatch((await other.get(`${base}/conversations/0`)).body, /Uma/)
})

test('C6: a note says whether it is a fact or an assessment, and stands in the database as ciphertext alone', async (t) => {
  const service = await testService(t)
  const record = message('the heron waits')
  const made = await anExtract(t, service, { records: [record] })
  const base = `/extractions/${made.extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  const page = `${base}/review/records/${record.id}`
  const wrong = await reviewer.post(`${page}/note`, { text: 'He was at the river.', kind: '' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /He was at the river/)
  await reviewer.post(`${page}/note`, { text: 'He was at the river. <b>!</b>', kind: 'assessment' })
  const { body } = await reviewer.get(page)
  assert.match(body, /Assessment<\/strong>.*He was at the river\. &lt;b&gt;/)
  const [row] = await service.ops.store.db.selectFrom('notes').selectAll().execute()
  assert.match(row?.sealed.toString('latin1') ?? '', /^age-encryption\.org\/v1/)
  assert.doesNotMatch(row?.sealed.toString('latin1') ?? '', /river/)
  await assert.rejects(
    writeNote(service.ops, await service.actor('dpo400'), {
      extraction: made.extraction,
      record: record.id,
      kind: 'fact',
      text: 'x',
    }),
  )
})

test('D14: what was searched for, in what and with how many hits is kept sealed with the extract, and in no log', async (t) => {
  const service = await testService(t)
  const made = await anExtract(t, service, { records: [message('the heron waits by the river')] })
  const base = `/extractions/${made.extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: PURPOSE })
  const found = await reviewer.get(`${base}/review/search?words=HERON+%22the+river%22`)
  assert.match(found.body, /<mark>heron<\/mark>/)
  assert.match(found.body, /<mark>the river<\/mark>/)
  await reviewer.get(`${base}/review/search?words=zanzibar`)
  const examined = await reviewer.get(`${base}/review/how-it-was-examined`)
  assert.match(examined.body, /HERON/)
  assert.match(examined.body, /zanzibar/)
  const { rows } = await service.ops.store.pool.query(
    "SELECT (SELECT string_agg(encode(sealed, 'escape'), '') FROM searches) AS sealed, (SELECT string_agg(envelope, '') FROM statements) AS log",
  )
  const all = JSON.stringify(rows) + (await logged(service, made)).map((one) => JSON.stringify(one)).join('')
  assert.doesNotMatch(all, /heron|zanzibar/i)
})

test('G12: words that may give away something sensitive are searched for only under a line of enquiry', async (t) => {
  const service = await testService(t)
  const made = await anExtract(t, service, { records: [message('the doctor said so')] })
  const base = `/extractions/${made.extraction}/review/search`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${made.extraction}/open`, { purpose: PURPOSE })
  const asked = await reviewer.get(`${base}?words=doctor`)
  assert.match(asked.body, /may give away something about health/)
  assert.doesNotMatch(asked.body, /said so/)
  assert.equal((await logged(service, made)).filter(({ kind }) => kind === 'item.viewed').length, 0)
  assert.match((await reviewer.get(`${base}?words=doctor&line=L1`)).body, /said so/)
})

test('H1, C19: who is no member of the case, or has another part in it, opens nothing; and who leaves the case sees nothing more', async (t) => {
  const service = await testService(t)
  const made = await anExtract(t, service, { records: [message('the heron waits')] })
  const base = `/extractions/${made.extraction}`
  for (const who of [
    'pc4322',
    'insp77',
    'ext510',
    'dpo400',
    'adm500',
    'key501',
    'log502',
    'aud503',
    'iao310',
    'csl900',
  ]) {
    const person = await service.as(who)
    for (const path of [`${base}/open`, `${base}/review`, `${base}/review/timeline`])
      assert([403, 404].includes((await person.get(path)).statusCode), `${who} ${path}`)
    assert([403, 404].includes((await person.post(`${base}/open`, { purpose: PURPOSE })).statusCode), who)
  }
  const actor = await service.actor('rev200')
  await openExtract(service.ops, actor, { extraction: made.extraction, purpose: PURPOSE })
  await service.ops.store.db.deleteFrom('case_members').where('person_id', '=', 'rev200').execute()
  await assert.rejects(idsOf(service, 'rev200', made.extraction), { reason: 'NOT_FOUND' })
})

test('a second factor is asked for before an extract is opened', async (t) => {
  const service = await testService(t)
  const { extraction } = await anExtract(t, service, { records: [message('the heron waits')] })
  const reviewer = await service.as('rev200', { stepUp: false })
  const answer = await reviewer.get(`/extractions/${extraction}/open`)
  assert.match(String(answer.headers.location), /^\/confirm-it-is-you/)
})

test('a tag is set and taken away, and relevant takes the place of not relevant', async (t) => {
  const service = await testService(t)
  const record = message('the heron waits')
  const { extraction } = await anExtract(t, service, { records: [record] })
  const actor = await service.actor('rev200')
  await openExtract(service.ops, actor, { extraction, purpose: PURPOSE })
  const tags = async () =>
    (await service.ops.store.db.selectFrom('tags').select('tag').orderBy('tag').execute()).map(({ tag }) => tag)
  const set = (tag: string, remove = false) =>
    tagRecords(service.ops, actor, { extraction, records: [record.id], tag, remove })
  await set('not_relevant')
  await set('third_party')
  await set('relevant')
  assert.deepEqual(await tags(), ['relevant', 'third_party'])
  await set('relevant', true)
  assert.deepEqual(await tags(), ['third_party'])
  await assert.rejects(set('interesting'), { reason: 'TAG' })
  await assert.rejects(tagRecords(service.ops, actor, { extraction, records: ['a'.repeat(26)], tag: 'relevant' }), {
    reason: 'RECORDS',
  })
})
