import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { makeZip } from '../../src/acquisition/file-system/zip.fixture.ts'
import { extract, identityFile, notRoot, phone, place, trustFile, written } from './ground.ts'
import { failsClearly, peel, type Ran } from './peel.ts'

const PAGE = 4096

/** Does something on a disk of so many bytes, or of so many files. False where this machine does not let us mount one. */
async function onSmallDisk(option: string, work: (disk: string) => Promise<unknown>): Promise<boolean> {
  const path = place('disk')
  mkdirSync(path)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', option, 'tmpfs', path]).status !== 0) return false
  try {
    await work(path)
    return true
  } finally {
    spawnSync('umount', [path])
  }
}

const noMount =
  notRoot ||
  ((await onSmallDisk('size=64k', async () => {})) ? false : 'this machine does not let us mount a small disk')

function sizeOf(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .map((entry) => Math.ceil(statSync(join(entry.parentPath, entry.name)).size / PAGE) * PAGE)
    .reduce((sum, size) => sum + size, 0)
}

/** Either it all went well, or it is said that the disk is full and nothing is left. */
async function wholeOrNothing(ran: Ran, dir: string, secrets: readonly string[]): Promise<'whole' | 'nothing'> {
  const out = join(dir, 'out.peel')
  if (ran.code === 0) {
    const verified = await peel(['verify', out, '--trust', trustFile, '--identity', identityFile])
    assert.equal(verified.code, 0, verified.stdout)
    return 'whole'
  }
  failsClearly(ran, 1, /the disk is full|may not become that large/, secrets)
  assert.deepEqual(readdirSync(dir), [])
  return 'nothing'
}

test('on a disk that fills up, wherever that happens, nothing is left and the hint says what to do', {
  skip: noMount,
}, async () => {
  const { phone: source, secrets } = await phone('ios-files')
  const whole = place('whole.peel')
  assert.equal((await extract(source, whole)).code, 0)
  const pages = sizeOf(whole) / PAGE
  // The last pages written are those of the database, then key.age, then the manifest.
  const sizes = [1, 2, 8, ...[0.2, 0.5, 0.8, 0.95].map((part) => Math.ceil(pages * part)), pages - 2, pages - 1, pages]
  const ends = new Set<string>()
  for (const size of sizes) {
    await onSmallDisk(`size=${size * PAGE}`, async (disk) => {
      ends.add(await wholeOrNothing(await extract(source, join(disk, 'out.peel')), disk, secrets))
    })
  }
  assert.ok(ends.has('nothing'))
})

test('so it is on a disk that has room for no more files', { skip: noMount }, async () => {
  const { phone: source, secrets } = await phone('ios-files')
  for (const files of [1, 2, 3, 4, 6, 12]) {
    await onSmallDisk(`size=64m,nr_inodes=${files}`, async (disk) => {
      const ran = await extract(source, join(disk, 'out.peel'))
      assert.notEqual(ran.code, 0)
      await wholeOrNothing(ran, disk, secrets)
    })
  }
})

test('and where no file may be larger than a limit, at every limit', async () => {
  const { phone: source, secrets } = await phone('ios-files')
  const ends = []
  // In kilobytes. A database is larger than a picture, and a picture than a key.
  for (const limit of [0, 1, 4, 16, 64, 200, 500]) {
    const dir = place('limited')
    mkdirSync(dir)
    ends.push(
      await wholeOrNothing(
        await extract(source, join(dir, 'out.peel'), [], { limit: `ulimit -f ${limit}` }),
        dir,
        secrets,
      ),
    )
  }
  assert.ok(ends.includes('nothing'))
})

test('a report that does not fit leaves no half of itself', { skip: noMount }, async () => {
  const { phone: source, secrets } = await phone('ios-files')
  const out = place('out.peel')
  assert.equal((await extract(source, out)).code, 0)
  await onSmallDisk('size=8k', async (disk) => {
    const ran = await peel(['report', out, '--identity', identityFile, '--out', join(disk, 'report.html')])
    failsClearly(ran, 1, /the disk is full/, secrets)
    assert.deepEqual(readdirSync(disk), [])
  })
})

test('a database that does not fit memory, and no room for a working copy of it, end an extraction: it is not left out', async () => {
  const { phone: source, secrets } = await phone('ios-files')
  const path = 'private/var/mobile/Library/SMS/sms.db'
  const large = place('large.db')
  for (const end of ['', '-wal'])
    if (existsSync(join(source, path + end))) copyFileSync(join(source, path + end), large + end)
  const database = new DatabaseSync(large)
  database.exec(
    'CREATE TABLE filler (a); INSERT INTO filler VALUES (zeroblob(80000000)); PRAGMA wal_checkpoint(TRUNCATE)',
  )
  database.close()
  const zip = written('large.zip', makeZip([{ name: path, data: readFileSync(large) }]))
  const dir = place('limited')
  mkdirSync(dir)
  // In kilobytes: enough for the extract, not for the copy, wherever that is put.
  const ran = await extract(zip, join(dir, 'out.peel'), [], { limit: 'ulimit -f 50000' })
  failsClearly(ran, 1, /no room for a sealed working copy/, secrets)
  assert.deepEqual(readdirSync(dir), [])
  assert.equal((await extract(zip, join(dir, 'out.peel'))).code, 0)
})
