import { test } from 'node:test'
import { fuzzSqlite } from './sqlite-fuzz.fixture.ts'

test('whatever a database and its logs hold, the answer is rows or a refusal', () =>
  fuzzSqlite({ numRuns: 50, seed: 1 }))
