import fc from 'fast-check'
import { randomFrom, SOUND_KINDS, soundFile } from '../../../sample/index.ts'
import { readAudio } from './read-audio.ts'

/** Throws spoilt recordings at the readers: short runs in unit tests, long ones from `fuzz/`. */
export async function fuzzAudio(options: fc.Parameters<unknown>): Promise<void> {
  const seeds = SOUND_KINDS.map((kind) => soundFile(kind, 400, randomFrom(`fuzz/${kind}`)).bytes)
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 12 })
  const spoilt = fc.tuple(fc.constantFrom(...seeds), flips, fc.nat()).map(([seed, changes, cut]) => {
    const bytes = Buffer.from(seed)
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    return bytes.subarray(0, cut % 3 === 0 ? cut % bytes.length : bytes.length)
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
      const found = await readAudio({
        size: bytes.length,
        at: async (offset, length) => bytes.subarray(offset, offset + length),
      })
      const { durationMs = 0, state, damage } = found ?? { state: 'whole' }
      if (!Number.isFinite(durationMs) || durationMs < 0) throw new Error('a length that is none')
      if ((state === 'damaged') !== (damage !== undefined))
        throw new Error('damage without a word, or a word without damage')
    }),
    options,
  )
}
