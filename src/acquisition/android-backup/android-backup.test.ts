import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type AcquisitionCode, AcquisitionError } from '../errors.ts'
import type { FileSource } from '../file-source.ts'
import { makeTar } from '../file-system/tar.fixture.ts'
import { openSource } from '../open.ts'
import { type MadeBackup, makeAndroidBackup } from './android-backup.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(folder, { recursive: true }))

const data = Buffer.from('the quick brown fox '.repeat(100))
const tar = makeTar([
  { name: 'apps/com.example.mail/_manifest', data: Buffer.from('1\n') },
  { name: 'apps/com.example.mail/db/mail.db', data },
  { name: 'shared/0/DCIM/a.jpg', data },
  { name: '../../etc/x', data },
])

async function opened(backup: Buffer, password?: string): Promise<FileSource> {
  const place = join(folder, 'backup')
  writeFileSync(place, backup)
  return openSource(place, { password })
}

async function holdsAll(source: FileSource): Promise<void> {
  assert.equal(source.kind, 'android-backup')
  assert.deepEqual(source.device, { os: 'android' })
  assert.deepEqual(
    source.files.map((file) => file.path),
    ['apps/com.example.mail/_manifest', 'apps/com.example.mail/db/mail.db', 'shared/0/DCIM/a.jpg'],
  )
  assert.deepEqual(
    source.problems.map((problem) => problem.code),
    ['entry_refused'],
  )
  const file = await source.open(source.files[1]!)
  const chunks: Uint8Array[] = []
  for await (const chunk of file.chunks()) chunks.push(chunk)
  assert.deepEqual(Buffer.concat(chunks), data)
  assert.equal(file.localPath, undefined)
  await file.close()
  await source.close()
}

const coded = (code: AcquisitionCode) => (error: unknown) => error instanceof AcquisitionError && error.code === code

test('every version is read, compressed or not, encrypted or not', async () => {
  for (const version of [1, 2, 3, 4, 5])
    for (const compressed of [true, false])
      for (const password of [undefined, 'correct horse'])
        await holdsAll(await opened(makeAndroidBackup(tar, { version, compressed, password }), password))
})

test('keys and passwords beyond ASCII are read as Java wrote them, in UTF-8 and in eight bits', async () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index * 7))
  const made: MadeBackup[] = [
    { version: 1, characters: 'latin1' },
    { version: 1, characters: 'utf8' },
    { version: 2, characters: 'utf8' },
  ]
  for (const options of made)
    await holdsAll(await opened(makeAndroidBackup(tar, { ...options, key, password: 'pässwörd' }), 'pässwörd'))
})

test('no password and a wrong one are two errors, and both say where a password goes', async () => {
  const backup = makeAndroidBackup(tar, { password: 'right' })
  await assert.rejects(opened(backup), (error) => coded('PASSWORD_NEEDED')(error) && hinted(error))
  await assert.rejects(opened(backup, 'wrong'), (error) => coded('PASSWORD_WRONG')(error) && hinted(error))
  await assert.rejects(opened(backup, ''), coded('PASSWORD_WRONG'))
  function hinted(error: unknown) {
    return (error as AcquisitionError).hint.includes('--password-file')
  }
})

test('a password that is not needed is reported', async () => {
  const source = await opened(makeAndroidBackup(makeTar([])), 'x')
  assert.deepEqual(
    source.problems.map((problem) => problem.code),
    ['password_not_used'],
  )
  await source.close()
})

test('a header that asks for too much work, or makes no sense, is an error', async () => {
  const encrypted = makeAndroidBackup(tar, { password: 'x' }).toString('latin1')
  const bent = (from: string | RegExp, to: string) => Buffer.from(encrypted.replace(from, to), 'latin1')
  await assert.rejects(opened(bent('\n100\n', '\n999999999\n'), 'x'), coded('DAMAGED'))
  await assert.rejects(opened(bent('\n100\n', '\n0\n'), 'x'), coded('DAMAGED'))
  await assert.rejects(opened(bent('\n5\n', '\n6\n'), 'x'), coded('NOT_SUPPORTED'))
  await assert.rejects(opened(bent('AES-256', 'AES-512'), 'x'), coded('NOT_SUPPORTED'))
  await assert.rejects(opened(bent(/\n[0-9A-F]{128}\n/, '\nxyz\n'), 'x'), coded('DAMAGED'))
  await assert.rejects(opened(Buffer.from(encrypted.slice(0, 200), 'latin1'), 'x'), coded('DAMAGED'))
})

test('a backup that was cut off gives what came before and says so', async () => {
  for (const password of [undefined, 'x']) {
    const noise = Buffer.from(Array.from({ length: 60_000 }, (_, index) => (index * index) >> 3))
    const backup = makeAndroidBackup(
      makeTar([
        { name: 'apps/a/f/x', data },
        { name: 'apps/a/f/y', data: noise },
      ]),
      { password },
    )
    const source = await opened(backup.subarray(0, backup.length - 1_001), password)
    assert.deepEqual(
      source.files.map((file) => file.path),
      ['apps/a/f/x'],
    )
    assert.deepEqual(source.missing, ['apps/a/f/y'])
    assert.ok(source.problems.some((problem) => problem.code === 'archive_damaged'))
    await source.close()
  }
})

test('a backup that holds nothing after its header says so', async () => {
  const source = await opened(Buffer.from('ANDROID BACKUP\n5\n1\nnone\n'))
  assert.deepEqual(source.files, [])
  assert.deepEqual(new Set(source.problems.map((problem) => problem.code)), new Set(['archive_damaged']))
  await source.close()
})
