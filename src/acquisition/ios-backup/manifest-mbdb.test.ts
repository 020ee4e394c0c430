import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AcquisitionError } from '../errors.ts'
import { readMbdb } from './manifest-mbdb.ts'

const text = (value: string | undefined) => {
  const bytes = Buffer.from(value ?? '')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(value === undefined ? 0xffff : bytes.length)
  return Buffer.concat([length, bytes])
}

function record(domain: string, path: string, mode: number, size: number): Buffer {
  const fixed = Buffer.alloc(40)
  fixed.writeUInt16BE(mode, 0)
  fixed.writeBigUInt64BE(BigInt(size), 30)
  fixed[39] = 1
  return Buffer.concat([
    ...[domain, path, undefined, undefined, undefined].map(text),
    fixed,
    text('com.example.property'),
    text('value'),
  ])
}

const WHOLE = Buffer.concat([
  Buffer.from('mbdb\x05\x00', 'latin1'),
  record('HomeDomain', 'Library', 0o040_755, 0),
  record('HomeDomain', 'Library/SMS/sms.db', 0o100_644, 28_672),
])

test('the list of an iOS 9 backup names its files, and their blobs by SHA-1', () => {
  const listed: string[][] = []
  const catalogue = readMbdb(WHOLE)
  catalogue.list((...file) => listed.push(file))
  // The name that every iPhone backup gives the messages database.
  const id = '3d0d7e5fb2ce288813306e4d4636395e047a3d28'
  assert.deepEqual(listed, [[id, 'HomeDomain', 'Library/SMS/sms.db']])
  assert.equal(catalogue.facts(id).size, 28_672)
})

test('a list cut or bent anywhere is read or refused, and nothing else', () => {
  const change = fc.tuple(fc.nat(WHOLE.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.nat(WHOLE.length), (changes, end) => {
      const bytes = Buffer.from(WHOLE)
      for (const [at, byte] of changes) bytes[at] = byte
      try {
        readMbdb(bytes.subarray(0, end))
      } catch (error) {
        if (!(error instanceof AcquisitionError)) throw error
      }
    }),
    { numRuns: 500, seed: 1 },
  )
})
