/** Fuzzes files of the CNIL's PIA tool. Seconds from the command line, 20 without. */
import { fuzzPia } from '../src/apps/dpia/cnil/pia-fuzz.fixture.ts'

const until = Date.now() + Number(process.argv[2] ?? 20) * 1000
let rounds = 0
while (Date.now() < until) {
  const seed = Math.floor(Math.random() * 0x7fffffff)
  process.stdout.write(`\rround ${rounds++}, seed ${seed}   `)
  fuzzPia(300, seed)
}
process.stdout.write('\n')
