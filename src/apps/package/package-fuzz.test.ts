import { test } from 'node:test'
import { fuzzPackages } from './package-fuzz.fixture.ts'

test('whatever a package says, it is read or refused with a code', async () => {
  await fuzzPackages({ numRuns: 1_500 })
})
