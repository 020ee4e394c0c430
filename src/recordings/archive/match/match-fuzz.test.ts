import { test } from 'node:test'
import { fuzzExports, fuzzMappings } from './match-fuzz.fixture.ts'

test('whatever an export holds, every row of it is read or told', () => fuzzExports({ numRuns: 2000 }))

test('whatever is remembered of columns is a mapping or is refused', () => fuzzMappings({ numRuns: 2000 }))
