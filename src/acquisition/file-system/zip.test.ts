import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { AcquisitionCode } from '../errors.ts'
import { AcquisitionError } from '../errors.ts'
import type { FileSource } from '../file-source.ts'
import { openSource } from '../open.ts'
import { type MadeEntry, makeZip } from './zip.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(folder, { recursive: true }))

async function opened(zip: Buffer): Promise<FileSource> {
  const place = join(folder, 'archive')
  writeFileSync(place, zip)
  return openSource(place)
}

async function read(source: FileSource, path: string): Promise<string> {
  const file = await source.open(source.files.find((listed) => listed.path === path)!)
  const chunks: Uint8Array[] = []
  for await (const chunk of file.chunks()) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const paths = (source: FileSource) => source.files.map((file) => file.path)
const codes = (source: FileSource) => source.problems.map((problem) => problem.code)
const coded = (code: AcquisitionCode) => (error: unknown) => error instanceof AcquisitionError && error.code === code
const data = Buffer.from('the quick brown fox '.repeat(50))

test('names of real exports come out as paths of the source', async () => {
  const source = await opened(
    makeZip([
      { name: '/private/var/mobile/Library/SMS/sms.db', data },
      { name: 'filesystem2/mobile/a.db', data, method: 0 },
      { name: 'data\\data\\com.example\\b.db', data },
      { name: './c//d.db', data },
      { name: 'folder/' },
      { name: 'unix-folder', mode: 0o040755 },
      { name: Buffer.from('K\u00fcche/\u00e9.db', 'utf8'), data },
      { name: Buffer.of(0x4b, 0x81, 0x63, 0x68, 0x65), data },
    ]),
  )
  assert.deepEqual(paths(source), [
    'K\u00fcche',
    'K\u00fcche/\u00e9.db',
    'c/d.db',
    'data/data/com.example/b.db',
    'filesystem2/mobile/a.db',
    'private/var/mobile/Library/SMS/sms.db',
  ])
  assert.deepEqual(source.problems, [])
  for (const file of source.files) assert.equal(await read(source, file.path), data.toString())
  await source.close()
})

test('zip64, data descriptors and a comment are read', async () => {
  const source = await opened(
    makeZip(
      [
        { name: 'a', data, zip64: true },
        { name: 'b', data, descriptor: true },
        { name: 'c', method: 0 },
      ],
      {
        comment: 'PK\u0005\u0006 is not the end',
      },
    ),
  )
  assert.equal(await read(source, 'a'), data.toString())
  assert.equal(await read(source, 'b'), data.toString())
  assert.equal(await read(source, 'c'), '')
  assert.deepEqual(source.problems, [])
  await source.close()
})

test('names that lead outside, links, devices and overlong paths are refused and reported', async () => {
  const names = ['../a', 'x/../../a', '..\\a', 'C:\\a', 'c:/a', 'nul\0', 'n/'.repeat(100_000) + 'x'.repeat(1)]
  // A zip can only say 65,535 bytes of name.
  const source = await opened(
    makeZip([
      ...names.map((name) => ({ name: name.slice(0, 60_000), data })),
      { name: 'link', data, mode: 0o120777 },
      { name: 'device', data, mode: 0o020666 },
      { name: 'good', data },
    ]),
  )
  assert.deepEqual(paths(source), ['good'])
  // The overlong name was cut after a slash, which makes it a folder.
  assert.deepEqual(codes(source), Array(names.length - 1 + 2).fill('entry_refused'))
  await source.close()
})

test('of two entries with one name the first stands and the other is reported', async () => {
  const source = await opened(
    makeZip([
      { name: 'a', data },
      { name: '/a', data: Buffer.from('other') },
    ]),
  )
  assert.equal(await read(source, 'a'), data.toString())
  assert.deepEqual(codes(source), ['entry_refused'])
  await source.close()
})

test('an entry with one name in the list and another of its own is read under neither', async () => {
  const source = await opened(
    makeZip([
      { name: 'holiday.jpg', localName: 'sms.db', data },
      { name: 'good', data },
    ]),
  )
  assert.deepEqual(paths(source), ['good'])
  assert.deepEqual(source.problems, [
    {
      code: 'archive_damaged',
      file: 'holiday.jpg',
      detail: 'zip: an entry has one name in the list and another of its own',
    },
  ])
  await source.close()
})

test('an entry that declares less or more than it holds never yields more than it declares', async () => {
  for (const declaredSize of [data.length - 1, data.length + 1]) {
    const source = await opened(makeZip([{ name: 'a', data, declaredSize }]))
    const file = await source.open(source.files[0]!)
    let size = 0
    await assert.rejects(async () => {
      for await (const chunk of file.chunks()) size += chunk.length
    }, coded('DAMAGED'))
    assert.ok(size <= declaredSize)
    await source.close()
  }
})

test('an entry that does not match its checksum is damaged', async () => {
  for (const method of [0, 8]) {
    const source = await opened(makeZip([{ name: 'a', data, method, crc: 1 }]))
    await assert.rejects(read(source, 'a'), coded('DAMAGED'))
    await source.close()
  }
})

test('the first bytes come without the rest being read', async () => {
  const zip = makeZip([{ name: 'a', data: Buffer.alloc(5_000_000, 'ab'), crc: 1 }])
  const source = await opened(zip)
  const file = await source.open(source.files[0]!)
  assert.equal(Buffer.from(await file.head(4)).toString(), 'abab')
  assert.equal((await file.head(0)).length, 0)
  await source.close()
})

test('a bomb is refused: by its ratio, and by entries that share their bytes', async () => {
  const high = await opened(
    makeZip([
      { name: 'a', data: Buffer.alloc(100), declaredSize: 4_000_000_000 },
      { name: 'b', data },
    ]),
  )
  assert.deepEqual(paths(high), ['b'])
  assert.deepEqual(codes(high), ['entry_refused'])
  await high.close()
  const shared: MadeEntry[] = [{ name: 'kernel', data }]
  for (let copy = 0; copy < 50; copy++) shared.push({ name: `kernel${copy}`, data, at: 0 })
  const overlapping = await opened(makeZip([...shared, { name: 'b', data }]))
  assert.deepEqual(paths(overlapping), ['b'])
  assert.deepEqual(new Set(codes(overlapping)), new Set(['entry_refused']))
  await overlapping.close()
})

test('encrypted entries are listed and reported, and an archive of nothing else is not supported', async () => {
  const source = await opened(
    makeZip([
      { name: 'a', data, flags: 1 },
      { name: 'b', data },
    ]),
  )
  assert.deepEqual(paths(source), ['a', 'b'])
  assert.deepEqual(codes(source), ['file_unreadable'])
  await assert.rejects(read(source, 'a'), coded('NOT_SUPPORTED'))
  await source.close()
  await assert.rejects(opened(makeZip([{ name: 'a', data, flags: 1 }])), coded('NOT_SUPPORTED'))
})

test('a method that is not known is listed and cannot be opened', async () => {
  const source = await opened(makeZip([{ name: 'a', data, method: 14 }]))
  await assert.rejects(read(source, 'a'), coded('NOT_SUPPORTED'))
  await source.close()
})

test('a zip that was cut off has lost its list and is damaged', async () => {
  const zip = makeZip([{ name: 'a', data }])
  await assert.rejects(opened(zip.subarray(0, zip.length - 5)), coded('DAMAGED'))
})

test('a count that is not the actual one is reported, and every entry is listed', async () => {
  const source = await opened(
    makeZip(
      [
        { name: 'a', data },
        { name: 'b', data },
      ],
      { count: 7 },
    ),
  )
  assert.deepEqual(paths(source), ['a', 'b'])
  assert.deepEqual(codes(source), ['count_differs'])
  await source.close()
})

test('an empty zip holds nothing, and a thousand problems of a kind stand for the rest', async () => {
  const empty = await opened(makeZip([]))
  assert.deepEqual(empty.files, [])
  await empty.close()
  const many = await opened(makeZip(Array.from({ length: 1_500 }, (_, index) => ({ name: `../${index}` }))))
  assert.equal(many.problems.length, 1_001)
  assert.equal(many.problems.at(-1)?.detail, '500 more of this kind')
  await many.close()
})

test('no error or problem detail holds a name from the archive', async () => {
  const source = await opened(
    makeZip([
      { name: '../secret', data },
      { name: 'secret1', data, crc: 1 },
      { name: 'secret2', localName: 'x', data },
    ]),
  )
  for (const problem of source.problems) assert.ok(!problem.detail.includes('secret'))
  await assert.rejects(read(source, 'secret1'), (error: Error) => !error.message.includes('secret'))
  await source.close()
})
