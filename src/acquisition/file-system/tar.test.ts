import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { AcquisitionCode } from '../errors.ts'
import { AcquisitionError } from '../errors.ts'
import type { FileSource } from '../file-source.ts'
import { openSource } from '../open.ts'
import { makeTar } from './tar.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(folder, { recursive: true }))

async function opened(archive: Buffer): Promise<FileSource> {
  const place = join(folder, 'archive')
  writeFileSync(place, archive)
  return openSource(place)
}

async function read(source: FileSource, path: string): Promise<Buffer> {
  const file = await source.open(source.files.find((listed) => listed.path === path)!)
  const chunks: Uint8Array[] = []
  for await (const chunk of file.chunks()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const paths = (source: FileSource) => source.files.map((file) => file.path)
const codes = (source: FileSource) => source.problems.map((problem) => problem.code)
const coded = (code: AcquisitionCode) => (error: unknown) => error instanceof AcquisitionError && error.code === code
const data = Buffer.from('the quick brown fox '.repeat(100))
const longName = `private/var/${'folder/'.repeat(40)}sms.db`

const sound = makeTar([
  { name: './', type: '5' },
  { name: './private/var/b.db', data },
  { name: longName, long: 'pax', data: Buffer.from('pax') },
  { name: `${longName}-wal`, long: 'gnu', data: Buffer.from('gnu') },
  { name: '/a.db', type: '\0', data: Buffer.alloc(0) },
])

test('a tar and the same tar in gzip hold the same files', async () => {
  for (const archive of [
    sound,
    gzipSync(sound),
    Buffer.concat([gzipSync(sound.subarray(0, 700)), gzipSync(sound.subarray(700))]),
  ]) {
    const source = await opened(archive)
    assert.equal(source.kind, 'tar')
    assert.deepEqual(paths(source), ['a.db', 'private/var/b.db', longName, `${longName}-wal`])
    assert.deepEqual(source.problems, [])
    assert.deepEqual(await read(source, 'private/var/b.db'), data)
    assert.equal((await read(source, longName)).toString(), 'pax')
    assert.equal((await read(source, `${longName}-wal`)).toString(), 'gnu')
    const file = await source.open(source.files[1]!)
    assert.equal(Buffer.from(await file.head(9)).toString(), 'the quick')
    assert.equal(Buffer.from(await file.at!(1_990, 100)).toString(), 'brown fox ')
    await source.close()
  }
})

test('links, devices, sparse files and names that lead outside are refused and reported', async () => {
  const deep = `${'n/'.repeat(100_000)}x`
  const source = await opened(
    makeTar([
      { name: 'hard', type: '1', size: 500 },
      { name: 'soft', type: '2' },
      { name: 'device', type: '3' },
      { name: 'pipe', type: '6' },
      { name: 'sparse', type: 'S', data },
      { name: 'sparse-pax', pax: { 'GNU.sparse.major': '1' }, data },
      { name: 'unknown', type: 'Q', data },
      { name: '../out', data },
      { name: deep, long: 'pax', data },
      { name: 'good', data },
    ]),
  )
  assert.deepEqual(paths(source), ['good'])
  assert.deepEqual(codes(source), Array(9).fill('entry_refused'))
  await source.close()
})

test('of two entries with one name the last stands, as tar means it', async () => {
  const source = await opened(
    makeTar([
      { name: 'a', data },
      { name: './a', data: Buffer.from('newer') },
    ]),
  )
  assert.equal((await read(source, 'a')).toString(), 'newer')
  assert.deepEqual(codes(source), ['entry_refused'])
  await source.close()
})

test('a file whose bytes end early is missing, not cut', async () => {
  const tar = makeTar([
    { name: 'a', data },
    { name: 'b', data },
  ])
  const source = await opened(tar.subarray(0, tar.length - 1024 - 600))
  assert.deepEqual(paths(source), ['a'])
  assert.deepEqual(source.missing, ['b'])
  assert.deepEqual(codes(source), ['archive_damaged'])
  await source.close()
})

test('a size that no archive can hold makes the file missing', async () => {
  const source = await opened(
    makeTar([
      { name: 'a', data },
      { name: 'b', size: 2 ** 52 },
    ]),
  )
  assert.deepEqual(source.missing, ['b'])
  await source.close()
})

test('a damaged header ends the list and is reported', async () => {
  const tar = makeTar([
    { name: 'a', data },
    { name: 'b', data },
  ])
  tar[512 + 2048 + 5] = 1
  const source = await opened(tar)
  assert.deepEqual(paths(source), ['a'])
  assert.deepEqual(codes(source), ['archive_damaged'])
  await source.close()
})

test('bytes after the end mark are reported', async () => {
  const source = await opened(Buffer.concat([makeTar([{ name: 'a', data }]), makeTar([{ name: 'b', data }])]))
  assert.deepEqual(paths(source), ['a'])
  assert.deepEqual(codes(source), ['archive_damaged'])
  await source.close()
})

test('of a gzip that was cut or bent, what came before is listed', async () => {
  const big = makeTar([
    { name: 'a', data },
    { name: 'b', data: Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i) >> 3)) },
  ])
  const gzip = gzipSync(big)
  const source = await opened(gzip.subarray(0, gzip.length - 2_000))
  assert.deepEqual(paths(source), ['a'])
  assert.deepEqual(source.missing, ['b'])
  assert.ok(codes(source).every((code) => code === 'archive_damaged'))
  await source.close()
})

test('a gzip that holds no tar is not recognised', async () => {
  await assert.rejects(opened(gzipSync(Buffer.from('a letter'))), coded('NOT_RECOGNISED'))
})

test('a gzip that expands without end is too large, and leaves nothing behind', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('.peel-'))
  const bomb = gzipSync(makeTar([{ name: 'zeros', data: Buffer.alloc(80 << 20) }]), { level: 9 })
  await assert.rejects(opened(bomb), coded('TOO_LARGE'))
  assert.deepEqual(
    readdirSync(tmpdir()).filter((name) => name.startsWith('.peel-')),
    before,
  )
})
