import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { AcquisitionError } from '../errors.ts'
import { openSource } from '../open.ts'

const base = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(base, { recursive: true }))

type Value = string | readonly Value[] | { readonly [key: string]: Value }

function propertyList(value: Value): string {
  const xml = (part: Value): string => {
    if (typeof part === 'string') return `<string>${part}</string>`
    if (Array.isArray(part)) return `<array>${part.map(xml).join('')}</array>`
    return `<dict>${Object.entries(part)
      .map(([key, inner]) => `<key>${key}</key>${xml(inner)}`)
      .join('')}</dict>`
  }
  return `<?xml version="1.0"?><plist version="1.0">${xml(value)}</plist>`
}

function made(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = join(base, name)
  mkdirSync(folder)
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), contents)
  }
  return folder
}

test('every regular file is listed, sorted by path in code-unit order, and read in place', async () => {
  const folder = made('plain', { 'a/x': '1', 'a-b': '2', a0: '3', 'a/y/z': '4', 'Z/é': '5', 'b.db': '6' })
  const source = await openSource(folder)
  const paths = source.files.map((file) => file.path)
  assert.equal(source.kind, 'folder')
  assert.deepEqual(paths, ['Z/é', 'a-b', 'a/x', 'a/y/z', 'a0', 'b.db'])
  assert.deepEqual(paths, [...paths].sort())
  const file = await source.open({ path: 'a/y/z' })
  assert.equal(file.size, 1)
  assert.equal(file.localPath, join(folder, 'a/y/z'))
  assert.equal(Buffer.from(await file.head(10)).toString(), '4')
  await file.close()
  await source.close()
})

test('links are not followed, and what is no file is reported', async () => {
  const folder = made('links', { 'in/a': '1' })
  symlinkSync('/etc', join(folder, 'folder-link'))
  symlinkSync('in/a', join(folder, 'file-link'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  const source = await openSource(folder)
  assert.deepEqual(source.files, [{ path: 'in/a' }])
  assert.deepEqual(source.problems.map(({ code, file }) => `${code} ${file}`).sort(), [
    'entry_refused file-link',
    'entry_refused folder-link',
    'entry_refused pipe',
  ])
})

test('a file that became a link or a pipe after it was listed is not opened', async () => {
  const folder = made('swapped', { a: '1', b: '1', 'in/a': '1' })
  const source = await openSource(folder)
  rmSync(join(folder, 'a'))
  symlinkSync('/etc/hostname', join(folder, 'a'))
  rmSync(join(folder, 'b'))
  execFileSync('mkfifo', [join(folder, 'b')])
  rmSync(join(folder, 'in'), { recursive: true })
  symlinkSync(join(base, 'links/in'), join(folder, 'in'))
  for (const path of ['a', 'b', 'in/a', '../links/in/a', 'c'])
    await assert.rejects(source.open({ path }), AcquisitionError)
})

test('reading leaves the times of a file as they were', async () => {
  const folder = made('times', { a: 'x'.repeat(5_000) })
  const before = statSync(join(folder, 'a'))
  const source = await openSource(folder)
  const file = await source.open({ path: 'a' })
  for await (const chunk of file.chunks()) assert.equal(chunk.length, 5_000)
  await file.close()
  const after = statSync(join(folder, 'a'))
  assert.equal(after.atimeMs, before.atimeMs)
  assert.equal(after.mtimeMs, before.mtimeMs)
})

test('what may not be read is unreadable when opened, and a problem when listed', async (t) => {
  if (process.getuid?.() === 0) return t.skip('the superuser may read everything')
  const folder = made('closed', { 'in/a': '1', b: '2' })
  chmodSync(join(folder, 'in'), 0)
  chmodSync(join(folder, 'b'), 0)
  const source = await openSource(folder)
  assert.deepEqual(
    source.problems.map(({ code, file }) => ({ code, file })),
    [{ code: 'file_unreadable', file: 'in' }],
  )
  await assert.rejects(
    source.open({ path: 'b' }),
    (error) => error instanceof AcquisitionError && error.code === 'UNREADABLE',
  )
  chmodSync(join(folder, 'in'), 0o700)
})

test('folders nested past any path are listed as far as a path goes', async (t) => {
  const folder = made('deep', { top: '1' })
  // Deeper than a path can say, so it is made by going down one by one.
  const program = `const { mkdirSync } = require('node:fs')
    process.chdir(process.argv[1])
    for (let level = 0; level < 3_000; level++) { mkdirSync('d'); process.chdir('d') }`
  try {
    execFileSync(process.execPath, ['-e', program, folder], { stdio: 'ignore' })
  } catch {
    return t.skip('this system does not nest so deep')
  }
  const source = await openSource(folder)
  assert.deepEqual(source.files, [{ path: 'top' }])
  assert.equal(source.problems.length, 1)
  execFileSync('rm', ['-rf', folder])
})

test('an Android file system says its model, version and serial number', async () => {
  const folder = made('android', {
    'dump/system/build.prop': '# made\nro.product.system.model=generic\nro.build.version.release=14\n',
    'dump/vendor/build.prop': 'ro.product.model=Pixel 8\nro.serialno=TEST0001\n',
    'dump/data/app/x/system/build.prop': 'ro.product.model=wrong\n',
  })
  const { device } = await openSource(folder)
  assert.deepEqual(device, { os: 'android', model: 'Pixel 8', os_version: '14', serial: 'TEST0001' })
})

test('an iOS file system says its name, model, version and IMEIs; a damaged list says nothing', async () => {
  const home = 'private/var'
  const folder = made('ios', {
    'System/Library/CoreServices/SystemVersion.plist': propertyList({
      ProductName: 'iPhone OS',
      ProductVersion: '17.1',
    }),
    [`${home}/root/Library/Lockdown/data_ark.plist`]: propertyList({ '-DeviceName': 'Test phone' }),
    [`${home}/containers/Shared/SystemGroup/systemgroup.com.apple.mobilegestaltcache/Library/Caches/com.apple.MobileGestalt.plist`]:
      propertyList({ CacheExtra: { 'h9jDsbgj7xIVeIQ8S3/X3Q': 'iPhone12,1' } }),
    [`${home}/wireless/Library/Preferences/com.apple.commcenter.device_specific_nobackup.plist`]: propertyList({
      imeis: ['350000000000009', '350000000000001'],
    }),
  })
  assert.deepEqual((await openSource(folder)).device, {
    os: 'ios',
    name: 'Test phone',
    model: 'iPhone12,1',
    os_version: '17.1',
    imei: ['350000000000001', '350000000000009'],
  })
  writeFileSync(join(folder, 'System/Library/CoreServices/SystemVersion.plist'), 'bplist00 not really')
  assert.equal((await openSource(folder)).device.os_version, undefined)
})

test('where two devices lie side by side, neither is said to be the source', async () => {
  const two = made('two', {
    'A/system/build.prop': 'ro.serialno=TEST0001\n',
    'B/system/build.prop': 'ro.serialno=TEST0002\n',
  })
  assert.deepEqual((await openSource(two)).device, {})
  const mixed = made('mixed', {
    'A/system/build.prop': 'ro.serialno=TEST0001\n',
    'B/System/Library/CoreServices/SystemVersion.plist': propertyList({ ProductVersion: '17.1' }),
  })
  assert.deepEqual((await openSource(mixed)).device, {})
})
