import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PeelRecord } from '../../../records/index.ts'
import { testService } from '../../test-service.fixture.ts'
import { anExtract, message } from './an-extract.fixture.ts'
import { callWords } from './call-words.ts'
import { boxOf, typeWords } from './file-words.ts'
import { drawMap } from './map/map-drawing.ts'
import { placeWords } from './place-words.ts'

const OPEN = { purpose: 'line-of-enquiry' }

/** The text of a page as somebody reads it. */
const said = (body: string) =>
  body
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', '’')

test('what answers or reacts to a message leads to it where it was taken, and says so where it was not, in words that are not those of the phone', async (t) => {
  const service = await testService(t)
  const first = message('the heron waits', { message_id: 'A1' })
  const records = [
    first,
    message('at the river', { reply_to: 'A1' }),
    message('', { reaction: { to: 'A1', type: 'loved' }, body: undefined }),
    message('what was that', { reply_to: 'B9' }),
  ]
  const { extraction } = await anExtract(t, service, { records })
  const base = `/extractions/${extraction}/review`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${extraction}/open`, OPEN)
  const { body } = await reviewer.get(`${base}/timeline`)
  const link = `<a class="govuk-link" href="${base}/conversations/0?at=${first.id}#r-${first.id}">another message</a>`
  assert(body.includes(`<span class="peel-label">Answers ${link}</span>`))
  assert(body.includes(`<span class="peel-label">to ${link}</span>`))
  assert.match(said(body), /Reaction: loved to another message/)
  assert.match(said(body), /Answers a message that was not taken, or was set apart/)
  // What is set apart looks as what was never taken.
  await reviewer.post(`${base}/tag`, { record: first.id, tag: 'privileged', back: base })
  const after = (await reviewer.get(`${base}/timeline`)).body
  assert.doesNotMatch(after, /another message</)
  assert(!after.includes(first.id))
})

test('somebody is shown by name and number, however the app writes the number; the record’s own page has it letter by letter', async (t) => {
  const service = await testService(t)
  const from = { address: '447700900123@s.whatsapp.net' }
  const records = [
    message('the heron waits', { app: 'whatsapp', thread: 'w1', from }),
    message('who is this', { app: 'whatsapp', thread: 'w2', from: { address: '447700900999@s.whatsapp.net' } }),
    message('it is me', { from: { address: '+447700900123', name: 'Dan Reeve' } }),
  ]
  const { extraction } = await anExtract(t, service, { records })
  const base = `/extractions/${extraction}/review`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${extraction}/open`, OPEN)
  for (const page of ['', '/conversations', '/timeline', '/search?words=heron']) {
    const text = said((await reviewer.get(`${base}${page}`)).body)
    assert.match(text, /Dan Reeve \(\+44 7700 900123\)/, page)
    assert.doesNotMatch(text, /s\.whatsapp\.net/, page)
  }
  assert.match(said((await reviewer.get(`${base}/timeline`)).body), /\+44 7700 900999/)
  const own = said((await reviewer.get(`${base}/records/${records[0]?.id}`)).body)
  assert.match(own, /447700900123@s\.whatsapp\.net, whose name stands in another record of this extract/)
  assert.match(own, /UTC: 2026-03-07T/)
  // What was searched for is marked, also where it stands only in how the phone wrote it.
  const found = await reviewer.get(`${base}/search?words=447700900999`)
  assert.match(found.body, /<mark>447700900999<\/mark>/)
})

test('a place, a call, an event and a kind of file are said as people say them', async (t) => {
  assert.equal(placeWords({ lat: 52.41377, lon: -0.92461 }), '52.41377°\u00a0N, 0.92461°\u00a0W')
  assert.equal(callWords({ outcome: 'missed', duration_seconds: 0 }), 'Missed call')
  assert.equal(callWords({ outcome: 'missed', duration_seconds: 0, video: true }), 'Missed video call')
  assert.equal(callWords({ outcome: 'answered', duration_seconds: 125 }), 'Call, answered, 2 min 5 s')
  assert.equal(callWords({ outcome: 'voicemail', duration_seconds: 9 }), 'Call, went to voicemail, 9 s')
  assert.equal(callWords({ duration_seconds: 0 }), 'Call, 0 s')
  assert.equal(typeWords('image/jpeg'), 'JPEG picture')
  assert.equal(typeWords('image/jpeg', true), 'JPEG picture (image/jpeg)')
  assert.equal(typeWords('application/x-thing'), 'application/x-thing')
  assert.deepEqual(boxOf({ width: 4032, height: 3024 }), { width: 427, height: 320 })
  assert.equal(boxOf({ width: 0, height: 3024 }), undefined)

  const service = await testService(t)
  const provenance = { file: 'CallHistory.storedata', wal: false, table: 'ZCALLRECORD', row: 3 }
  const call: PeelRecord = {
    kind: 'call',
    id: 'd'.repeat(26),
    app: 'phone',
    direction: 'in',
    from: { address: '+447700900123' },
    to: [],
    time: '2026-03-07T10:00:00.000Z',
    outcome: 'missed',
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance,
  }
  const records = [message('', { body: undefined, system: 'location', place: { lat: 52.41377, lon: -0.92461 } }), call]
  const { extraction } = await anExtract(t, service, { records })
  const base = `/extractions/${extraction}/review`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${extraction}/open`, OPEN)
  const timeline = said((await reviewer.get(`${base}/timeline`)).body)
  assert.match(timeline, /10:00:00am, phone call Missed call/)
  assert.match(timeline, /A shared location Place: 52\.41377° N, 0\.92461° W/)
  assert.match(said((await reviewer.get(`${base}/map`)).body), /1 record with a place\. Lines are of latitude/)
})

test('a page of what the authorisation never asked for says so, and not that there is none', async (t) => {
  const service = await testService(t)
  const { extraction, requestId } = await anExtract(t, service, { records: [message('the heron waits')] })
  const base = `/extractions/${extraction}/review`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${extraction}/open`, OPEN)
  assert.match((await reviewer.get(`${base}/contacts`)).body, /There are no contacts in this extract that you may see/)
  const scope = [{ id: 'C1', line_of_enquiry: 'L1', records: ['message'] }]
  await service.ops.store.db
    .updateTable('requests')
    .set({ document: JSON.stringify({ lines_of_enquiry: [], scope }) })
    .where('id', '=', requestId)
    .execute()
  assert.match(
    (await reviewer.get(`${base}/contacts`)).body,
    /The authorisation did not ask for contacts: none were taken/,
  )
})

test('labels of a map stand clear of each other and of its right edge, however close its lines are', () => {
  for (const north of [0.5, 30, 52.4, 58, 70])
    for (const apart of [0, 0.003, 0.01, 0.2, 5]) {
      const points = [0, apart].map((more, at) => ({ lat: north, lon: -0.9246 - more, number: at + 1 }))
      const map = drawMap(points)
      const labelled = map?.down.filter(({ label }) => label !== '').map(({ at }) => at) ?? []
      assert(labelled.length > 0 && Math.max(...labelled) <= 960 - 130, `${north} ${apart}`)
      labelled.slice(1).forEach((at, before) => assert(at - (labelled[before] as number) >= 129, `${north} ${apart}`))
    }
})
