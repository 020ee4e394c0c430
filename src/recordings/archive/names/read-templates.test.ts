import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { NameParser } from './parse-name.ts'
import { readTemplates } from './read-templates.ts'

const kept = (...templates: readonly object[]) => JSON.stringify({ format: 'peel-name-templates/1', templates })

test('templates that were kept read names, with what is not known of a direction left out', () => {
  const parser = new NameParser(
    readTemplates(
      kept({
        id: 'acr-2016',
        template: '{number}-{DD}{MM}{YYYY} {HH}.{mm} {direction}',
        directions: { E: 'in', S: null },
      }),
    ),
  )
  const read = (way: string) => parser.parse(`ACRCalls/07700900123-04032019 18.22 ${way}.3gp`)
  assert.deepEqual([read('E')?.recorder, read('E')?.direction], ['acr-2016', 'in'])
  assert.deepEqual([read('S')?.recorder, read('S')?.direction], ['acr-2016', undefined])
})

test('the example in the README is one', () => {
  const text = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? []
  const parser = new NameParser(readTemplates(example))
  assert.equal(parser.parse('ACRCalls/07700900123-04032019 18.22 E.3gp')?.direction, 'in')
})

test('what is no file of templates is refused with a reason', () => {
  for (const text of [
    '',
    '[]',
    '{}',
    JSON.stringify({ format: 'peel-name-templates/2', templates: [] }),
    kept([]),
    kept({ id: 'X', template: '{number}' }),
    kept({ id: 'x', template: 7 }),
    kept({ id: 'x', template: '{number}', more: 1 }),
    kept({ id: 'x', template: '{number}', directions: { E: 'inwards' } }),
    kept({ id: 'x', template: '{number}', via: [''] }),
    kept({ id: 'x', template: '{number}' }, { id: 'x', template: '{contact}' }),
  ])
    assert.throws(() => readTemplates(text), { name: 'TemplateError', code: 'MALFORMED' }, text)
  assert.throws(() => readTemplates(kept({ id: 'x', template: '{nothing}' })), { code: 'UNKNOWN_FIELD' })
})
