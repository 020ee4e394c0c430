import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import type { PeelRecord } from '../records/index.ts'
import type { ReportDocument } from './document.ts'
import { identity, message, TestExtract } from './extract.fixture.ts'
import { SHOWN_AT_MOST } from './gather.ts'
import { escape, escapePhone } from './html/escape.ts'
import { outline, tagsOf, textOf } from './html/read-html.fixture.ts'
import { writeHtml } from './html/write-html.ts'
import { builtInFonts, PdfError, typst } from '../pdf/index.ts'
import { writePdf } from './pdf/write-pdf.ts'
import { number } from './words.ts'

const PICTURE = blankPng(8)
const DIGEST = hash('sha256', PICTURE)
const folder = mkdtempSync(join(tmpdir(), 'peel-report-test-'))
after(() => rmSync(folder, { recursive: true }))

/** A white square. */
function blankPng(side: number): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    check.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, check])
  }
  const header = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 0, 0, 0, 0])
  const rows = deflateSync(Buffer.alloc(side * (side + 1), 0xff).map((byte, at) => (at % (side + 1) === 0 ? 0 : byte)))
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

const NASTY = '</p><script>alert(1)</script><img src=x onerror=alert(1)> "\' & \u202egnp.exe \u0000 \ufdd0'

const RECORDS: readonly PeelRecord[] = [
  message('See you by the ticket machine', { message_id: 'M1' }),
  message('ok', { direction: 'out', from: undefined, to: [{ address: '+447700900123' }], reply_to: 'M1' }),
  message(NASTY, { from: { address: '+447700900123', name: NASTY }, thread_name: NASTY, subject: NASTY }),
  message('', { body: undefined, reaction: { to: 'M1', type: 'loved', emoji: '❤️' } }),
  message('now', { edits: [{ time: '2026-03-14T18:00:00.000Z', body: 'then' }] }),
  message('', { body: undefined, unsent: true, context: true }),
  message('مرحبا، أراك غدًا', { thread: 't2' }),
  message('明天见。ਸਤ ਸ੍ਰੀ ਅਕਾਲ। Добрый день. 👍🏽', { thread: 't2' }),
  message('A'.repeat(30_000), { thread: 't3' }),
  message('to everybody', {
    thread: 't4',
    thread_name: 'The longest name that anybody ever gave to a group of people who play five-a-side on Thursdays',
    to: Array.from({ length: 400 }, (_, at) => ({ address: `+44770090${String(at).padStart(4, '0')}` })),
  }),
  message('a picture', {
    attachments: [
      { name: 'IMG_1.png', media_type: 'image/png', bytes: PICTURE.length, sha256: DIGEST, taken: true },
      { name: NASTY, taken: false },
    ],
  }),
  {
    kind: 'call',
    id: 'callaaaaaaaaaaaaaaaaaaaaaa',
    app: 'phone',
    direction: 'out',
    to: [{ address: '+447700900123', name: 'Sam' }],
    outcome: 'answered',
    duration_seconds: 75,
    time: '2026-03-14T20:00:00.000Z',
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance: {
      file: 'HomeDomain/Library/CallHistoryDB/CallHistory.storedata',
      wal: false,
      table: 'ZCALLRECORD',
      row: 1,
    },
  },
  {
    kind: 'contact',
    id: 'contactaaaaaaaaaaaaaaaaaaa',
    app: 'contacts',
    name: NASTY,
    addresses: [{ address: '+447700900123', type: 'phone', label: 'Mobile' }],
    note: NASTY,
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance: { file: 'HomeDomain/Library/AddressBook/AddressBook.sqlitedb', wal: false, table: 'ABPerson', row: 1 },
  },
]

const extract = await TestExtract.seal({ records: RECORDS, pictures: [PICTURE] })
after(() => extract.remove())
const report = await extract.report()
const html = writeHtml(report)

test('the HTML is well formed: every tag that opens closes, in order', () => {
  assert.deepEqual(tagsOf(html).faults, [])
})

test('headings go down one level at a time, from a single first', () => {
  const levels = outline(html)
  assert.equal(levels.filter((level) => level === 1).length, 1)
  levels.forEach((level, at) => assert.ok(level <= (levels[at - 1] ?? 0) + 1, `heading ${at} jumps to level ${level}`))
})

test('the HTML needs nothing else: no script, no address to load from, a policy that forbids both', () => {
  const { tags } = tagsOf(html)
  assert.ok(html.includes(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`))
  for (const { name, attributes } of tags) {
    assert.ok(!['script', 'link', 'iframe', 'object', 'embed', 'form', 'base', 'video', 'audio'].includes(name), name)
    for (const [key, value] of attributes) {
      assert.ok(!key.startsWith('on'), key)
      if (key === 'href') assert.match(value, /^#/)
      if (key === 'src') assert.match(value, /^data:image\/(png|jpeg|gif|webp);base64,/)
    }
  }
  assert.doesNotMatch(html, /url\(|@import/)
})

test('every link leads somewhere inside the report, and no name stands twice', () => {
  const { tags } = tagsOf(html)
  const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? [])
  assert.equal(new Set(ids).size, ids.length)
  for (const { attributes } of tags) {
    const href = attributes.get('href')
    if (href) assert.ok(ids.includes(href.slice(1)), href)
  }
})

test('every table has a caption, and every head of a row or column says which it is', () => {
  const { tags } = tagsOf(html)
  const named = (name: string) => tags.filter((tag) => tag.name === name)
  assert.equal(named('table').length, named('caption').length)
  assert.ok(named('table').length >= 8)
  for (const { attributes } of named('th')) assert.match(attributes.get('scope') ?? '', /^(row|col)$/)
})

test('what a phone says stays text: it is shown with its brackets, and what cannot be seen is named', () => {
  const text = textOf(html)
  assert.ok(text.includes('</p><script>alert(1)</script><img src=x onerror=alert(1)>'))
  assert.ok(text.includes('U+202Egnp.exe U+0000 U+FDD0'))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  assert.doesNotMatch(html, /[\u202a-\u202e\u2066-\u2069\u0000-\u0008]/)
})

test('no text whatever becomes a tag, an attribute or an entity', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('<', '>', '&', '"', "'", '/', '!', '-', 'a', '=', ';', '#', '\u202e', '\u0000', ' '),
    }),
  )
  fc.assert(
    fc.property(texts, (text) => {
      assert.doesNotMatch(escape(text), /[<>"']/)
      const inside = escapePhone(text).replace(
        /<span class="mark" dir="ltr" title="[a-z ]+">U\+[0-9A-F]{4,6}<\/span>/g,
        '',
      )
      assert.doesNotMatch(inside, /[<>"']/)
      assert.doesNotMatch(inside.replace(/&(amp|lt|gt|quot|#39);/g, ''), /&/)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('the same extract gives the same HTML', async () => {
  assert.equal(writeHtml(await extract.report()), html)
})

test('the numbers are those of the manifest, and every table adds up', () => {
  const { records, merkle, files } = extract.manifest
  const text = textOf(html)
  const total = Object.values(records).reduce((sum, { total: all }) => sum + all, 0)
  assert.ok(text.includes(`Taken: ${number(merkle.size)} of ${number(total)} records`))
  assert.ok(text.includes(merkle.root))
  assert.ok(text.includes(number(files.not_opened + files.opened)))
  for (const block of report.blocks) {
    if (block.type !== 'table' || block.total === undefined) continue
    block.columns.forEach(({ align }, column) => {
      if (align !== 'right') return
      const value = (row: readonly unknown[]) => Number(String(row[column]).replaceAll(',', ''))
      assert.equal(
        block.rows.reduce((sum, row) => sum + value(row), 0),
        value(block.total ?? []),
        String(block.caption),
      )
    })
  }
})

test('an extract of nothing has a report that says so', async () => {
  const empty = await TestExtract.seal({ records: [], left: 0 })
  try {
    const document = await empty.report()
    const text = textOf(writeHtml(document))
    assert.ok(text.includes('Nothing was taken'))
    assert.ok(text.includes('Taken: 0 of 0 records'))
    assert.deepEqual(tagsOf(writeHtml(document)).faults, [])
  } finally {
    empty.remove()
  }
})

test('of more records than a report can bear the earliest are shown, and it says how many are not', async () => {
  const many = Array.from({ length: SHOWN_AT_MOST + 200 }, (_, at) => message(`number ${at}`))
  const call = RECORDS.find(({ kind }) => kind === 'call')
  const large = await TestExtract.seal({ records: [...many.reverse(), call as PeelRecord] })
  try {
    const document = await large.report()
    assert.equal(document.shown, SHOWN_AT_MOST)
    const text = textOf(writeHtml(document))
    assert.ok(text.includes('This report shows 5,000 of the 5,201 records that were taken'))
    assert.ok(text.includes('Messages: the earliest 4,999 of 5,200'))
    assert.ok(text.includes('201 later ones are not shown'))
    assert.ok(text.includes('number 0') && !text.includes('number 5100'))
    assert.ok(text.includes('75 s') || text.includes('1 min 15 s'), 'the call is there')
  } finally {
    large.remove()
  }
})

test('a picture is shown by what its bytes are, and a file that says it is one is not', async () => {
  assert.ok(html.includes(`src="data:image/png;base64,${PICTURE.toString('base64')}"`))
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const attachment = {
    name: 'a.png',
    media_type: 'image/png',
    bytes: svg.length,
    sha256: hash('sha256', svg),
    taken: true,
  }
  const liar = await TestExtract.seal({ records: [message('look', { attachments: [attachment] })], pictures: [svg] })
  try {
    const document = writeHtml(await liar.report())
    assert.ok(!document.includes('<img'))
    assert.ok(document.includes(attachment.sha256))
  } finally {
    liar.remove()
  }
})

function noTypst(): string | false {
  try {
    typst()
    return false
  } catch (error) {
    assert.ok(error instanceof PdfError && error.code === 'PDF_UNAVAILABLE')
    return 'the PDF compiler is not installed here'
  }
}

const skip = noTypst()

test('the same extract gives the same PDF, whatever the time', { skip }, async () => {
  const first = writePdf(report)
  assert.deepEqual(writePdf(await extract.report()).bytes, first.bytes)
  assert.equal(first.bytes.toString('latin1', 0, 5), '%PDF-')
  assert.ok(first.bytes.includes('2026-04-01T09:00:02'), 'dated by the extraction')
})

test('a PDF says the reference, the root and the words, and marks words that it has no font for', { skip }, (t) => {
  const found = pdfText(writePdf(report, builtInFonts()).bytes)
  if (found === undefined) return t.skip('pdftotext is not installed here')
  const text = found.replace(/\s+/g, '')
  assert.ok(text.includes('A/2026/0142'))
  assert.ok(text.includes(extract.manifest.merkle.root))
  assert.ok(text.includes('Seeyoubytheticketmachine'))
  assert.ok(text.includes('inanotherscript:seetheHTMLreport'))
  assert.ok(text.includes('<script>alert(1)</script>'))
})

test('everything that the built-in fonts are said to show they show', { skip }, () => {
  const { covers } = builtInFonts()
  const all = Array.from({ length: 0x3000 }, (_, code) => code)
    .filter((code) => code >= 0x20 && covers(code))
    .map((code) => String.fromCodePoint(code))
    .join(' ')
  const said: ReportDocument = {
    title: 'Characters',
    running: all.slice(0, 190),
    made_ms: 0,
    shown: 0,
    pictures: new Map(),
    blocks: [
      { type: 'paragraph', text: [{ phone: all }, { strong: all }, { code: all }] },
      { type: 'facts', facts: [[all, all]] },
    ],
  }
  assert.equal(writePdf(said, builtInFonts()).lost, 0)
})

test('no text whatever stops the PDF or is read as its language', { skip }, () => {
  const nasty = [
    '#panic("x")',
    '$x$',
    '*bold*',
    '= head',
    '#read("/etc/passwd")',
    '\\u{41}',
    '@label <label>',
    '"',
    '`raw`',
    NASTY,
  ]
  const blocks = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { numRuns: 300, seed: 2 }).concat(nasty)
  const said: ReportDocument = {
    title: 'Any text',
    running: NASTY,
    made_ms: 0,
    shown: 0,
    pictures: new Map(),
    blocks: blocks.map((phone) => ({ type: 'paragraph', text: [{ phone }, { code: phone }, { strong: phone }] })),
  }
  const { bytes } = writePdf(said)
  const text = pdfText(bytes)
  if (text !== undefined) assert.ok(text.includes('#panic("x")'))
})

test('a picture that is damaged behind its header is left out of the PDF, and nothing else is', { skip }, async () => {
  const damaged = Buffer.concat([PICTURE.subarray(0, 40), Buffer.alloc(30)])
  const pictures = new Map([
    [DIGEST, { media_type: 'image/png', bytes: PICTURE }],
    ['b'.repeat(64), { media_type: 'image/png', bytes: damaged }],
  ] as const)
  const shown = [...pictures.keys()].map((sha256) => ({ sha256, name: 'IMG_1.png', caption: 'IMG_1.png' }))
  const said: ReportDocument = {
    ...report,
    pictures,
    blocks: [...report.blocks, { type: 'pictures', pictures: shown }],
  }
  assert.equal(writePdf(said).pictures_left_out, 1)
})

function pdfText(bytes: Buffer): string | undefined {
  const path = join(folder, 'report.pdf')
  writeFileSync(path, bytes)
  const run = spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
  return run.error ? undefined : run.stdout
}

test('the command writes for its owner alone, never over a file, and says that anybody may read it', () => {
  const key = join(folder, 'identity.txt')
  writeFileSync(key, `${identity}\n`, { mode: 0o600 })
  const out = join(folder, 'command.html')
  const peel = (...args: string[]) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('../bin/peel.ts', import.meta.url)), 'report', ...args], {
      encoding: 'utf8',
    })
  const made = peel(extract.dir, '--identity', key, '--out', out, '--json')
  assert.match(made.stderr, /not sealed/)
  const said = JSON.parse(made.stdout) as { sha256: string; records: unknown; format: string }
  assert.equal(said.format, 'html')
  assert.deepEqual(said.records, { taken: RECORDS.length, shown: RECORDS.length })
  assert.equal(hash('sha256', readFileSync(out)), said.sha256)
  if (process.platform !== 'win32') assert.equal(statSync(out).mode & 0o777, 0o600)
  const again = peel(extract.dir, '--identity', key, '--out', out)
  assert.equal(again.status, 2)
  assert.match(again.stderr, /already there/)
  assert.equal(hash('sha256', readFileSync(out)), said.sha256)
  const other = peel(extract.dir, '--identity', key, '--out', join(folder, 'report.docx'))
  assert.equal(other.status, 2)
})

test('what was removed when the extract was sealed anew is said, and is not counted as left', async () => {
  const sealed = await TestExtract.seal({
    records: [message('kept')],
    manifest: {
      records: { message: { total: 6, taken: 1, context: 0, left: { keyword: 3 }, removed: { privileged: 2 } } },
      resealed: {
        at: '2026-05-01T00:00:00.000Z',
        tool: { name: 'peel', version: '0.0.0', commit: 'test' },
        before: { manifest: '0'.repeat(64), merkle: { size: 3, root: '0'.repeat(64) } },
        removed: { message: { privileged: 2 } },
      },
    },
  })
  after(() => sealed.remove())
  const text = textOf(writeHtml(await sealed.report()))
  assert.match(text, /sealed anew on 1 May 2026.*neither as taken nor as left: messages: 2 \(privileged\)/s)
  assert.match(text, /Messages\s*6\s*1\s*0\s*3/)
})
