import { fuzzImports } from '../src/apps/fleet/import/import-fuzz.fixture.ts'

const seconds = Number(process.argv[2] ?? 20)
fuzzImports({
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  markInterruptAsFailure: false,
})
