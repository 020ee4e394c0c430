import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { FileSource, OpenFile } from '../../acquisition/index.ts'
import { dcim } from './dcim.ts'
import { box, exifBlock, film, heic, jpeg, png, webp } from './sample-media.fixture.ts'

const EXIF = exifBlock({
  make: 'Example',
  taken: '2026:03:02 10:20:30',
  gps: {
    lat: [
      [51, 1],
      [30, 1],
      [0, 1],
    ],
    latRef: 'N',
    lon: [
      [0, 1],
      [7, 1],
      [0, 1],
    ],
    lonRef: 'W',
  },
})
const SEEDS: readonly Buffer[] = [
  jpeg(EXIF),
  png(EXIF),
  webp(EXIF),
  heic(EXIF),
  EXIF,
  film({ created: 3_855_000_000, xyz: '+51.5-000.1/' }),
  film({ brand: 'qt  ', keys: { 'com.apple.quicktime.creationdate': '2026-03-02T10:20:30Z' }, wide: true }),
  // Thousands of boxes, tracks and segments, each of which could be looked into.
  Buffer.concat([
    film({}).subarray(0, 20),
    box('moov', Buffer.concat(Array.from({ length: 3000 }, () => box('trak', box('tkhd', Buffer.alloc(84)))))),
  ]),
  jpeg(
    EXIF,
    Array.from({ length: 400 }, () =>
      Buffer.concat([Buffer.from([0xff, 0xe1, 0, EXIF.length + 8]), Buffer.from('Exif\0\0'), EXIF]),
    ),
  ),
]

const change = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.oneof(fc.constantFrom(0, 1, 0x7f, 0xff), fc.nat(255)),
)

/** Spoilt pictures and films, read from a source that reads at an offset and from one that does not, with the same result. */
export async function fuzzMedia(runs: number, seed: number): Promise<void> {
  const property = fc.asyncProperty(
    fc.nat(SEEDS.length - 1),
    fc.array(change, { maxLength: 12 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (which, changes, cut) => {
      const whole = Buffer.from(SEEDS[which] as Buffer)
      for (const [place, value] of changes) whole[Math.floor(place * (whole.length - 1))] = value
      const bytes = whole.subarray(0, cut < 0.7 ? whole.length : Math.floor(whole.length * cut))
      const file = { path: 'DCIM/a.jpg' }
      const [one, other] = await Promise.all([
        dcim.read(file, source(bytes, true)),
        dcim.read(file, source(bytes, false)),
      ])
      assert.equal(one.placed.length, 1)
      assert.equal(other.placed.length, 1)
      if (changes.length === 0) assert.deepEqual(one.placed, other.placed)
      assert.ok(other.bytesRead <= bytes.length * 6)
    },
  )
  await fc.assert(property, { numRuns: runs, seed })
}

function source(bytes: Buffer, atOffset: boolean): FileSource {
  const opened: OpenFile = {
    path: 'DCIM/a.jpg',
    size: bytes.length,
    async *chunks() {
      for (let from = 0; from < bytes.length; from += 700) yield bytes.subarray(from, from + 700)
    },
    // A short head, so that the rest is really asked for.
    head: async (length) => bytes.subarray(0, Math.min(length, 40)),
    ...(atOffset ? { at: async (offset: number, length: number) => bytes.subarray(offset, offset + length) } : {}),
    close: async () => {},
  }
  return { open: async () => opened } as unknown as FileSource
}
