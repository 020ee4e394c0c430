import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { aDraft, anApprovedDpia } from './a-dpia.fixture.ts'
import { DpiaError } from './errors.ts'
import { QUESTIONS } from './questions.ts'
import { checkDpia, DPIA_SCHEMA, readDpia } from './read-dpia.ts'
import { faultOf } from './schema.ts'

const general = new Ajv2020({ strict: true }).compile(DPIA_SCHEMA)
const whole = {
  ...anApprovedDpia(),
  supersedes: 'a'.repeat(64),
  commissioner: { sent: '2026-06-01', extended: true, advice: { on: '2026-06-02', summary: 'Yes.', may_begin: true } },
}
const refusal = (value: unknown) => {
  try {
    checkDpia(value)
    return ''
  } catch (error) {
    assert(error instanceof DpiaError)
    return error.hint
  }
}

test('an assessment is read as it was written, draft or approved', () => {
  for (const dpia of [aDraft(), anApprovedDpia()]) assert.deepEqual(readDpia(JSON.stringify(dpia)), dpia)
})

test('the schema asks the questions that are asked', () => {
  assert.deepEqual(
    Object.entries(DPIA_SCHEMA.properties?.answers?.properties ?? {}).map(([id, { description }]) => [id, description]),
    Object.entries(QUESTIONS).map(([id, { asks }]) => [id, asks]),
  )
})

test('what is refused is refused with its place, and never repeated', () => {
  assert.match(refusal({ ...aDraft(), colour: 'red' }), /not known here/)
  assert.match(refusal({ ...aDraft(), revision: 2 }), /supersedes/)
  assert.match(refusal({ ...aDraft(), review_on: '2026-02-30' }), /review_on is no day/)
  assert.match(refusal({ ...aDraft(), risks: [...aDraft().risks, ...aDraft().risks] }), /twice/)
  assert.match(refusal({ ...aDraft(), title: 'Notes \u202e' }), /cannot be seen/)
  assert.match(
    refusal({ ...aDraft(), risks: [{ ...aDraft().risks[0], severity: 'secret' }] }),
    /^risks\[0\]\.severity (?!.*secret)/,
  )
  assert.throws(() => readDpia('['.repeat(100_000)), { code: 'TOO_DEEP' })
  assert.throws(() => readDpia(' '.repeat(1 << 22)), { code: 'TOO_LARGE' })
  assert.throws(() => readDpia('{'), { code: 'NOT_JSON' })
  assert.throws(() => readDpia('null'), { code: 'NOT_A_DPIA' })
})

test('whatever one value becomes, our reader and a general validator agree on it', () => {
  assert(general(whole))
  const paths: (string | number)[][] = []
  const visit = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) paths.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        visit(inner, [...path, Array.isArray(value) ? Number(key) : key])
  }
  visit(whole, [])
  const odd = fc.constantFrom<unknown>('', ' ', 'low', '2026-01-01', 0, 1.5, 1e9, true, null, {}, [], [''], ['x'], {
    id: '-',
  })
  fc.assert(
    fc.property(fc.constantFrom(...paths), odd, fc.constantFrom('set', 'gone', 'more'), (path, value, how) => {
      const altered = structuredClone(whole)
      let at = altered as unknown as Record<string | number, unknown>
      for (const key of path.slice(0, -1)) at = at[key] as typeof at
      if (how === 'more' && !Array.isArray(at)) at.other = value
      else if (how === 'gone' && !Array.isArray(at)) delete at[path.at(-1) as string]
      else at[path.at(-1) as string] = structuredClone(value)
      assert.equal(faultOf(altered, DPIA_SCHEMA) === undefined, general(altered))
    }),
    { numRuns: 500 },
  )
})
