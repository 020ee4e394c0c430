import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AcquisitionError } from '../errors.ts'
import { unarchive } from './archive.ts'
import { fuzzPlist } from './plist-fuzz.fixture.ts'
import { parsePlist } from './plist.ts'
import { assemble, marker, writeBinaryPlist } from './binary-plist.fixture.ts'
import { Uid } from './value.ts'

const refused = (code: string) => (error: unknown) => error instanceof AcquisitionError && error.code === code
const xml = (body: string) =>
  parsePlist(
    Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">${body}</plist>\n`,
    ),
  )
/** what deepEqual sees as the same: without the missing prototypes */
const plain = (value: unknown): unknown => structuredClone(value)

test('a binary list gives back every kind of value', () => {
  const value = {
    text: 'plain',
    wide: 'Grüße 👋',
    whole: -42,
    large: 9_007_199_254_740_993n,
    unsigned: 18_446_744_073_709_551_615n,
    part: 1.5,
    when: new Date('2026-03-01T10:00:00Z'),
    bytes: new Uint8Array([0, 1, 255]),
    list: [true, false, null, ['inner']],
  }
  assert.deepEqual(plain(parsePlist(writeBinaryPlist(value))), value)
})

test('numbers of one, two and four bytes are unsigned, of eight signed', () => {
  const parse = (hex: string) => parsePlist(assemble([Buffer.from(hex, 'hex')]))
  assert.equal(parse('10ff'), 255)
  assert.equal(parse('11ffff'), 65_535)
  assert.equal(parse('12ffffffff'), 4_294_967_295)
  assert.equal(parse('13ffffffffffffffff'), -1)
  assert.equal(parse('80ff') instanceof Uid, true)
})

test('a key named __proto__ is a key and nothing more', () => {
  const list = parsePlist(writeBinaryPlist(JSON.parse('{"__proto__": {"polluted": true}}'))) as Record<string, unknown>
  assert.deepEqual(Object.keys(list), ['__proto__'])
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
})

test('an object that holds itself is refused', () => {
  assert.throws(() => parsePlist(assemble([Buffer.concat([marker(0xa, 1), Buffer.alloc(4)])])), refused('DAMAGED'))
})

test('100,000 levels are refused, in both forms', () => {
  const levels = Array.from({ length: 100_000 }, (_, i) => {
    const reference = Buffer.alloc(4)
    reference.writeUInt32BE(i + 1)
    return Buffer.concat([marker(0xa, 1), reference])
  })
  assert.throws(() => parsePlist(assemble([...levels, Buffer.of(9)])), refused('DAMAGED'))
  assert.throws(() => xml('<array>'.repeat(100_000) + '</array>'.repeat(100_000)), refused('DAMAGED'))
})

test('a small file that would be huge written out is refused', () => {
  const doubling = Array.from({ length: 60 }, (_, i) => {
    const references = Buffer.alloc(8)
    references.writeUInt32BE(i + 1)
    references.writeUInt32BE(i + 1, 4)
    return Buffer.concat([marker(0xa, 2), references])
  })
  assert.throws(() => parsePlist(assemble([...doubling, Buffer.of(9)])), refused('DAMAGED'))
})

test('objects that share bytes are refused before they cost anything', () => {
  const whole = writeBinaryPlist(Array.from({ length: 50 }, (_, i) => `text ${i}`))
  const table = whole.readUInt32BE(whole.length - 4)
  for (let i = 1; i <= 50; i++) whole.writeUInt32BE(8, table + i * 4)
  assert.throws(() => parsePlist(whole), refused('DAMAGED'))
})

test('a list of 1.5 MB is read', () => {
  const value = Array.from({ length: 30_000 }, (_, i) => ({ name: `file ${i}`, size: i }))
  const bytes = writeBinaryPlist(value)
  assert.ok(bytes.length > 1_500_000)
  assert.deepEqual(plain(parsePlist(bytes)), value)
})

test('an XML list gives back every kind of value', () => {
  const value = xml(`<dict>
    <!-- as Xcode writes it -->
    <key>text</key><string>a &lt;b&gt; &amp; &#x1F44B; <![CDATA[<raw>]]></string>
    <key>empty</key><string/>
    <key>whole</key><integer>-42</integer>
    <key>large</key><integer>9007199254740993</integer>
    <key>part</key><real>1.5</real>
    <key>when</key><date>2026-03-01T10:00:00Z</date>
    <key>bytes</key><data>
      AAH/
    </data>
    <key>list</key><array><true/><false/><array/><dict/></array>
  </dict>`)
  assert.deepEqual(plain(value), {
    text: 'a <b> & 👋 <raw>',
    empty: '',
    whole: -42,
    large: 9_007_199_254_740_993n,
    part: 1.5,
    when: new Date('2026-03-01T10:00:00Z'),
    bytes: new Uint8Array([0, 1, 255]),
    list: [true, false, [], {}],
  })
})

test('an XML list that declares entities is refused', () => {
  const bomb = `<!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><string>&a;</string></plist>`
  assert.throws(() => parsePlist(Buffer.from(bomb)), refused('DAMAGED'))
  assert.throws(() => xml('<string>&unknown;</string>'), refused('DAMAGED'))
})

test('what is no list is told apart from a damaged one', () => {
  assert.throws(() => parsePlist(Buffer.from('{ old = "form"; }')), refused('NOT_SUPPORTED'))
  assert.throws(() => parsePlist(new Uint8Array(0)), refused('NOT_SUPPORTED'))
  assert.throws(() => parsePlist(Buffer.from('bplist00')), refused('DAMAGED'))
})

test('an archive becomes plain values', () => {
  const archive = parsePlist(
    writeBinaryPlist({
      $archiver: 'NSKeyedArchiver',
      $version: 100_000,
      $top: { root: new Uid(1) },
      $objects: [
        '$null',
        { $class: new Uid(6), 'NS.keys': [new Uid(2), new Uid(3)], 'NS.objects': [new Uid(4), new Uid(5)] },
        'when',
        'child',
        { $class: new Uid(7), 'NS.time': 0 },
        { $class: new Uid(8), parent: new Uid(1), name: new Uid(2), nothing: new Uid(0), size: 3 },
        { $classname: 'NSDictionary', $classes: ['NSDictionary', 'NSObject'] },
        { $classname: 'NSDate', $classes: ['NSDate', 'NSObject'] },
        { $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] },
      ],
    }),
  )
  assert.deepEqual(plain(unarchive(archive)), {
    when: new Date('2001-01-01T00:00:00Z'),
    child: { parent: null, name: 'when', nothing: null, size: 3, $class: 'MBFile' },
  })
})

test('an archive that would be huge written out is refused', () => {
  const objects = Array.from({ length: 60 }, (_, i) => ({ 'NS.objects': [new Uid(i + 1), new Uid(i + 1)] }))
  const archive = { $top: { root: new Uid(0) }, $objects: [...objects, 'end'] }
  assert.throws(() => unarchive(parsePlist(writeBinaryPlist(archive))), refused('DAMAGED'))
})

test('whatever the bytes are, the answer is a value or a refusal', () => fuzzPlist({ numRuns: 300, seed: 1 }))

test('what is written comes back', () => {
  const text = fc.string({ unit: 'grapheme' })
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(value, (it) => {
      assert.deepEqual(plain(parsePlist(writeBinaryPlist(it as never))), plain(it))
    }),
    { numRuns: 200, seed: 2 },
  )
})
