import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isNamed } from './is-named.ts'

test('a file has a name in any folder and in none, and not where the name only ends so', () => {
  assert(isNamed('sms.db', 'chat.db', 'sms.db'))
  assert(isNamed('private/var/sms.db', 'sms.db'))
  assert(!isNamed('private/var/mmssms.db', 'sms.db'))
  assert(!isNamed('sms.db/other', 'sms.db'))
})

test('it says the same as taking the path apart', () => {
  const part = fc.constantFrom('a', 'aa', 'b.db', 'ab.db', '.')
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), part, (parts, name) => {
      assert.equal(isNamed(parts.join('/'), name), parts.at(-1) === name)
    }),
  )
})
