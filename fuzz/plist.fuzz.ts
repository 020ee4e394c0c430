import { fuzzPlist } from '../src/acquisition/plist/plist-fuzz.fixture.ts'

const seconds = Number(process.argv[2] ?? 20)
fuzzPlist({ numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false })
