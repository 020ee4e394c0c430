import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import type { PeelRecord } from '../../../records/index.ts'
import { testService } from '../../test-service.fixture.ts'
import { anExtract, message } from './an-extract.fixture.ts'

// The smallest PNG: one pixel.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'.padEnd(200))
const HTML = Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(200))

const sha256 = (bytes: Buffer) => hash('sha256', bytes, 'hex')
const file = (bytes: Buffer, name: string, media_type: string) => ({
  name,
  media_type,
  bytes: bytes.length,
  sha256: sha256(bytes),
  taken: true,
})

const SCRIPT = '<script>alert(1)</script>'
const BREAKOUT = `"'><img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}`

function hostile(): PeelRecord[] {
  return [
    message(`${SCRIPT} \u202egnp.exe\u202c zero\u200bwidth`, {
      from: { address: `${BREAKOUT}@example.org`, name: SCRIPT },
      thread_name: `${BREAKOUT}\u2066`,
      subject: BREAKOUT,
      system: SCRIPT,
      service: SCRIPT,
      edits: [{ body: BREAKOUT }],
      reaction: { to: 'x', type: SCRIPT, emoji: BREAKOUT },
      place: { lat: 52.4, lon: -0.9 },
      app: BREAKOUT,
      attachments: [
        file(SVG, `${BREAKOUT}.svg`, 'image/svg+xml'),
        file(HTML, '../../../etc/passwd\r\nset-cookie: a=b', 'text/html'),
        file(PNG, `${SCRIPT}.png`, 'image/png'),
        file(SVG, 'not-what-it-says.png', 'image/png'),
      ],
      provenance: { file: `${BREAKOUT}/sms.db`, wal: true, table: SCRIPT, row: 1 },
    }),
    message('a'.repeat(6000), { from: { address: 'b'.repeat(500), name: 'c'.repeat(500) } }),
    {
      kind: 'contact',
      id: 'c'.repeat(26),
      app: 'contacts',
      name: SCRIPT,
      organisation: BREAKOUT,
      note: BREAKOUT,
      addresses: [{ address: BREAKOUT, type: SCRIPT, label: BREAKOUT }],
      attachments: [],
      clauses: ['C1'],
      context: false,
      provenance: { file: 'AddressBook.sqlitedb', wal: false, table: 'ABPerson', row: 2 },
    },
    {
      kind: 'call',
      id: 'd'.repeat(26),
      app: 'phone',
      direction: 'in',
      from: { address: BREAKOUT, name: SCRIPT },
      to: [],
      time: '2026-03-07T10:00:00.000Z',
      attachments: [],
      clauses: ['C1'],
      context: false,
      provenance: { file: 'CallHistory.storedata', wal: false, table: 'ZCALLRECORD', row: 3 },
    },
  ]
}

test('whatever a phone holds is shown as text: no name, text, file or app of it becomes markup, and nothing invisible hides', async (t) => {
  const service = await testService(t)
  const records = hostile()
  const { extraction } = await anExtract(t, service, { records, files: [PNG, SVG, HTML] })
  const base = `/extractions/${extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: 'line-of-enquiry' })
  const pages = [
    '',
    '/conversations',
    '/conversations/0',
    '/conversations/1',
    '/timeline',
    '/gallery',
    '/map',
    '/calls',
    '/contacts',
    '/search?words=script',
    `/search?words=${encodeURIComponent(BREAKOUT)}`,
    '/how-it-was-examined',
    ...records.map(({ id }) => `/records/${id}`),
  ]
  for (const page of pages) {
    const { body, statusCode } = await reviewer.get(`${base}/review${page}`)
    assert.equal(statusCode, 200, page)
    const ours = body.replace(/<script src="\/assets\/[a-z]+\.js" type="module"><\/script>/g, '')
    assert.doesNotMatch(ours, /<script|<img src=x|onerror=alert\(1\)>[^&]|[^{]>49</i, page)
    assert.doesNotMatch(body, /[\u202a-\u202e\u2066-\u2069\u200b]/, page)
  }
  const { body } = await reviewer.get(`${base}/review/conversations/0`)
  assert.match(body, /<span class="peel-mark" title="a character that cannot be seen">U\+202E<\/span>/)
  assert.match(body, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
})

test('a file is sent only where its bytes are a picture, a film or a sound, and so that it can run nothing', async (t) => {
  const service = await testService(t)
  const records = hostile()
  const { extraction } = await anExtract(t, service, { records, files: [PNG, SVG, HTML] })
  const base = `/extractions/${extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: 'line-of-enquiry' })
  const get = (at: number | string) => reviewer.get(`${base}/review/records/${records[0]?.id}/files/${at}`)
  const picture = await get(2)
  assert.equal(picture.statusCode, 200)
  assert.deepEqual(picture.rawPayload, PNG)
  assert.equal(picture.headers['content-type'], 'image/png')
  assert.equal(picture.headers['content-disposition'], 'inline; filename="file.png"')
  assert.equal(picture.headers['cache-control'], 'no-store')
  assert.equal(picture.headers['x-content-type-options'], 'nosniff')
  assert.match(String(picture.headers['content-security-policy']), /default-src 'none'; sandbox/)
  for (const at of [0, 1, 3]) {
    const refused = await get(at)
    assert.equal(refused.statusCode, 415, String(at))
    assert.doesNotMatch(refused.body, /script/)
    assert.equal(refused.headers['content-type'], 'text/plain; charset=utf-8')
  }
  for (const at of [4, 'x', '-1']) assert.equal((await get(at)).statusCode, 404, String(at))
  const entries = await service.ops.store.db
    .selectFrom('statements')
    .select('kind')
    .where('kind', '=', 'item.viewed')
    .execute()
  assert.equal(entries.length, 4, 'each file that was asked for is an entry')
})

test('a form leads back to pages of the same extract alone', async (t) => {
  const service = await testService(t)
  const record = message('the heron waits')
  const { extraction } = await anExtract(t, service, { records: [record] })
  const base = `/extractions/${extraction}`
  const reviewer = await service.as('rev200')
  await reviewer.post(`${base}/open`, { purpose: 'line-of-enquiry' })
  for (const back of ['https://example.org/', '//example.org', `${base}/reviewed`, '/', `${base}/review\\@x`, '']) {
    const answer = await reviewer.post(`${base}/review/tag`, { record: record.id, tag: 'relevant', back })
    assert.equal(answer.headers.location, `${base}/review?records=1&done=tagged-relevant#r-${record.id}`, back)
  }
  const filtered = `${base}/review/timeline?kind=message&from=2026-03-01`
  const answer = await reviewer.post(`${base}/review/tag`, { record: record.id, tag: 'relevant', back: filtered })
  assert.equal(answer.headers.location, `${filtered}&records=1&done=tagged-relevant#r-${record.id}`)
})

test('a filter stands in the address, is kept from page to page, and what is not understood does not limit', async (t) => {
  const service = await testService(t)
  const records = Array.from({ length: 120 }, (_, at) =>
    message(`message ${at}`, {
      app: at % 2 ? 'sms' : 'whatsapp',
      time: new Date(Date.UTC(2026, 2, 1 + at, 12)).toISOString(),
    }),
  )
  const { extraction } = await anExtract(t, service, { records })
  const base = `/extractions/${extraction}/review/timeline`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${extraction}/open`, { purpose: 'line-of-enquiry' })
  const get = async (query: string) => (await reviewer.get(`${base}${query}`)).body
  const first = await get('?app=sms')
  assert.match(first, />60 records\.</)
  const next = /href="([^"]*)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
  assert.match(next, /\?app=sms&after=\d+$/)
  const second = (await reviewer.get(next)).body
  assert.equal([...second.matchAll(/data-record/g)].length, 10)
  assert.match(second, /rel="prev"/)
  assert.match(await get('?from=2026-03-02&to=2026-03-04'), />3 records\.</)
  assert.match(await get('?kind=nonsense&party=x&tag=y'), />120 records\.</)
  assert.match(await get('?from=yesterday'), /Enter a day to begin with/)
  assert.match(await get('?from=2026-03-04&to=2026-03-02'), /must not be before the first/)
  // British Summer Time began on 29 March 2026.
  assert.match(await get('?from=2026-03-29&to=2026-03-29'), />1 record\.</)
})
