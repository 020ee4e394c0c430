import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFonts } from './fonts.ts'
import { press } from './compile.ts'
import { PdfError } from './pdf-error.ts'
import { typst } from './typst.ts'

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
const template = Buffer.from('#set document(title: "one")\n#set text(lang: "en")\n= One\n#json("/data.json").said')

test('the same files and date give the same bytes, tagged and dated as told', { skip }, () => {
  const make = () => {
    const paper = press(builtInFonts())
    paper.put('main.typ', template)
    paper.put('data.json', Buffer.from('{"said":"#panic(1) stays text"}'))
    return paper.press('main.typ', Date.UTC(2026, 3, 1))
  }
  const bytes = make()
  assert.deepEqual(make(), bytes)
  assert.match(bytes.toString('latin1'), /\/MarkInfo/)
  assert.match(bytes.toString('latin1'), /pdfuaid/)
  assert.match(bytes.toString('latin1'), /2026-04-01/)
})

test('a template that does not compile fails without repeating what it holds', { skip }, () => {
  const paper = press(builtInFonts())
  paper.put('main.typ', Buffer.from('#panic("07700 900123")'))
  assert.throws(
    () => paper.press('main.typ', 0),
    (error: unknown) =>
      error instanceof PdfError && error.code === 'PDF_FAILED' && !String(error.stack).includes('900123'),
  )
})
