import { fuzzAudio } from '../src/recordings/archive/audio/audio-fuzz.fixture.ts'
import { fuzzExports, fuzzMappings } from '../src/recordings/archive/match/match-fuzz.fixture.ts'
import { fuzzNames } from '../src/recordings/archive/names/names-fuzz.fixture.ts'

const seconds = Number(process.argv[2] ?? 20)
fuzzNames({ numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false })
await fuzzAudio({
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  markInterruptAsFailure: false,
})
fuzzExports({
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  markInterruptAsFailure: false,
})
fuzzMappings({
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  markInterruptAsFailure: false,
})
