import { test } from 'node:test'
import { fuzzKeyBag } from './key-bag-fuzz.fixture.ts'

test('whatever a key bag holds, it is read or refused', () => fuzzKeyBag({ numRuns: 500, seed: 1 }))
