import assert from 'node:assert/strict'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { makeTar } from '../src/acquisition/file-system/tar.fixture.ts'
import { makeZip } from '../src/acquisition/file-system/zip.fixture.ts'
import { openSource } from '../src/acquisition/index.ts'
import { CHAT_DB, MMSSMS, TESTDATA, without } from './real-data/phones.ts'
import { asFound, takeEverything } from './real-data/take-everything.ts'
import { stateOf } from './real-data/untouched.ts'

// One real database in every wrapping, with its log and without: what comes out must not depend on the wrapping.

const scratch = mkdtempSync(join(tmpdir(), 'peel-shapes-'))
after(() => rmSync(scratch, { recursive: true }))

const BOOK = 'ios-contacts-and-calls/testdata.addressBook.addressBook.josh_ios15_ffs.zip'
const EMPTY_BOOK = 'ios-contacts-and-calls/testdata.addressBook.addressBook.mvs_ios_2023.zip'
const MMS = 'android-messages-calls-contacts/mmssms.db'
const CHAT = 'ios-messages/imessage_chat.db'

type Files = ReadonlyMap<string, Buffer>

/** The files of a zip of test data, by the last part of their names. */
async function filesOf(zip: string): Promise<Files> {
  const source = await openSource(join(TESTDATA, zip))
  const files = new Map<string, Buffer>()
  for (const file of source.files) {
    const open = await source.open(file)
    files.set(basename(file.path), Buffer.concat(await Array.fromAsync(open.chunks())))
    await open.close()
  }
  await source.close()
  return files
}

function folderOf(files: Files, under = ''): string {
  const folder = mkdtempSync(join(scratch, 'folder-'))
  mkdirSync(join(folder, under), { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(folder, under, name), bytes)
  return folder
}

function archive(name: string, bytes: Buffer): string {
  const file = join(mkdtempSync(join(scratch, 'archive-')), name)
  writeFileSync(file, bytes)
  return file
}

/** Where it lies loose, the database of pictures is nobody's that is known by its name, and said to be so. */
const notOfImages = ({ file }: { file?: string }) => file === undefined || !file.endsWith('AddressBookImages.sqlitedb')

const ON_PHONE = 'private/var/mobile/Library/AddressBook'
const entries = (files: Files, under: string) => [...files].map(([name, data]) => ({ name: `${under}${name}`, data }))

const SHAPES: readonly [says: string, make: (files: Files) => string][] = [
  ['a zip with absolute names', (files) => archive('a.zip', makeZip(entries(files, `/${ON_PHONE}/`)))],
  ['a zip whose names begin with a dot', (files) => archive('a.zip', makeZip(entries(files, `./${ON_PHONE}/`)))],
  ['a zip with nothing but the files', (files) => archive('a.zip', makeZip(entries(files, '')))],
  ['a tar', (files) => archive('a.tar', makeTar(entries(files, `${ON_PHONE}/`)))],
  [
    'a tar with absolute names in gzip',
    (files) => archive('a.tar.gz', gzipSync(makeTar(entries(files, `/${ON_PHONE}/`)))),
  ],
  ['a folder like the phone’s', (files) => folderOf(files, ON_PHONE)],
  ['a folder called loose, in a folder', (files) => folderOf(files, 'loose')],
  ['a folder with nothing else in it', (files) => folderOf(files)],
]

for (const [says, make] of SHAPES)
  test(`the address book of a real phone comes out of ${says} as out of its zip`, { skip: without(BOOK) }, async () => {
    const { records: wanted } = await takeEverything(join(TESTDATA, BOOK))
    const { records, result } = await takeEverything(make(await filesOf(BOOK)))
    assert.deepEqual(records.map(asFound), wanted.map(asFound))
    const wal = records.every(({ provenance }) => provenance.wal)
    assert.deepEqual([records.length, wal, result.problems.filter(notOfImages)], [9, true, []])
  })

for (const [says, make] of SHAPES)
  test(`out of ${says}, a database that stands in its write-ahead log alone is read, and without the log is told of`, {
    skip: without(EMPTY_BOOK),
  }, async () => {
    const files = await filesOf(EMPTY_BOOK)
    const whole = await takeEverything(make(files))
    assert.deepEqual([whole.records, whole.result.problems.filter(notOfImages)], [[], []])
    assert.deepEqual(whole.result.records.contact, { total: 0, taken: 0, context: 0, left: {} })
    const without = new Map([...files].filter(([name]) => !name.endsWith('-wal')))
    const { result } = await takeEverything(make(without))
    assert.deepEqual(
      result.problems.filter(notOfImages).map(({ code }) => code),
      ['schema_not_recognised'],
    )
  })

test('what is only in the write-ahead log comes out with it, and what it deletes does not', {
  skip: without(MMS),
}, async () => {
  const folder = mkdtempSync(join(scratch, 'log-'))
  copyFileSync(join(TESTDATA, MMS), join(folder, 'mmssms.db'))
  const database = new DatabaseSync(join(folder, 'mmssms.db'))
  database.exec('PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0')
  // The triggers of the phone call functions that only it has.
  for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
    database.exec(`DROP TRIGGER "${name}"`)
  database.exec(`DELETE FROM sms WHERE _id = 4;
    INSERT INTO sms (_id, thread_id, address, date, type, body) VALUES (10, 1, '15555215554', 1383067000000, 1, 'In the log')`)
  const copy = mkdtempSync(join(scratch, 'log-copy-'))
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name))
  database.close()
  const bodies = (records: readonly object[]) => records.map((record) => ('body' in record ? record.body : undefined))
  const theirs = MMSSMS.map(({ body }) => body)
  const { records } = await takeEverything(copy)
  assert.deepEqual(bodies(records), [...theirs.filter((_, at) => at !== 3), 'In the log'])
  assert.ok(records.every(({ provenance }) => provenance.wal))
  unlinkSync(join(copy, 'mmssms.db-wal'))
  const { records: before } = await takeEverything(copy)
  assert.deepEqual(bodies(before), theirs)
  assert.ok(before.every(({ provenance }) => !provenance.wal))
})

test('a database in write-ahead mode is read in a folder that nobody may write to, and nothing is put beside it', {
  skip: without(CHAT),
}, async () => {
  const folder = mkdtempSync(join(scratch, 'read-only-'))
  copyFileSync(join(TESTDATA, CHAT), join(folder, basename(CHAT)))
  chmodSync(join(folder, basename(CHAT)), 0o444)
  chmodSync(folder, 0o555)
  try {
    const before = stateOf(folder)
    const { records } = await takeEverything(folder)
    assert.equal(records.length, CHAT_DB.length)
    const { records: alone } = await takeEverything(join(folder, basename(CHAT)))
    assert.deepEqual(alone.map(asFound), records.map(asFound))
    assert.deepEqual(stateOf(folder), before)
  } finally {
    chmodSync(folder, 0o755)
  }
})

test('a database and its log as a file by itself are read as one', { skip: without(BOOK) }, async () => {
  const folder = folderOf(await filesOf(BOOK))
  const { records } = await takeEverything(join(folder, 'AddressBook.sqlitedb'))
  assert.deepEqual([records.length, records.every(({ provenance }) => provenance.wal)], [9, true])
})
