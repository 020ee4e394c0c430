import assert from 'node:assert/strict'
import fc from 'fast-check'
import { aDraft } from '../a-dpia.fixture.ts'
import { DpiaError } from '../errors.ts'
import { checkDpia } from '../read-dpia.ts'
import { aPia } from './a-pia.fixture.ts'
import { exportPia, importPia } from './pia.ts'

const HTML = [
  '<',
  '&#x110000;',
  '&#0;',
  '<li',
  '<br',
  '\u202e',
  ' '.repeat(5000),
  '<p>'.repeat(9000),
  'y'.repeat(30_000),
]
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, 0, -1, 9, [], {}, ['a', 1, null], { text: 5, list: 'no', gauge: 'high' }, ...HTML),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Puts odd values into a file of the tool: each is read and given back as it came, or refused with a code. */
export function fuzzPia(numRuns: number, seed?: number): void {
  const paths = pathsIn(aPia())
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), odd), { minLength: 1, maxLength: 4 }), (changes) => {
      const file = aPia()
      for (const [path, value] of changes) {
        let at: unknown = file
        for (const key of path.slice(0, -1)) at = (at as Record<string | number, unknown> | null)?.[key]
        if (typeof at === 'object' && at !== null) (at as Record<string | number, unknown>)[path.at(-1) ?? ''] = value
      }
      try {
        const { held, kept } = importPia(JSON.stringify(file))
        assert.deepEqual(JSON.parse(exportPia(held, kept).text), JSON.parse(kept))
        if (held.title !== '') checkDpia({ ...aDraft(), ...held })
      } catch (error) {
        assert(error instanceof DpiaError && error.code === 'NOT_A_PIA', String(error))
      }
    }),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  )
}

function pathsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...path, Array.isArray(value) ? Number(key) : key]))
      : []
  return path.length > 0 ? [path, ...inner] : inner
}
