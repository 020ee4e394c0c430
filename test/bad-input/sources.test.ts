import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { authorisationFile, extract, folder, notRoot, phone, place, recipient, trustFile, written } from './ground.ts'
import { failsClearly, peel, saysNothingMore } from './peel.ts'

const TESTDATA = process.env['PEEL_TESTDATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'testdata')

test('a source that is not there cannot be read', async () => {
  const out = place('out.peel')
  failsClearly(await extract(place('nowhere'), out), 3, /no such file or folder/)
  failsClearly(await peel(['inspect', place('nowhere')]), 3, /no such file or folder/)
  assert.ok(!existsSync(out))
})

test('a file that is no source is not recognised, whatever it is called', async () => {
  for (const [name, bytes] of [
    ['empty.zip', ''],
    ['phone.ab', 'ANDROID'],
    ['notes.tar', 'x'.repeat(5000)],
    ['chat.db', '\0'.repeat(4096)],
  ] as const)
    failsClearly(await extract(written(name, bytes), place('out.peel')), 3, /not a source that can be read here/)
})

test('an empty folder is read, and holds nothing', async () => {
  const source = place('empty')
  mkdirSync(source)
  const ran = await extract(source, place('out.peel'), ['--json'])
  assert.equal(ran.code, 0, ran.stderr)
  const { files, records } = JSON.parse(ran.stdout) as { files: object; records: Record<string, { total: number }> }
  assert.deepEqual(files, { not_opened: 0, opened: 0, missing: 0 })
  assert.ok(Object.values(records).every(({ total }) => total === 0))
})

test('a pipe is no source, and nobody waits for its other end', async () => {
  const pipe = place('pipe')
  execFileSync('mkfifo', [pipe])
  failsClearly(await extract(pipe, place('out.peel')), 3, /not a regular file/)
})

test('pipes, links that lead out or nowhere, and a link to itself inside a folder are passed over, and said', async () => {
  const { phone: original } = await phone('android-files')
  const source = place('odd')
  cpSync(original, source, { recursive: true })
  const secret = written('secret.txt', 'outside')
  const camera = join(source, 'data/media/0/DCIM/Camera')
  mkdirSync(camera, { recursive: true })
  execFileSync('mkfifo', [join(camera, 'IMG_0001.jpg')])
  symlinkSync(secret, join(camera, 'IMG_0002.jpg'))
  symlinkSync('/', join(camera, 'root'))
  symlinkSync('.', join(camera, 'again'))
  symlinkSync('nowhere', join(camera, 'IMG_0003.jpg'))
  const ran = await extract(source, place('out.peel'), ['--json'])
  assert.equal(ran.code, 0, ran.stderr)
  const { problems } = JSON.parse(ran.stdout) as { problems: { code: string; detail: string }[] }
  assert.ok(
    problems.some(({ code }) => code === 'entry_refused'),
    JSON.stringify(problems),
  )
})

test('a folder that may not be read is an error, and never an empty phone', { skip: notRoot }, async () => {
  const source = place('closed')
  mkdirSync(source, { mode: 0o700 })
  // The other user needs a way to it, and a place to write.
  chmodSync(folder, 0o755)
  const open = place('open')
  mkdirSync(open)
  chmodSync(open, 0o777)
  const ran = await peel(
    ['extract', source, '--authorisation', authorisationFile, '--trust', trustFile, '--recipient', recipient].concat(
      '--out',
      join(open, 'out.peel'),
    ),
    { uid: 65_534, env: { PEEL_DATA: join(open, 'data'), TMPDIR: open, NODE_COMPILE_CACHE: '' } },
  )
  failsClearly(ran, 3, /not allowed to read it/)
  assert.ok(!existsSync(join(open, 'out.peel')) && !existsSync(join(open, 'out.peel.unfinished')))
})

test('no password and a wrong password are two different errors', async () => {
  const { phone: ios, secrets } = await phone('ios-backup-encrypted')
  const wrong = written('wrong.txt', 'not the password\n')
  failsClearly(await extract(ios, place('out.peel')), 3, /password is needed|needs a password|password/, secrets)
  const without = await extract(ios, place('out.peel'))
  const mistaken = await extract(ios, place('out.peel'), ['--password-file', wrong])
  failsClearly(without, 3, /password/, secrets)
  failsClearly(mistaken, 3, /wrong|does not/i, secrets)
  assert.notEqual(without.stderr, mistaken.stderr)
  assert.ok(!mistaken.stderr.includes('not the password'))
})

const AB = join(TESTDATA, 'adb-backup-and-triage-bundles', 'backup2.ab')
const noAb = existsSync(AB) ? false : 'no test data here'
test('so are they for an Android backup', { skip: noAb }, async () => {
  const wrong = written('wrong.txt', 'not the password\n')
  const without = await extract(AB, place('out.peel'))
  const mistaken = await extract(AB, place('out.peel'), ['--password-file', wrong])
  failsClearly(without, 3, /password/)
  failsClearly(mistaken, 3, /wrong|does not/i)
  assert.notEqual(without.stderr, mistaken.stderr)
  const right = await extract(AB, place('out.peel'), ['--password-file', written('right.txt', '123456\n')])
  assert.equal(right.code, 0, right.stderr)
})

test('a password file that is not there, is a folder or is empty is said to be so', async () => {
  const { phone: ios } = await phone('ios-backup-encrypted')
  failsClearly(await extract(ios, place('o'), ['--password-file', place('none')]), 2, /is not there/)
  failsClearly(await extract(ios, place('o'), ['--password-file', folder]), 2, /cannot be read/)
  failsClearly(await extract(ios, place('o'), ['--password-file', written('e', '')]), 3, /password/)
})

const MVT = join(TESTDATA, 'ios-backup-whole', 'mvt-ios14')
const noMvt = existsSync(MVT) ? false : 'no test data here'
test('a manifest of 3,721 entries, of which ten are files that are there, is read, and the others are counted as missing', {
  skip: noMvt,
}, async () => {
  const ran = await extract(MVT, place('out.peel'), ['--json'])
  assert.equal(ran.code, 0, ran.stderr)
  saysNothingMore(ran)
  const { files, records, problems } = JSON.parse(ran.stdout) as {
    files: { not_opened: number; opened: number; missing: number }
    records: Record<string, { taken: number }>
    problems: { code: string; file?: string }[]
  }
  // 1,089 of the entries are files; the others are folders and links. One more file lies there that no entry names.
  assert.equal(files.missing, 1079)
  assert.equal(files.not_opened + files.opened, 10)
  assert.ok(problems.some(({ code }) => code === 'count_differs'))
  assert.equal(records['message']?.taken, 4)
  assert.ok(problems.some(({ code }) => code === 'file_missing'))
})

test('files that vanish from a backup after its list was written are missing, and the rest is taken', async () => {
  const { phone: ios, truth } = await phone('ios-backup')
  const source = place('backup')
  cpSync(ios, source, { recursive: true })
  // The database of messages: SHA-1 of HomeDomain-Library/SMS/sms.db.
  rmSync(join(source, '3d', '3d0d7e5fb2ce288813306e4d4636395e047a3d28'))
  const ran = await extract(source, place('out.peel'), ['--json'])
  assert.equal(ran.code, 0, ran.stderr)
  const { problems, records } = JSON.parse(ran.stdout) as {
    problems: { code: string; file?: string }[]
    records: Record<string, { taken: number }>
  }
  assert.ok(problems.some(({ code, file }) => code === 'file_missing' && file?.endsWith('sms.db')))
  assert.equal(records['contact']?.taken, truth.records.filter(({ kind }) => kind === 'contact').length)
})

test('the source is byte for byte what it was, after success and after failure', async () => {
  const { phone: ios } = await phone('ios-files')
  const before = digests(ios)
  assert.equal((await extract(ios, place('out.peel'))).code, 0)
  failsClearly(await extract(ios, place('out.peel'), ['--recipient', 'age1nonsense']), 2, /recipient/)
  assert.equal(digests(ios), before)
})

function digests(path: string): string {
  return execFileSync('bash', ['-c', 'find . -type f -print0 | sort -z | xargs -0 sha256sum; find . | sort'], {
    cwd: path,
    encoding: 'utf8',
  })
}

test('an authorisation that is a folder, a database or four megabytes of brackets is refused, not read to death', async () => {
  const { phone: ios } = await phone('ios-files')
  failsClearly(await extract(ios, place('o'), ['--authorisation', folder]), 2, /cannot be read/)
  const database = readFileSync(join(ios, 'private/var/mobile/Library/SMS/sms.db'))
  for (const bytes of [database, '['.repeat(4 << 20), '{"payload":'.repeat(100_000)])
    failsClearly(await extract(ios, place('o'), ['--authorisation', written('a.json', bytes)]), 4, /refused/)
})
