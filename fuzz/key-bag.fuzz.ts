import { fuzzKeyBag } from '../src/acquisition/ios-backup/key-bag-fuzz.fixture.ts'

const seconds = Number(process.argv[2] ?? 20)
fuzzKeyBag({ numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false })
