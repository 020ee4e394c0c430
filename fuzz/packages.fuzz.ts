import { fuzzPackages } from '../src/apps/package/package-fuzz.fixture.ts'

const seconds = Number(process.argv[2] ?? 20)
await fuzzPackages({
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  markInterruptAsFailure: false,
})
