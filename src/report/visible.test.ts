import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { visible, visibleText } from './visible.ts'

test('what turns text round, hides or steers is named in its place', () => {
  assert.equal(visibleText('photo\u202egnp.exe'), 'photo[U+202E]gnp.exe')
  assert.equal(
    visibleText('a\u0000b\u001bc\u200bd\ufeffe\ud800f\u{1fffe}'),
    'a[U+0000]b[U+001B]c[U+200B]d[U+FEFF]e[U+D800]f[U+1FFFE]',
  )
})

test('scripts and emoji stay as they are written', () => {
  for (const text of ['👨‍👩‍👧 👍🏽 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇬🇧', 'ਸਤ ਸ੍ਰੀ ਅਕਾਲ', 'می‌خواهم', 'Zoë, naïve', 'line\nline\ttab'])
    assert.equal(visibleText(text), text)
})

test('nothing is lost: marks and text together are what was given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const back = visible(text)
        .map((part) => ('mark' in part ? String.fromCodePoint(Number.parseInt(part.mark.slice(2), 16)) : part.text))
        .join('')
      assert.equal(back, text.replace(/\r\n?/g, '\n'))
    }),
    { seed: 1, numRuns: 300 },
  )
})
