import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { AcquisitionError } from '../errors.ts'
import type { FileSource } from '../file-source.ts'
import { openSqlite } from '../sqlite/open-sqlite.ts'
import { blobName, type MadeBackup, type MadeFile, makeIosBackup } from './ios-backup.fixture.ts'
import { openIosBackup } from './ios-backup.ts'

const scratch = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(scratch, { recursive: true }))

let made = 0
function backup(given: MadeBackup): string {
  const folder = join(scratch, `${made++}`)
  mkdirSync(folder)
  makeIosBackup(folder, given)
  return folder
}
const file = (path: string, bytes: Uint8Array | string = path, more: Partial<MadeFile> = {}): MadeFile => ({
  domain: 'HomeDomain',
  path,
  bytes: Buffer.from(bytes),
  ...more,
})
const refused = (code: string) => (error: unknown) => error instanceof AcquisitionError && error.code === code

async function contents(source: FileSource, path: string): Promise<Buffer> {
  const open = await source.open(source.files.find((one) => one.path === path)!)
  const chunks: Uint8Array[] = []
  for await (const chunk of open.chunks()) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  assert.equal(bytes.length, open.size)
  assert.deepEqual(Buffer.from(await open.head(20)), bytes.subarray(0, 20))
  if (open.at) assert.deepEqual(Buffer.from(await open.at(5, 30)), bytes.subarray(5, 35))
  await open.close()
  return bytes
}

const LENGTHS = [0, 1, 15, 16, 17, 31, 32, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_001]
const FILES = LENGTHS.map((length) => file(`Library/file of ${length}`, randomBytes(length)))

test('a backup that is not encrypted is listed and read', async () => {
  const source = await openIosBackup(backup({ files: FILES }))
  assert.equal(source.kind, 'ios-backup')
  assert.deepEqual(source.problems, [])
  assert.deepEqual(
    source.files.map(({ path }) => path),
    FILES.map(({ path }) => `HomeDomain/${path}`).sort(),
  )
  for (const { path, bytes } of FILES) assert.deepEqual(await contents(source, `HomeDomain/${path}`), bytes)
  await source.close()
})

test('an encrypted backup is read with its password, whatever the length of a file', async () => {
  for (const rounds of [
    { first: 7, second: 3 },
    { first: 0, second: 5 },
  ]) {
    const source = await openIosBackup(backup({ files: FILES, password: 'pässword', rounds }), { password: 'pässword' })
    assert.equal(source.kind, 'ios-backup-encrypted')
    for (const { path, bytes } of FILES) assert.deepEqual(await contents(source, `HomeDomain/${path}`), bytes)
    assert.deepEqual(source.problems, [])
    await source.close()
  }
})

test('no password, a wrong one and one too many are told apart', async () => {
  const sealed = backup({ files: [file('a')], password: 'right' })
  await assert.rejects(openIosBackup(sealed), refused('PASSWORD_NEEDED'))
  await assert.rejects(openIosBackup(sealed, { password: 'wrong' }), refused('PASSWORD_WRONG'))
  const plain = await openIosBackup(backup({ files: [file('a')] }), { password: 'any' })
  assert.deepEqual(
    plain.problems.map(({ code }) => code),
    ['password_not_used'],
  )
  await plain.close()
})

test('a key bag that asks for ever more rounds is refused at once', async () => {
  const folder = backup({ files: [], password: 'p' })
  const manifest = readFileSync(join(folder, 'Manifest.plist'))
  manifest.writeUInt32BE(0xffff_ffff, manifest.indexOf('DPIC') + 8)
  writeFileSync(join(folder, 'Manifest.plist'), manifest)
  await assert.rejects(openIosBackup(folder, { password: 'p' }), refused('TOO_LARGE'))
})

test('the device is named from Info.plist', async () => {
  const source = await openIosBackup(backup({ files: [] }))
  assert.deepEqual(source.device, {
    os: 'ios',
    name: 'Sample phone',
    model: 'iPhone14,2',
    os_version: '17.0',
    serial: 'F2LXK0ABCD',
    imei: ['350000000000001', '350000000000002'],
  })
  await source.close()
})

test('what is listed and not there is missing; folders and links are no files', async () => {
  const files = [
    file('there'),
    file('gone', 'gone', { absent: true }),
    file('folder', '', { flags: 2 }),
    file('link', '', { flags: 4 }),
  ]
  const source = await openIosBackup(backup({ files }))
  assert.deepEqual(source.files, [{ path: 'HomeDomain/there' }])
  assert.deepEqual(source.missing, ['HomeDomain/gone'])
  await source.close()
})

test('names that lead outside are refused, and so are blobs that have no name for one', async () => {
  const files = [
    file('../../outside'),
    file('/etc/passwd'),
    file('fine'),
    file('other', 'x', { domain: '../..' }),
    file('named', 'x', { id: '../../../../../etc/passwd', absent: true }),
  ]
  const source = await openIosBackup(backup({ files }))
  assert.deepEqual(source.files, [{ path: 'HomeDomain/fine' }])
  assert.equal(source.problems.filter(({ code }) => code === 'entry_refused').length, 4)
  await assert.rejects(async () => source.open({ path: 'HomeDomain/../../outside' }), refused('NOT_FOUND'))
  await source.close()
})

test('a blob that is a link is not followed', async () => {
  const linked = file('linked', 'x', { absent: true })
  const folder = backup({ files: [linked] })
  const id = blobName(linked)
  mkdirSync(join(folder, id.slice(0, 2)), { recursive: true })
  symlinkSync('/etc/hostname', join(folder, id.slice(0, 2), id))
  const source = await openIosBackup(folder)
  for (const one of source.files) await assert.rejects(source.open(one), refused('UNREADABLE'))
  await source.close()
})

test('a blob shorter than its list says is read as far as it goes, and reported', async () => {
  for (const password of [undefined, 'p']) {
    const short = file('short', randomBytes(100), { size: 500 })
    const source = await openIosBackup(backup({ files: [short], password }), { password })
    assert.deepEqual(await contents(source, 'HomeDomain/short'), short.bytes)
    assert.deepEqual(source.problems, [
      { code: 'file_damaged', file: 'HomeDomain/short', detail: 'it is shorter than the backup lists it' },
    ])
    await source.close()
  }
})

test('a blob longer than its list says is read whole: the list is only older', async () => {
  const longer = file('longer', randomBytes(100), { size: 30 })
  const source = await openIosBackup(backup({ files: [longer], password: 'p' }), { password: 'p' })
  assert.deepEqual(await contents(source, 'HomeDomain/longer'), longer.bytes)
  await source.close()
})

test('an encrypted blob cut inside a block is read as far as its blocks go', async () => {
  const cut = file('cut', randomBytes(100))
  const folder = backup({ files: [cut], password: 'p' })
  const id = blobName(cut)
  truncateSync(join(folder, id.slice(0, 2), id), 50)
  const source = await openIosBackup(folder, { password: 'p' })
  assert.deepEqual(await contents(source, 'HomeDomain/cut'), cut.bytes.slice(0, 48))
  assert.equal(source.problems[0]?.code, 'file_damaged')
  await source.close()
})

test('a blob that the list does not name is counted', async () => {
  const folder = backup({ files: [file('a')] })
  mkdirSync(join(folder, 'ff'))
  writeFileSync(join(folder, 'ff', 'ff'.repeat(20)), 'x')
  const source = await openIosBackup(folder)
  assert.deepEqual(
    source.problems.map(({ code }) => code),
    ['count_differs'],
  )
  await source.close()
})

test('the folder above is enough where it holds one backup, and not where it holds two', async () => {
  const above = join(scratch, 'above')
  mkdirSync(join(above, 'one'), { recursive: true })
  makeIosBackup(join(above, 'one'), { files: [file('a')] })
  const source = await openIosBackup(above)
  assert.equal(source.files.length, 1)
  await source.close()
  mkdirSync(join(above, 'two'))
  makeIosBackup(join(above, 'two'), { files: [] })
  await assert.rejects(openIosBackup(above), refused('NOT_RECOGNISED'))
})

test('a damaged list is damage, a damaged Manifest.plist beside a plain list only a problem', async () => {
  const folder = backup({ files: [file('a')] })
  writeFileSync(join(folder, 'Manifest.plist'), 'nonsense')
  const source = await openIosBackup(folder)
  assert.deepEqual(
    source.problems.map(({ code, file }) => [code, file]),
    [['file_damaged', 'Manifest.plist']],
  )
  await source.close()
  writeFileSync(join(folder, 'Manifest.db'), randomBytes(5000))
  await assert.rejects(openIosBackup(folder), refused('DAMAGED'))
})

test('a database of an encrypted backup is opened with its log, which is a file of its own', async () => {
  const place = join(scratch, 'sms.db')
  const database = new Database(place)
  database.pragma('journal_mode = WAL')
  database.exec("CREATE TABLE message (text TEXT); INSERT INTO message VALUES ('hello')")
  const files = [
    file('Library/SMS/sms.db', readFileSync(place)),
    file('Library/SMS/sms.db-wal', readFileSync(`${place}-wal`)),
  ]
  database.close()
  const folder = backup({ files, password: 'p' })
  const before = readdirSync(folder).sort()
  const source = await openIosBackup(folder, { password: 'p' })
  const reader = await openSqlite(source, { path: 'HomeDomain/Library/SMS/sms.db' })
  assert.deepEqual(reader.all('SELECT text FROM message'), [{ text: 'hello' }])
  assert.equal(reader.wal, true)
  assert.deepEqual(
    (await reader.opened()).map(({ path }) => path),
    ['HomeDomain/Library/SMS/sms.db', 'HomeDomain/Library/SMS/sms.db-wal'],
  )
  reader.close()
  await source.close()
  assert.deepEqual(readdirSync(folder).sort(), before)
})

const REAL = join(process.env.PEEL_TESTDATA ?? '../shared/testdata', 'ios-backup-whole', 'mvt-ios14')
test('a real backup lists 1,089 files and holds 10 of them', {
  skip: !existsSync(REAL) && 'no test data',
}, async () => {
  const source = await openIosBackup(REAL)
  assert.equal(source.files.length, 10)
  assert.equal(source.missing.length, 1_079)
  assert.equal(source.device.os_version, '14.3')
  assert.deepEqual(
    source.problems.map(({ code }) => code),
    ['count_differs'],
  )
  const reader = await openSqlite(source, source.files.find(({ path }) => path.endsWith('sms.db'))!)
  assert.ok(reader.tables.has('message'))
  reader.close()
  await source.close()
})
