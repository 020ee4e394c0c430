import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { PdfError, typst } from '../pdf/index.ts'
import { aRequest, FORCE, OPTIONS } from './a-request.fixture.ts'
import { paperHtml } from './html.ts'
import { makeNotice } from './make-notice.ts'
import { paperPdf } from './pdf.ts'
import { receipt } from './receipt.ts'

const nasty = '<script>alert("x")</script> & \'#panic(1)\' $x$ \u{1F600} \u{10A00}'
const notice = makeNotice(
  aRequest({
    device: { exhibit: nasty, user_role: 'victim', description: nasty },
    lines_of_enquiry: [{ id: 'L1', proposition: nasty, why_this_device: nasty }],
  }),
  { ...OPTIONS, reasonInPlainWords: nasty },
)
const paid = receipt({
  force: FORCE,
  reference: 'A/2026/0142',
  on: '2026-03-21',
  taken: {
    records: { message: 2 },
    attachments: 0,
    left: 0,
    files: { opened: 1, not_opened: 2 },
    root: 'ab'.repeat(32),
  },
  why: nasty,
  reviewOn: '2026-06-20',
  code: 'K7QF-2M9X',
  link: 'https://peel.northmoor.example/mine',
})

test('nothing that a request says becomes a tag, and every tag closes in its turn', () => {
  for (const html of [paperHtml(notice), paperHtml(notice, { large: true, level: 2 }), paperHtml(paid)]) {
    assert.ok(!html.includes('<script'))
    assert.ok(html.includes('&lt;script&gt;alert(&quot;x&quot;)'))
    const open: string[] = []
    for (const [, close, name = '', empty] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*?(\/?)>/g)) {
      if (empty === '/') continue
      if (close === '/') assert.equal(open.pop(), name)
      else open.push(name)
    }
    assert.deepEqual(open, [])
    assert.ok(!/ (style|on[a-z]+|src|href)=/.test(html), 'needs nothing else, and runs nothing')
  }
})

test('headings follow one another without a gap, at the level asked for', () => {
  const levels = (html: string) => [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
  assert.deepEqual([...new Set(levels(paperHtml(notice)))], [1, 2])
  assert.deepEqual([...new Set(levels(paperHtml(notice, { level: 2 })))], [2, 3])
})

test('what stands in English inside another language says so, to people and to screen readers', () => {
  const html = paperHtml(makeNotice(aRequest(), { ...OPTIONS, language: 'cy' }))
  assert.match(html, /<article [^>]*lang="cy"/)
  assert.match(html, /<p class="govuk-body" lang="en">/)
  assert.match(html, /<dl [^>]*lang="en"/)
  assert.ok(html.includes('wedi’i chyfieithu'))
})

function absent(): string | false {
  try {
    typst()
    return false
  } catch (error) {
    assert.ok(error instanceof PdfError && error.code === 'PDF_UNAVAILABLE')
    return 'the PDF compiler is not installed here'
  }
}

const skip = absent()
const made = new Date('2026-03-20T10:00:00Z')

test('the same paper gives the same PDF, tagged, and large print needs more pages', { skip }, () => {
  const pages = (bytes: Buffer) => bytes.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0
  const normal = paperPdf(notice, made)
  assert.deepEqual(paperPdf(notice, made).bytes, normal.bytes)
  assert.match(normal.bytes.toString('latin1'), /\/MarkInfo/)
  assert.ok(pages(paperPdf(notice, made, { large: true }).bytes) > pages(normal.bytes))
})

test('a character that no font has stands as its number and is counted', { skip }, (t) => {
  const { bytes, lost } = paperPdf(notice, made)
  assert.ok(lost > 0)
  const read = spawnSync('pdftotext', ['-', '-'], { input: bytes })
  if (read.error) return t.skip('pdftotext is not installed here')
  const text = read.stdout.toString().replace(/\s+/g, ' ')
  assert.ok(text.includes('[U+10A00]'))
  assert.ok(text.includes('<script>alert("x")</script>'))
  assert.ok(text.includes('You can say no'))
})

test('a receipt with its square, and a notice in Welsh, can be printed', { skip }, () => {
  assert.equal(paperPdf(paid, made).bytes.toString('latin1', 0, 5), '%PDF-')
  assert.equal(paperPdf(makeNotice(aRequest(), { ...OPTIONS, language: 'cy' }), made).lost, 0)
})
