/** Fuzzes the archives inside iOS messages. Seconds from the command line, 20 without. */
import { fuzzSummary, fuzzTypedstream } from '../src/artefacts/ios-sms/fuzz.fixture.ts'

const until = Date.now() + Number(process.argv[2] ?? 20) * 1000
let rounds = 0
while (Date.now() < until) {
  const seed = Math.floor(Math.random() * 0x7fffffff)
  process.stdout.write(`\rround ${rounds++}, seed ${seed}   `)
  fuzzTypedstream({ numRuns: 2000, seed })
  fuzzSummary({ numRuns: 2000, seed })
}
process.stdout.write('\n')
