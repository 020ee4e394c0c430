/** Throws hostile bytes at the parsers of this folder: short runs in unit tests, long ones from `fuzz/`. */
import fc from 'fast-check'
import { archiveOf, summaryOf } from './archive.fixture.ts'
import { readSummary } from './summary.ts'
import { typedstreamText } from './typedstream.ts'

type Options = fc.Parameters<[Uint8Array]>

/** Bytes that begin like real ones and then go wrong, and bytes that never were any. */
function spoilt(seeds: readonly Buffer[]): fc.Arbitrary<Uint8Array> {
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 })
  const flipped = fc.tuple(fc.constantFrom(...seeds), flips, fc.nat()).map(([seed, changes, cut]) => {
    const bytes = Buffer.from(seed)
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    return bytes.subarray(0, cut % 3 === 0 ? cut % bytes.length : bytes.length)
  })
  return fc.oneof(flipped, fc.uint8Array({ maxLength: 400 }))
}

/** Any bytes give a string or nothing. */
export function fuzzTypedstream(options: Options): void {
  const seeds = ['', 'Meet me', 'é'.repeat(200), 'x'.repeat(40_000)].flatMap((text) => [
    archiveOf(text),
    archiveOf(text, true),
  ])
  fc.assert(
    fc.property(spoilt(seeds), (bytes) => {
      const found = typedstreamText(bytes)
      if (found !== undefined && found.text.length > bytes.length) throw new Error('more text than bytes')
    }),
    options,
  )
}

/** Any bytes give a history or nothing. */
export function fuzzSummary(options: Options): void {
  const seeds = [
    summaryOf({
      0: [
        [700_000_000, 'one'],
        [700_000_100, 'two'],
      ],
    }),
    summaryOf({}, [0]),
    summaryOf({ 1: [] }, [1]),
  ]
  fc.assert(
    fc.property(spoilt(seeds), (bytes) => {
      readSummary(bytes)
    }),
    options,
  )
}
