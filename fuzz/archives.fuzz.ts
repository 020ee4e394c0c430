/** Spoils archives of every kind for the given number of seconds (default 20); throws on a crash or a hang. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Damage, readsOrRefuses, spoil } from '../src/acquisition/damage.fixture.ts'
import { lyingArchive } from '../src/acquisition/lying-archives.fixture.ts'
import { sampleArchives } from '../src/acquisition/sample-archives.fixture.ts'

const seconds = Number(process.argv[2] ?? 20)
const folder = mkdtempSync(join(tmpdir(), 'peel-fuzz-'))
const end = performance.now() + seconds * 1000
const outcomes = { read: 0, refused: 0 }
try {
  const samples = Object.values(sampleArchives())
  for (let run = 0; performance.now() < end; run++) {
    const { bytes, password } = samples[run % samples.length]!
    await hold(spoil(bytes, randomDamage()), password)
    for (const lying of fc.sample(lyingArchive, 2)) await hold(lying)
  }
} finally {
  rmSync(folder, { recursive: true })
}
async function hold(bytes: Buffer, password?: string): Promise<void> {
  try {
    outcomes[await readsOrRefuses(bytes, join(folder, 'archive'), password)]++
  } catch (error) {
    // The bytes are ours and small: shown, so that the case can become a test.
    console.error(bytes.toString('base64'))
    throw error
  }
}

function randomDamage(): Damage {
  const changes = Array.from({ length: Math.floor(Math.random() * 6) }, () => ({
    place: Math.random(),
    byte: Math.random() < 0.3 ? 255 * Math.round(Math.random()) : Math.floor(Math.random() * 256),
  }))
  return { cut: Math.random() < 0.5 ? 1 : Math.random(), changes }
}

console.log(`archives: ${outcomes.read} read, ${outcomes.refused} refused`)
