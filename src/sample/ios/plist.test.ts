import assert from 'node:assert/strict'
import { test } from 'node:test'
import { binaryPlist, Real, Uid } from './plist.ts'

test('a property list is laid out as CoreFoundation does', () => {
  // <dict><key>a</key><integer>1</integer><key>b</key><array><true/><string>a</string></array></dict>
  assert.equal(
    binaryPlist({ a: 1, b: [true, 'a'] }).toString('hex'),
    '62706c6973743030' +
      'd201020304' +
      '5161' +
      '5162' +
      '1001' +
      'a20501' +
      '09' +
      '0008000d000f001100130016' +
      '000000000000020100000000000000060000000000000000' +
      '0000000000000017',
  )
})

test('each kind of value has its own mark', () => {
  const mark = (value: Parameters<typeof binaryPlist>[0]) => binaryPlist(value).subarray(8, 18).toString('hex')
  assert.match(mark(300), /^11012c/)
  assert.match(mark(70_000), /^1200011170/)
  assert.match(mark(-1), /^13ffffffffffffffff/)
  assert.match(mark(new Real(0.5)), /^233fe0000000000000/)
  assert.match(mark(new Date(978_307_200_000)), /^330000000000000000/)
  assert.match(mark(new Uid(7)), /^8007/)
  assert.match(mark('ü'), /^6100fc/)
  assert.match(mark(Buffer.from([1, 2])), /^420102/)
  assert.match(mark('x'.repeat(20)), /^5f101478/)
})
