import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { type MadeEntry, makeZip } from '../../acquisition/file-system/zip.fixture.ts'
import { ANDROID, makeApk, makeDex, makeResources, manifest, named, withSigningBlock } from './apk.fixture.ts'
import { chunk, type MadeElement, makeAxml, words } from './axml.fixture.ts'
import type { PackageCode } from './errors.ts'
import { inspectPackage } from './inspect-package.ts'
import type { Measured } from './measured-inspection.fixture.ts'
import { temporaryFolder } from './packages.fixture.ts'

const folder = temporaryFolder()
const MIB = 1 << 20
/** What a refusal may cost. Processor time and not the clock: the machine may have other things to do. */
const MOST_CPU_MS = 1_000
const MOST_MEMORY = 200_000_000

/** A list of trackers, so that classes are read. */
const trackers = join(folder, 'trackers.json')
writeFileSync(
  trackers,
  JSON.stringify({ trackers: { 1: { name: 'T', code_signature: 'net.watcher.', categories: [] } } }),
)

function measured(bytes: Buffer): Measured {
  const file = join(folder, 'package')
  writeFileSync(file, bytes)
  const program = join(import.meta.dirname, 'measured-inspection.fixture.ts')
  return JSON.parse(execFileSync(process.execPath, [program, file, trackers], { encoding: 'utf8' })) as Measured
}

const plain = manifest([], [])
const sound = makeAxml(plain)
const zeros = (length: number) => Buffer.alloc(length)
const nested = (levels: number): MadeElement => {
  let element: MadeElement = { name: 'x' }
  for (let level = 1; level < levels; level++) element = { name: 'x', children: [element] }
  return element
}
const services = (number: number, name: string) => Array.from({ length: number }, () => named('service', name))
const files = (number: number, entry: (n: number) => MadeEntry) => Array.from({ length: number }, (_, n) => entry(n))
const cut = (bytes: Buffer, at: number) => bytes.subarray(0, at)
const changed = (bytes: Buffer, at: number, value: number) => {
  const copy = Buffer.from(bytes)
  copy.writeUInt32LE(value >>> 0, at)
  return copy
}
const manifestOf = (data: Buffer) => makeZip([{ name: 'AndroidManifest.xml', data }])
const info = (list: string) => makeZip([{ name: 'Payload/A.app/Info.plist', data: Buffer.from(list) }])

/** name → what is refused, and by which code */
const HOSTILE: Readonly<Record<string, readonly [code: PackageCode, make: () => Buffer]>> = {
  'nothing at all': ['NOT_A_PACKAGE', () => zeros(0)],
  'no archive': ['NOT_A_PACKAGE', () => randomBytes(100_000)],
  'an archive of something else': ['NOT_A_PACKAGE', () => makeZip([{ name: 'a.txt' }])],
  'an archive that is cut': ['NOT_A_PACKAGE', () => cut(makeApk(plain), 300)],
  'two manifests': ['DUPLICATE_ENTRY', () => makeApk(plain, [{ name: 'AndroidManifest.xml', data: sound }])],
  'files that share their bytes': [
    'OVERLAPPING_ENTRIES',
    () =>
      makeApk(plain, [
        { name: 'a', data: zeros(MIB) },
        ...files(2_000, (n) => ({ name: `b${n}`, data: zeros(1_000), at: 0 })),
      ]),
  ],
  'more files than any app': [
    'TOO_MANY_ENTRIES',
    () =>
      makeApk(
        plain,
        files(100_001, (n) => ({ name: `a${n}`, method: 0 })),
      ),
  ],
  'a list that says fewer files than it has': [
    'DAMAGED',
    () => makeZip([{ name: 'AndroidManifest.xml', data: sound }, { name: 'a' }], { count: 1 }),
  ],
  'a manifest of 15 MiB of nothing': ['TOO_LARGE', () => manifestOf(zeros(15 * MIB))],
  'a manifest of 200 MiB': ['TOO_LARGE', () => manifestOf(zeros(200 * MIB))],
  'a manifest of 200 MiB that says it has 4,096 bytes': [
    'LYING_SIZE',
    () => makeZip([{ name: 'AndroidManifest.xml', data: zeros(200 * MIB), declaredSize: 4_096 }]),
  ],
  'a manifest that says it is longer': [
    'LYING_SIZE',
    () => makeZip([{ name: 'AndroidManifest.xml', data: sound, declaredSize: sound.length + 9 }]),
  ],
  'a manifest of two names': [
    'DAMAGED',
    () => makeZip([{ name: 'AndroidManifest.xml', localName: 'AndroidManifest.xm_', data: sound }]),
  ],
  'a manifest that is packed as no phone knows': [
    'NOT_SUPPORTED',
    () => makeZip([{ name: 'AndroidManifest.xml', data: sound, method: 99 }]),
  ],
  'a manifest that is marked as encrypted': [
    'NOT_SUPPORTED',
    () => makeZip([{ name: 'AndroidManifest.xml', data: sound, flags: 1 }]),
  ],
  'a picture of 200 MiB of nothing': [
    'TOO_LARGE',
    () => makeApk(plain, [{ name: 'res/a.png', data: zeros(200 * MIB) }]),
  ],
  'resources of 40 MiB of nothing': [
    'TOO_LARGE',
    () => makeApk(plain, [{ name: 'resources.arsc', data: zeros(40 * MIB) }]),
  ],
  'twenty files of classes of nothing': [
    'TOO_LARGE',
    () =>
      makeApk(
        plain,
        files(20, (n) => ({ name: `classes${n === 0 ? '' : n + 1}.dex`, data: zeros(30 * MIB) })),
      ),
  ],
  'a manifest of text': ['DAMAGED', () => manifestOf(Buffer.from('<manifest package="a.b"/>'.padEnd(400)))],
  'a manifest that is cut': ['DAMAGED', () => manifestOf(cut(sound, sound.length - 40))],
  'a manifest of something else': ['DAMAGED', () => manifestOf(makeAxml({ name: 'resources' }))],
  'a manifest without an end': ['DAMAGED', () => manifestOf(makeAxml(plain, { unclosed: true }))],
  'a manifest nested 100,000 levels deep': [
    'TOO_DEEP',
    () => makeZip([{ name: 'AndroidManifest.xml', data: deep(100_000), method: 0 }]),
  ],
  'a manifest nested 100 levels deep': ['TOO_DEEP', () => manifestOf(makeAxml(nested(100)))],
  'a manifest of 60,000 services': ['TOO_LARGE', () => makeApk(manifest([], services(60_000, '.S')))],
  'a manifest of two million chunks of nothing': ['TOO_LARGE', () => manifestOf(spam(1_900_000))],
  'strings beyond counting': ['TOO_LARGE', () => manifestOf(changed(sound, 16, 0xffff_ffff))],
  'strings that lie outside': ['DAMAGED', () => manifestOf(changed(sound, 16, 500_000))],
  'a string pool without a length': ['DAMAGED', () => manifestOf(changed(sound, 12, 0))],
  'a name of 30,000 characters': [
    'TOO_LARGE',
    () => makeApk(manifest([named('uses-permission', 'p'.repeat(30_000))], []), [], undefined),
  ],
  'a name of 4,000 characters, 3,000 times': [
    'TOO_LARGE',
    () => makeApk(manifest([], services(3_000, 'p'.repeat(4_000)))),
  ],
  'resources in 400,000 parts': [
    'TOO_LARGE',
    () =>
      makeApk(plain, [
        { name: 'resources.arsc', data: chunk(0x0002, 12, Buffer.concat([words(1), spamChunks(400_000)])), method: 0 },
      ]),
  ],
  'classes that share one name of 60,000 characters': [
    'TOO_LARGE',
    () => makeApk(plain, [{ name: 'classes.dex', data: sharedNames() }]),
  ],
  'a signing block that has no end': ['TOO_LARGE', () => lyingBlock(0x7fff_ffff)],
  'an app for an iPhone whose list multiplies': [
    'DAMAGED',
    () => info(`<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaaaaaa">]><plist><string>&a;</string></plist>`),
  ],
  'an app for an iPhone whose list is 100,000 levels deep': [
    'DAMAGED',
    () =>
      makeZip([
        { name: 'Payload/A.app/Info.plist', data: Buffer.from(`<plist>${'<array>'.repeat(100_000)}`), method: 0 },
      ]),
  ],
}

describe('a package that was made to mislead', () => {
  for (const [name, [code, make]] of Object.entries(HOSTILE))
    it(`${name}: ${code}, within a second of work and 200 MB`, () => {
      const cost = measured(make())
      assert.equal(cost.code, code)
      assert.ok(cost.cpu < MOST_CPU_MS, `${Math.round(cost.cpu)} ms`)
      assert.ok(cost.peak < MOST_MEMORY, `${Math.round(cost.peak / 1e6)} MB`)
    })
})

describe('a package that is only odd', () => {
  it('is read in little memory, however large its parts may be', () => {
    // Half of it cannot be compressed: as much of resources and of classes as is ever read, at once.
    const large = Buffer.concat(
      files(47, () => ({ name: '' })).map(() => Buffer.concat([randomBytes(MIB / 2), zeros(MIB / 2)])),
    )
    const cost = measured(
      makeApk(plain, [
        { name: 'resources.arsc', data: large },
        { name: 'classes.dex', data: large },
      ]),
    )
    assert.equal(cost.code, undefined)
    assert.ok(cost.peak < MOST_MEMORY * 1.25, `${Math.round(cost.peak / 1e6)} MB`)
  })

  it('is read although its resources lead back to themselves', async () => {
    const root: MadeElement = {
      ...plain,
      children: [{ name: 'application', attributes: [{ id: ANDROID.label, value: { reference: 0x7f010000 } }] }],
    }
    const table = makeResources(
      Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`a${String.fromCharCode(97 + (n % 26))}${n}`, ['x']])),
    )
    // Every value becomes a reference to the resource that it is the value of.
    for (
      let at = table.indexOf(Buffer.from([8, 0, 0, 3]));
      at >= 0;
      at = table.indexOf(Buffer.from([8, 0, 0, 3]), at + 8)
    ) {
      table[at + 3] = 1
      table.writeUInt32LE(0x7f010000, at + 4)
    }
    const { label } = await inspectPackage(written(makeApk(root, [{ name: 'resources.arsc', data: table }])))
    assert.equal(label, undefined)
  })

  it('is read although its signature file is endless', async () => {
    const open = Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([0x30, 0x80])))
    const { problems } = await inspectPackage(
      written(makeApk(plain, [{ name: 'META-INF/A.SF' }, { name: 'META-INF/A.RSA', data: open, method: 0 }])),
    )
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['signature_unreadable', 'not_signed'],
    )
  })

  it('is read, and what stands before it is said', async () => {
    const apk = makeApk(plain, [{ name: 'a', at: 0 }].slice(1))
    const before = makeDex(['a.B'])
    const end = apk.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    const moved = Buffer.concat([before, apk])
    const directory = apk.readUInt32LE(end + 16)
    moved.writeUInt32LE(directory + before.length, end + before.length + 16)
    moved.writeUInt32LE(before.length, directory + before.length + 42)
    const { problems } = await inspectPackage(written(moved))
    assert.ok(problems.some(({ code }) => code === 'bytes_before_archive'))
  })

  it('is given up after its time', async () => {
    await assert.rejects(inspectPackage(written(makeApk(plain)), { timeLimit: 0 }), { code: 'TOO_SLOW' })
  })

  it('is not there, or no file', async () => {
    await assert.rejects(inspectPackage(join(folder, 'nowhere.apk')), { code: 'NOT_FOUND' })
    mkdirSync(join(folder, 'a-folder'))
    await assert.rejects(inspectPackage(join(folder, 'a-folder')), { code: 'UNREADABLE' })
  })
})

let number = 0
function written(bytes: Buffer): string {
  const file = join(folder, `${number++}.apk`)
  writeFileSync(file, bytes)
  return file
}

/** Start tags inside one another, without writing them by calling itself. */
function deep(levels: number): Buffer {
  const one = makeAxml({ name: 'manifest' }, { unclosed: true })
  const start = one.subarray(one.length - 36)
  const bytes = Buffer.concat([one, ...Array.from({ length: levels }, () => start)])
  bytes.writeUInt32LE(bytes.length, 4)
  return bytes
}

/** A manifest with chunks of eight bytes that mean nothing. */
function spam(number: number): Buffer {
  const bytes = Buffer.concat([sound, spamChunks(number)])
  // In a way that cannot be told from an honest one by how far it expands.
  for (let at = sound.length; at < bytes.length; at += 8)
    bytes.writeUInt16LE(0x4000 | Math.floor(Math.random() * 0x3fff), at)
  bytes.writeUInt32LE(bytes.length, 4)
  return bytes
}

function spamChunks(number: number): Buffer {
  return Buffer.concat(Array.from({ length: number }, () => Buffer.from([0x77, 0x77, 8, 0, 8, 0, 0, 0])))
}

/** Types whose names begin one after the other in one long string. */
function sharedNames(): Buffer {
  const dex = makeDex(Array.from({ length: 2_000 }, (_, n) => `a.B${n}`))
  const long = Buffer.from(`L${'a'.repeat(60_000)};\0`)
  const all = Buffer.concat([dex, Buffer.from([1]), long])
  for (let n = 0; n < 2_000; n++) all.writeUInt32LE(dex.length + n, 112 + n * 4)
  return all
}

function lyingBlock(size: number): Buffer {
  const signed = withSigningBlock(makeApk(plain), [[0x42726577, zeros(100)]])
  const magic = signed.indexOf('APK Sig Block 42')
  signed.writeUInt32LE(size, magic - 8)
  return signed
}
