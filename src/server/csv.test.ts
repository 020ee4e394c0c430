import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csv } from './csv.ts'

test('cells are quoted where they must be, and none is taken for a formula', () => {
  assert.equal(
    csv([
      ['a', 1, 'b,c', 'say "so"', 'two\nlines'],
      ['=1+1', '+44', '-3', '@x', -3],
    ]),
    'a,1,"b,c","say ""so""","two\nlines"\r\n\'=1+1,\'+44,\'-3,\'@x,-3\r\n',
  )
})
