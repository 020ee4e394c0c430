/** Fuzzes pictures and films: JPEG, PNG, WebP, HEIC, EXIF, MP4, QuickTime. Seconds from the command line, 20 without. */
import { fuzzMedia } from '../src/artefacts/dcim/media-fuzz.fixture.ts'

const until = Date.now() + Number(process.argv[2] ?? 20) * 1000
let rounds = 0
while (Date.now() < until) {
  const seed = Math.floor(Math.random() * 0x7fffffff)
  process.stdout.write(`\rround ${rounds++}, seed ${seed}   `)
  await fuzzMedia(500, seed)
}
process.stdout.write('\n')
