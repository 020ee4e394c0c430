import { fuzzSqlite } from '../src/acquisition/sqlite/sqlite-fuzz.fixture.ts'

const seconds = Number(process.argv[2] ?? 20)
await fuzzSqlite({
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  markInterruptAsFailure: false,
})
