/** Fuzzes the arrays of messages in an Android backup. Seconds from the command line, 20 without. */
import { fuzzElements } from '../src/artefacts/android-backup-sms/elements-fuzz.fixture.ts'

const until = Date.now() + Number(process.argv[2] ?? 20) * 1000
let rounds = 0
while (Date.now() < until) {
  const seed = Math.floor(Math.random() * 0x7fffffff)
  process.stdout.write(`\rround ${rounds++}, seed ${seed}   `)
  await fuzzElements(500, seed)
}
process.stdout.write('\n')
