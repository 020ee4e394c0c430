import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { makeAndroidBackup } from './android-backup/android-backup.fixture.ts'
import { type Damage, readsOrRefuses, spoil } from './damage.fixture.ts'
import { type AcquisitionCode, AcquisitionError } from './errors.ts'
import type { FileSource } from './file-source.ts'
import { sampleArchives } from './sample-archives.fixture.ts'
import { makeTar } from './file-system/tar.fixture.ts'
import { makeZip } from './file-system/zip.fixture.ts'
import { lyingArchive } from './lying-archives.fixture.ts'
import { openSource } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(folder, { recursive: true }))

const coded = (code: AcquisitionCode) => (error: unknown) => error instanceof AcquisitionError && error.code === code
const data = Buffer.from('bytes')

test('a source is recognised by what it is, whatever its name', async () => {
  const kinds: [string, Buffer][] = [
    ['zip', makeZip([{ name: 'a', data }])],
    ['tar', makeTar([{ name: 'a', data }])],
    ['android-backup', makeAndroidBackup(makeTar([{ name: 'apps/a/f/a', data }]))],
    ['file', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4_080)])],
  ]
  for (const [kind, bytes] of kinds) {
    writeFileSync(join(folder, 'evidence.bin'), bytes)
    const source = await openSource(join(folder, 'evidence.bin'))
    assert.equal(source.kind, kind)
    assert.equal(source.files.length, 1)
    await source.close()
  }
})

test('an iOS backup packed in an archive is refused with what to do, and not taken for a folder of files', async () => {
  const blob = `3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28`
  for (const below of ['', 'Backup/0000/']) {
    const names = [`${below}Manifest.db`, `${below}${blob}`]
    writeFileSync(join(folder, 'packed.zip'), makeZip(names.map((name) => ({ name, data }))))
    await assert.rejects(openSource(join(folder, 'packed.zip')), coded('NOT_SUPPORTED'))
    writeFileSync(join(folder, 'packed.tar'), makeTar(names.map((name) => ({ name, data }))))
    await assert.rejects(openSource(join(folder, 'packed.tar')), coded('NOT_SUPPORTED'))
  }
})

test('a database that was given by itself comes with its log and journal, and nothing else', async () => {
  const loose = join(folder, 'loose')
  mkdirSync(loose)
  for (const name of ['sms.db-wal', 'sms.db-shm', 'sms.db-journal', 'other.db']) writeFileSync(join(loose, name), 'x')
  writeFileSync(join(loose, 'sms.db'), Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(100)]))
  const source = await openSource(join(loose, 'sms.db'))
  assert.deepEqual(
    source.files.map((file) => file.path),
    ['sms.db', 'sms.db-journal', 'sms.db-shm', 'sms.db-wal'],
  )
  assert.equal((await source.open({ path: 'sms.db-wal' })).localPath, join(loose, 'sms.db-wal'))
  await assert.rejects(source.open({ path: 'other.db' }), coded('NOT_FOUND'))
  writeFileSync(join(loose, 'sms.db'), '')
  assert.equal((await openSource(join(loose, 'sms.db'))).kind, 'file')
})

test('what is not there, and what is no source, are two errors', async () => {
  await assert.rejects(openSource(join(folder, 'absent')), coded('NOT_FOUND'))
  for (const bytes of ['', 'a letter', 'PK', 'ANDROID BACKUP']) {
    writeFileSync(join(folder, 'odd'), bytes)
    await assert.rejects(openSource(join(folder, 'odd')), coded('NOT_RECOGNISED'))
  }
})

test('a password that is not needed is reported', async () => {
  writeFileSync(join(folder, 'a.zip'), makeZip([{ name: 'a', data }]))
  const source = await openSource(join(folder, 'a.zip'), { password: 'x' })
  assert.deepEqual(
    source.problems.map((problem) => problem.code),
    ['password_not_used'],
  )
  await source.close()
})

const damage: fc.Arbitrary<Damage> = fc.record({
  cut: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  changes: fc.array(fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }), {
    maxLength: 4,
  }),
})

for (const [name, { bytes, password }] of Object.entries(sampleArchives())) {
  test(`a ${name} that is cut or bent is read as far as it goes, or refused`, async () => {
    assert.equal(await readsOrRefuses(bytes, join(folder, 'fuzzed'), password), 'read')
    await fc.assert(
      fc.asyncProperty(damage, async (spoilt) => {
        await readsOrRefuses(spoil(bytes, spoilt), join(folder, 'fuzzed'), password)
      }),
      { seed: 7, numRuns: 120 },
    )
  })
}

const testdata = process.env.PEEL_TESTDATA ?? new URL('../../../shared/testdata', import.meta.url).pathname
const absent = existsSync(testdata) ? false : 'the real phone data is not here'

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

async function listedAndRead(path: string, password?: string): Promise<Record<string, number>> {
  const before = digest(path)
  const beside = readdirSync(join(path, '..'))
  const source: FileSource = await openSource(path, { password })
  assert.deepEqual(source.problems, [])
  const found: Record<string, number> = {}
  for (const file of source.files) {
    const open = await source.open(file)
    let size = 0
    for await (const chunk of open.chunks()) size += chunk.length
    assert.equal(size, open.size)
    await open.close()
    found[file.path] = size
  }
  await source.close()
  assert.equal(digest(path), before)
  assert.deepEqual(readdirSync(join(path, '..')), beside)
  return found
}

test('real zips of iOS file systems are listed and read, and stay as they were', { skip: absent }, async () => {
  const zips = join(testdata, 'ios-contacts-and-calls')
  const database = 'Library/AddressBook/AddressBook'
  assert.deepEqual(await listedAndRead(join(zips, 'testdata.addressBook.addressBook.josh_ios15_ffs.zip')), {
    [`filesystem2/mobile/${database}.sqlitedb`]: 327_680,
    [`filesystem2/mobile/${database}.sqlitedb-shm`]: 32_768,
    [`filesystem2/mobile/${database}.sqlitedb-wal`]: 2_463_792,
    [`filesystem2/mobile/${database}Images.sqlitedb`]: 8_192,
    [`filesystem2/mobile/${database}Images.sqlitedb-shm`]: 32_768,
    [`filesystem2/mobile/${database}Images.sqlitedb-wal`]: 1_027_032,
  })
  assert.deepEqual(await listedAndRead(join(zips, 'testdata.addressBook.addressBook.mvs_ios_2023.zip')), {
    [`private/var/mobile/${database}.sqlitedb`]: 4_096,
    [`private/var/mobile/${database}.sqlitedb-shm`]: 32_768,
    [`private/var/mobile/${database}.sqlitedb-wal`]: 1_318_432,
    [`private/var/mobile/${database}Images.sqlitedb`]: 8_192,
    [`private/var/mobile/${database}Images.sqlitedb-shm`]: 32_768,
    [`private/var/mobile/${database}Images.sqlitedb-wal`]: 65_760,
  })
  for (const name of readdirSync(zips).filter((entry) => entry.includes('voicemail') && entry.endsWith('.zip')))
    assert.deepEqual(Object.values(await listedAndRead(join(zips, name))), [36_864])
})

test('real Android backups are listed and read, plain and encrypted, and stay as they were', {
  skip: absent,
}, async () => {
  const backups = join(testdata, 'adb-backup-and-triage-bundles')
  const telephony = 'apps/com.android.providers.telephony'
  assert.deepEqual(await listedAndRead(join(backups, 'backup.ab')), {
    [`${telephony}/d_f/000000_sms_backup`]: 143,
    [`${telephony}/d_f/000001_mms_backup`]: 226,
  })
  assert.deepEqual(await listedAndRead(join(backups, 'backup2.ab'), '123456'), {
    [`${telephony}/_manifest`]: 2_526,
    [`${telephony}/d_f/000000_sms_backup`]: 143,
  })
  await assert.rejects(openSource(join(backups, 'backup2.ab')), coded('PASSWORD_NEEDED'))
  await assert.rejects(openSource(join(backups, 'backup2.ab'), { password: '12345' }), coded('PASSWORD_WRONG'))
})

test('every other real zip is read to its end', { skip: absent }, async () => {
  for (const place of ['ios-apps-chat', 'ios-notes-mail-web-network-app-use'])
    for (const name of readdirSync(join(testdata, place)).filter((entry) => entry.endsWith('.zip')))
      assert.ok(Object.keys(await listedAndRead(join(testdata, place, name))).length > 0, name)
})

test('a real iOS backup folder is recognised as one', { skip: absent }, async () => {
  const source = await openSource(join(testdata, 'ios-backup-whole/mvt-ios14'))
  assert.equal(source.kind, 'ios-backup')
  await source.close()
})

test('archives whose every field may lie are read as far as they are sound, or refused', async () => {
  await fc.assert(
    fc.asyncProperty(lyingArchive, async (bytes) => {
      await readsOrRefuses(bytes, join(folder, 'lying'))
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('no file stays open after a source was closed or refused', async (t) => {
  if (process.platform !== 'linux') return t.skip('needs /proc')
  const count = () => readdirSync('/proc/self/fd').length
  const before = count()
  for (const { bytes, password } of Object.values(sampleArchives())) {
    await readsOrRefuses(bytes, join(folder, 'closed'), password)
    await readsOrRefuses(bytes.subarray(0, bytes.length >> 1), join(folder, 'closed'), password)
    await readsOrRefuses(bytes, join(folder, 'closed'), 'wrong')
  }
  assert.equal(count(), before)
})
