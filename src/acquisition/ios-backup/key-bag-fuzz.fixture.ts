import fc from 'fast-check'
import { AcquisitionError } from '../errors.ts'
import { makeKeyBag } from './ios-backup.fixture.ts'
import { openKey, readKeyBag, wrappedKey } from './key-bag.ts'

/** Throws on anything but a key bag or an AcquisitionError, for bags bent at some places or cut, and for keys of any bytes. */
export function fuzzKeyBag(options: fc.Parameters<[Buffer, Uint8Array]>): void {
  const { bytes: whole } = makeKeyBag('password', { first: 1, second: 1 })
  const bent = fc
    .tuple(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(whole.length))
    .map(([changes, end]) => {
      const bytes = Buffer.from(whole)
      for (const [at, byte] of changes) bytes[at] = byte
      return changes.length % 2 ? bytes : bytes.subarray(0, end)
    })
  const keys = new Map([[0, Buffer.alloc(32)]])
  const allowed = (work: () => void) => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof AcquisitionError)) throw error
    }
  }
  fc.assert(
    fc.property(bent, fc.uint8Array({ maxLength: 80 }), (bytes, key) => {
      allowed(() => readKeyBag(bytes))
      const wrapped = wrappedKey(key)
      if (wrapped) allowed(() => openKey(keys, { ...wrapped, protectionClass: 0 }))
    }),
    options,
  )
}
