import fc from 'fast-check'
import { AcquisitionError } from '../errors.ts'
import { unarchive } from './archive.ts'
import { parsePlist } from './plist.ts'
import { writeBinaryPlist } from './binary-plist.fixture.ts'
import { Uid } from './value.ts'

const ARCHIVE = writeBinaryPlist({
  $top: { root: new Uid(1) },
  $objects: [
    '$null',
    { 'NS.keys': [new Uid(2)], 'NS.objects': [new Uid(3)] },
    'key',
    { 'NS.objects': [new Uid(1), 7] },
  ],
})
const XML = Buffer.from(
  '<?xml version="1.0"?><plist version="1.0"><dict><key>a</key><array><integer>1</integer><data>AAAA</data></array></dict></plist>',
)

/** Throws on anything but a value or an AcquisitionError, for lists that are whole, bent at some places, or mere noise. */
export function fuzzPlist(options: fc.Parameters<[Uint8Array]>): void {
  const bent = (whole: Buffer) =>
    fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 })
      .chain((changes) => fc.tuple(fc.constant(changes), fc.integer({ min: 0, max: whole.length })))
      .map(([changes, end]) => {
        const bytes = Buffer.from(whole)
        for (const [at, byte] of changes) bytes[at] = byte
        return new Uint8Array(changes.length % 2 ? bytes : bytes.subarray(0, end))
      })
  const noise = fc.uint8Array({ maxLength: 200 })
  const framed = noise.map(
    (middle) => new Uint8Array(Buffer.concat([ARCHIVE.subarray(0, 8), middle, ARCHIVE.subarray(-32)])),
  )
  fc.assert(
    fc.property(fc.oneof(bent(ARCHIVE), bent(XML), framed, noise), (bytes) => {
      try {
        unarchive(parsePlist(bytes))
      } catch (error) {
        if (!(error instanceof AcquisitionError)) throw error
      }
    }),
    options,
  )
}
