import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { signManifest } from '../../src/extraction/index.ts'
import { generateKey, openEnvelope } from '../../src/signature/index.ts'
import { ContainerReader, VaultError } from '../../src/vault/index.ts'
import { verifyExtract } from '../../src/verify/index.ts'
import { installation, trust } from '../extract-with.ts'
import { extract, identity, identityFile, phone, place, recipient, strangerFile, trustFile, written } from './ground.ts'
import { failsClearly, peel } from './peel.ts'

const made = await phone('ios-files')
const whole = place('whole.peel')
const ready = await extract(made.phone, whole)
assert.equal(ready.code, 0, ready.stderr)

function copy(): string {
  const dir = place('copy.peel')
  cpSync(whole, dir, { recursive: true })
  return dir
}

function alter(path: string, part: number): void {
  const bytes = readFileSync(path)
  const at = Math.min(bytes.length - 1, Math.floor(bytes.length * part))
  bytes[at] = (bytes[at] ?? 0) ^ 0x04
  writeFileSync(path, bytes)
}

/** Holds `verify` to naming what is wrong, and whatever reads the container to a clear error. */
async function noticed(dir: string, check: RegExp): Promise<void> {
  const verified = await peel(['verify', dir, '--trust', trustFile, '--identity', identityFile])
  failsClearly(verified, 1, /a check failed/, made.secrets)
  assert.match(verified.stdout, check)
  await readsOrRefuses(dir)
}

test('a sound container passes every check', async () => {
  const ran = await peel(['verify', whole, '--trust', trustFile, '--identity', identityFile])
  assert.equal(ran.code, 0, ran.stdout)
  assert.ok(!ran.stdout.includes('FAILED') && !ran.stdout.includes('not checked'), ran.stdout)
})

test('a byte altered in the manifest', async () => {
  for (const part of [0.001, 0.5, 0.9, 0.999]) {
    const dir = copy()
    alter(join(dir, 'manifest.dsse.json'), part)
    await noticed(dir, /FAILED\s+(manifest|signature)/)
  }
})

test('a byte altered in the database: its header, a page in the middle, its last page', async () => {
  for (const part of [0, 0.3, 0.6, 0.999]) {
    const dir = copy()
    alter(join(dir, 'records.db'), part)
    await noticed(dir, /FAILED\s+contents\s+records\.db was altered/)
  }
})

test('a byte altered in a payload, or in key.age', async () => {
  const [payload = ''] = globSync('payload/*/*', { cwd: whole })
  assert.notEqual(payload, '')
  for (const name of [payload, 'key.age']) {
    const dir = copy()
    alter(join(dir, name), 0.7)
    await noticed(dir, new RegExp(`FAILED\\s+contents\\s+${name} was altered`))
  }
})

test('a file removed', async () => {
  const [payload = ''] = globSync('payload/*/*', { cwd: whole })
  for (const name of [payload, 'key.age', 'records.db']) {
    const dir = copy()
    rmSync(join(dir, name))
    await noticed(dir, new RegExp(`FAILED\\s+contents\\s+${name} is not there`))
  }
  const dir = copy()
  rmSync(join(dir, 'manifest.dsse.json'))
  await noticed(dir, /FAILED\s+finished/)
})

test('a file added, in any folder, hidden, empty or a link', async () => {
  for (const name of ['notes.txt', 'payload/00.txt', '.hidden']) {
    const dir = copy()
    writeFileSync(join(dir, name), '')
    await noticed(dir, /FAILED\s+nothing added/)
  }
  const dir = copy()
  symlinkSync('/', join(dir, 'payload', 'link'))
  await noticed(dir, /FAILED\s+nothing added/)
})

test('a file cut short, emptied or made longer', async () => {
  for (const keep of [0.9, 0.5, 0]) {
    const dir = copy()
    const path = join(dir, 'records.db')
    truncateSync(path, Math.floor(statSync(path).size * keep))
    await noticed(dir, /FAILED\s+contents\s+records\.db has another size/)
  }
  const dir = copy()
  appendFileSync(join(dir, 'key.age'), '\n')
  await noticed(dir, /FAILED\s+contents\s+key\.age has another size/)
})

test('a pipe, a folder or a link in the place of a file is not opened', async () => {
  for (const name of ['key.age', 'records.db', 'manifest.dsse.json'])
    for (const put of ['pipe', 'folder', 'link']) {
      const dir = copy()
      const path = join(dir, name)
      renameSync(path, place('aside'))
      if (put === 'pipe') execFileSync('mkfifo', [path])
      else if (put === 'folder') mkdirSync(path)
      else symlinkSync(join(whole, name), path)
      await noticed(dir, /FAILED\s+(contents|finished)/)
    }
})

test('the key, the database or the manifest of another container', async () => {
  const other = place('other.peel')
  assert.equal((await extract((await phone('android-files')).phone, other)).code, 0)
  for (const name of ['key.age', 'records.db']) {
    const dir = copy()
    copyFileSync(join(other, name), join(dir, name))
    await noticed(dir, new RegExp(`FAILED\\s+contents\\s+${name} `))
  }
  const dir = copy()
  copyFileSync(join(other, 'manifest.dsse.json'), join(dir, 'manifest.dsse.json'))
  await noticed(dir, /FAILED\s+contents/)
})

test('list, search and report of what is damaged say so, or read what is sound', async () => {
  const [payload = ''] = globSync('payload/*/*', { cwd: whole })
  const damages: ((dir: string) => void)[] = [
    (dir) => alter(join(dir, 'manifest.dsse.json'), 0.5),
    (dir) => alter(join(dir, 'records.db'), 0),
    (dir) => alter(join(dir, 'records.db'), 0.4),
    (dir) => alter(join(dir, 'key.age'), 0.5),
    (dir) => truncateSync(join(dir, 'records.db'), 20_000),
    (dir) => rmSync(join(dir, 'key.age')),
    (dir) => rmSync(join(dir, payload)),
  ]
  for (const damage of damages) {
    const dir = copy()
    damage(dir)
    const html = place('report.html')
    const [report, ...readers] = await Promise.all([
      peel(['report', dir, '--out', html, '--identity', identityFile]),
      peel(['list', dir, '--identity', identityFile]),
      peel(['search', dir, 'hello', '--identity', identityFile]),
    ])
    assert.equal(report.code, 1)
    // A report that could be made says in itself what is wrong.
    if (!existsSync(html)) failsClearly(report, 1, /./, made.secrets)
    for (const ran of readers) if (ran.code !== 0) failsClearly(ran, 1, /./, made.secrets)
  }
})

test('the identity of somebody else opens nothing, and is told apart from damage', async () => {
  for (const args of [
    ['list', whole],
    ['search', whole, 'hello'],
    ['report', whole, '--out', place('r.html')],
  ])
    failsClearly(await peel([...args, '--identity', strangerFile]), 1, /does not open the container/, made.secrets)
  const verified = await peel(['verify', whole, '--trust', trustFile, '--identity', strangerFile])
  failsClearly(verified, 1, /a check failed/)
  assert.match(verified.stdout, /FAILED\s+opens/)
  assert.match(verified.stdout, /passed\s+contents/)
})

test('an identity file that is none, is empty, or is not there', async () => {
  const list = (file: string) => peel(['list', whole, '--identity', file])
  failsClearly(await list(place('none')), 2, /is not there/)
  failsClearly(await list(written('id', '')), 2, /no identity/)
  failsClearly(await list(written('id', 'AGE-SECRET-KEY-1NONSENSE\n')), 2, /not an age identity/)
})

test('what is no container at all', async () => {
  const empty = place('empty')
  mkdirSync(empty)
  for (const dir of [empty, made.phone]) {
    failsClearly(await peel(['list', dir, '--identity', identityFile]), 1, /not a sealed extract/)
    failsClearly(await peel(['verify', dir, '--trust', trustFile]), 1, /a check failed/)
  }
  failsClearly(await peel(['list', place('nowhere'), '--identity', identityFile]), 2, /not there/)
  failsClearly(await peel(['verify', place('nowhere')]), 2, /is not there/)
  failsClearly(await peel(['verify', written('x', 'nonsense'), '--trust', trustFile]), 1, /a check failed/)
  failsClearly(await peel(['verify', written('x', Buffer.alloc(1000, 7)), '--trust', trustFile]), 1, /a check failed/)
})

test('whoever signs a manifest of their own can make verify fail, and nothing else', async () => {
  const { payload } = openEnvelope(readFileSync(join(whole, 'manifest.dsse.json'), 'utf8'))
  const { predicate } = JSON.parse(Buffer.from(payload).toString()) as { predicate: Record<string, unknown> }
  const mallory = generateKey()
  const lies: Record<string, unknown>[] = [
    { contents: [] },
    { contents: [{ path: '../../../../etc/passwd', bytes: 1, sha256: '0'.repeat(64) }] },
    { contents: [{ path: 'payload', bytes: 4096, sha256: '0'.repeat(64) }] },
    { contents: 'none' },
    { records: null },
    { records: { message: { total: -1, taken: 1e300, left: { time: 'x' } } } },
    { files: {} },
    { merkle: { size: 2 ** 60, root: 'x' } },
    { clauses: { C1: 1e9 } },
    { started: 'never' },
    { problems: [null] },
    { source: { kind: 'folder', device: null } },
    { authorisation: { reference: {}, version: 1, digest: '0'.repeat(64) } },
  ]
  for (const lie of lies) {
    const dir = copy()
    writeFileSync(join(dir, 'manifest.dsse.json'), signManifest({ ...predicate, ...lie } as never, mallory))
    const checks = await verifyExtract(dir, { trust, identities: [identity] })
    assert.ok(
      checks.some(({ result }) => result === 'failed'),
      JSON.stringify(lie),
    )
    assert.ok(!checks.some(({ name, result }) => name === 'signer' && result === 'passed'))
  }
  // Nothing altered, but by another hand: it holds, and nobody vouches for it.
  const dir = copy()
  writeFileSync(join(dir, 'manifest.dsse.json'), signManifest(predicate as never, mallory))
  const checks = await verifyExtract(dir, { trust, identities: [identity] })
  assert.equal(checks.find(({ name }) => name === 'signer')?.result, 'not_checked')
  writeFileSync(join(dir, 'manifest.dsse.json'), signManifest(predicate as never, installation))
})

const files = [
  'manifest.dsse.json',
  'key.age',
  'records.db',
  ...globSync('payload/*/*', { cwd: whole }).sort((a, b) => (a < b ? -1 : 1)),
]

test('any bit flipped anywhere in a container is noticed, and whoever reads it meets a clear error or none', async () => {
  const dir = copy()
  const flips = fc.record({
    file: fc.oneof(fc.constantFrom(...files.slice(0, 3)), fc.constantFrom(...files)),
    part: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    bit: fc.nat(7),
  })
  await fc.assert(
    fc.asyncProperty(flips, async ({ file, part, bit }) => {
      const path = join(dir, file)
      const sound = readFileSync(path)
      const flipped = Buffer.from(sound)
      const at = Math.floor(flipped.length * part)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
      writeFileSync(path, flipped)
      const checks = await verifyExtract(dir, { trust, identities: [identity] })
      assert.ok(checks.some(({ result }) => result === 'failed'))
      await readsOrRefuses(dir)
      writeFileSync(path, sound)
    }),
    {
      numRuns: Number(process.env['PEEL_FLIPS'] ?? (process.env['CI'] ? 200 : 40)),
      seed: Number(process.env['PEEL_SEED'] ?? 5),
      endOnFailure: true,
    },
  )
})

async function readsOrRefuses(dir: string): Promise<void> {
  let reader: ContainerReader | undefined
  try {
    reader = await ContainerReader.open(dir, [identity])
    for (const { json } of reader.records()) assert.ok(json.length > 0)
    for (const { json } of reader.search(['hello'])) assert.ok(json.length > 0)
    reader.problems()
    for (const { sha256 } of reader.payloads())
      for await (const piece of reader.payload(Buffer.from(sha256).toString('hex'))) assert.ok(piece.length >= 0)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
  } finally {
    reader?.close()
  }
}

test('an output that is there is never written over: a file, a folder, a link that leads nowhere, an extract', async () => {
  const folder = place('folder')
  mkdirSync(folder)
  const link = place('link')
  symlinkSync('nowhere', link)
  const file = written('file', 'precious')
  for (const out of [folder, link, file, whole])
    failsClearly(await extract(made.phone, out), 2, /already there/, made.secrets)
  assert.equal(readFileSync(file, 'utf8'), 'precious')
})

test('an output where nothing can be written is said to be so, and nothing of the phone is taken', async () => {
  failsClearly(await extract(made.phone, join(place('none'), 'out.peel')), 2, /cannot be made here/, made.secrets)
  failsClearly(await extract(made.phone, join(written('f', ''), 'out.peel')), 2, /cannot be made here/, made.secrets)
  failsClearly(await extract(made.phone, '/proc/out.peel'), 2, /cannot be made here/, made.secrets)
  failsClearly(
    await extract(made.phone, place('x'.repeat(300))),
    2,
    /name is too long|cannot be made here/,
    made.secrets,
  )
  failsClearly(await extract(made.phone, place('o.unfinished')), 2, /ends in \.unfinished/, made.secrets)
})

test('recipients that are none are refused, and nothing is left', async () => {
  for (const given of ['age1nonsense', 'ssh-ed25519 AAAA', written('r', '# nobody\n'), recipient.slice(0, -1)]) {
    const out = place('out.peel')
    failsClearly(await extract(made.phone, out, ['--recipient', given]), 2, /recipient|is not there/, made.secrets)
    assert.ok(!existsSync(out) && !existsSync(`${out}.unfinished`))
  }
})
