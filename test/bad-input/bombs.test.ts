import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { makeAndroidBackup } from '../../src/acquisition/android-backup/android-backup.fixture.ts'
import { makeTar } from '../../src/acquisition/file-system/tar.fixture.ts'
import { makeZip } from '../../src/acquisition/file-system/zip.fixture.ts'
import { extract, folder, phone, place, written } from './ground.ts'
import { failsClearly, peel, type Ran, saysNothingMore } from './peel.ts'

// What is small on the disk and large, deep or far away once it is opened.

/** What a command may need, in bytes: a third of it is the program itself. */
const MOST_MEMORY = 300 << 20
const SMS = 'private/var/mobile/Library/SMS/sms.db'
const sms = readFileSync(join((await phone('ios-files')).phone, SMS))

interface Result {
  readonly files: { not_opened: number; opened: number; missing: number }
  readonly records: Record<string, { total: number; taken: number }>
  readonly problems: { code: string; file?: string; detail: string }[]
}

async function bounded(run: Promise<Ran>): Promise<Ran> {
  const ran = await run
  assert.ok(ran.peak > 0 && ran.peak < MOST_MEMORY, `${Math.round(ran.peak / 2 ** 20)} MiB of memory`)
  saysNothingMore(ran)
  return ran
}

/** Extracts in bounded memory and time, and gives what came of it. */
async function extracted(source: string): Promise<Result> {
  const ran = await bounded(extract(source, place('out.peel'), ['--json']))
  assert.equal(ran.code, 0, ran.stderr)
  const result = JSON.parse(ran.stdout) as Result
  for (const [kind, { total, taken, left }] of Object.entries(
    result.records as Record<string, { total: number; taken: number; left: Record<string, number> }>,
  ))
    assert.equal(
      total,
      Object.values(left).reduce((sum, number) => sum + number, taken),
      kind,
    )
  return result
}

const said = ({ problems }: Result, code: string) => problems.some((problem) => problem.code === code)

test('a zip whose database would be half a gigabyte of nothing is read in little memory, and said to be no database', async () => {
  const zeros = makeZip([{ name: SMS, data: Buffer.alloc(500 << 20), method: 8 }])
  assert.ok(zeros.length < 1 << 20)
  const result = await extracted(written('zeros.zip', zeros))
  assert.ok(said(result, 'database_damaged') || said(result, 'entry_refused'), JSON.stringify(result.problems))
})

test('a database that says it has four thousand million pages has those that it has', async () => {
  const vast = Buffer.from(sms)
  vast.writeUInt32BE(0xffff_fffe, 28)
  const source = place('vast')
  mkdirSync(join(source, dirname(SMS)), { recursive: true })
  writeFileSync(join(source, SMS), vast)
  const result = await extracted(source)
  assert.ok(said(result, 'database_damaged'))
  assert.ok((result.records['message']?.taken ?? 0) > 0)
})

test('a file that expands further than it says is refused at its own word', async () => {
  const lying = makeZip([{ name: SMS, data: Buffer.alloc(200 << 20), method: 8, declaredSize: 4096 }])
  const result = await extracted(written('lying.zip', lying))
  assert.equal(result.records['message']?.taken ?? 0, 0)
  assert.ok(result.problems.length > 0)
})

test('entries that share their bytes are refused', async () => {
  const entry = { name: 'a/1.jpg', data: Buffer.alloc(1 << 20), method: 8 }
  const overlapping = makeZip([
    entry,
    ...Array.from({ length: 200 }, (_, n) => ({ ...entry, name: `a/${n + 2}.jpg`, at: 0 })),
  ])
  const ran = await bounded(peel(['inspect', written('overlap.zip', overlapping), '--json']))
  assert.equal(ran.code, 0, ran.stderr)
  assert.match(ran.stdout, /entry_refused/)
})

test('an archive inside an archive is a file like any other', async () => {
  let nested = makeZip([{ name: SMS, data: sms }])
  for (let level = 0; level < 20; level++) nested = makeZip([{ name: `level-${level}.zip`, data: nested, method: 8 }])
  const result = await extracted(written('nested.zip', nested))
  assert.equal(result.files.not_opened + result.files.opened, 1)
  assert.ok(Object.values(result.records).every(({ total }) => total === 0))
})

test('a tar in gzip, and an Android backup, that expand a thousand times are refused', async () => {
  const tar = makeTar([{ name: 'zeros', data: Buffer.alloc(150 << 20) }])
  for (const bytes of [gzipSync(tar, { level: 9 }), makeAndroidBackup(tar, { compressed: true })]) {
    assert.ok(bytes.length < 1 << 20)
    failsClearly(await bounded(extract(written('bomb', bytes), place('o'))), 3, /expands more than/)
  }
})

const OUTSIDE = ['../../../../tmp/peel-escaped', '/../peel-escaped', 'a/../../peel-escaped', '..']
const LINKS = ['1', '2'] as const

test('names that lead outside are refused, and nothing is ever written by them', async () => {
  const data = Buffer.from('escaped')
  const archives = {
    'out.zip': makeZip([
      ...[...OUTSIDE, 'C:\\peel-escaped'].map((name) => ({ name, data })),
      { name: 'link', data, mode: 0o120777 },
    ]),
    'out.tar': makeTar([
      ...OUTSIDE.map((name) => ({ name, data })),
      ...LINKS.map((type) => ({ name: `link-${type}`, type })),
    ]),
    'out.ab': makeAndroidBackup(makeTar(OUTSIDE.map((name) => ({ name, data })))),
  }
  for (const [name, bytes] of Object.entries(archives)) {
    const result = await extracted(written(name, bytes))
    assert.ok(said(result, 'entry_refused'), name)
    assert.equal(result.files.not_opened + result.files.opened, 0, name)
  }
  for (const path of ['/tmp/peel-escaped', '/peel-escaped', join(folder, 'peel-escaped')]) assert.ok(!existsSync(path))
})

test('an absolute name is read as if it began where the phone does', async () => {
  const data = sms
  for (const [name, bytes] of [
    ['abs.zip', makeZip([{ name: `/${SMS}`, data }])],
    ['abs.tar', makeTar([{ name: `/${SMS}`, data }])],
  ] as const)
    assert.ok(((await extracted(written(name, bytes))).records['message']?.taken ?? 0) > 0, name)
})

test('100,000 nested levels of folders are listed as far as the system goes, and the rest is said', {
  timeout: 120_000,
}, async () => {
  const deep = place('deep')
  // Deeper than any path can name: only by going down step by step.
  mkdirSync(deep)
  const dig = `const { mkdirSync } = require('node:fs'); process.chdir(${JSON.stringify(deep)});
    for (let n = 0; n < 100_000; n++) { mkdirSync('d'); process.chdir('d') }`
  spawnSync(process.execPath, ['-e', dig], { stdio: 'ignore' })
  mkdirSync(join(deep, dirname(SMS)), { recursive: true })
  writeFileSync(join(deep, SMS), sms)
  const result = await extracted(deep)
  assert.ok((result.records['message']?.taken ?? 0) > 0)
  assert.ok(said(result, 'file_unreadable') || said(result, 'entry_refused'), JSON.stringify(result.problems))
})

test('100,000 nested levels in the names of an archive, in a property list and in a backup', async () => {
  const name = `${'n/'.repeat(30_000)}sms.db`
  const far = `${'n/'.repeat(100_000)}sms.db`
  assert.ok(said(await extracted(written('deep.zip', makeZip([{ name, data: sms }]))), 'entry_refused'))
  assert.ok(
    said(await extracted(written('deep.tar', makeTar([{ name: far, data: sms, long: 'pax' }]))), 'entry_refused'),
  )
  assert.ok(
    said(await extracted(written('deep.tar', makeTar([{ name: far, data: sms, long: 'gnu' }]))), 'entry_refused'),
  )
  const xml = `<?xml version="1.0"?><plist version="1.0">${'<array>'.repeat(100_000)}${'</array>'.repeat(100_000)}</plist>`
  const source = place('backup')
  mkdirSync(source)
  for (const list of ['Info.plist', 'Manifest.plist', 'Status.plist']) writeFileSync(join(source, list), xml)
  failsClearly(await bounded(extract(source, place('o'))), 3, /./)
})

test('an XML property list whose entities multiply is not expanded', async () => {
  const lol = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
  const xml = `<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY l0 "lol">${lol}]><plist version="1.0"><dict><key>IsEncrypted</key><string>&l12;</string></dict></plist>`
  const source = place('backup')
  mkdirSync(source)
  for (const list of ['Info.plist', 'Manifest.plist']) writeFileSync(join(source, list), xml)
  failsClearly(await bounded(extract(source, place('o'))), 3, /./)
  rmSync(source, { recursive: true })
})
