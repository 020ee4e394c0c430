import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { checkConsistency, checkInclusion } from '../check-proof.ts'
import { openCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import { EMPTY_ROOT, leafHash, merkleRoot } from '../merkle.ts'
import { cosignatureLine, parseNote } from '../note.ts'
import { parseProofFile } from '../proof-file.ts'
import { testSigner } from '../signer.fixture.ts'
import { COSIGNATURE, ED25519, verifierOf } from '../vkey.ts'
import type { Log, LogOptions, WitnessRequest } from './log.ts'
import { openLog } from './open-log.ts'

const signer = testSigner('log.example/force')
const key = verifierOf(signer.name, ED25519, signer.publicKey)
const witness = testSigner('witness.example/w1')
const witnessKey = verifierOf(witness.name, COSIGNATURE, witness.publicKey)
const cosign = async ({ checkpoint }: WitnessRequest) => [
  cosignatureLine(parseNote(checkpoint).text, witness, 1_790_000_000),
]

let ground: string
beforeEach(() => {
  ground = mkdtempSync(join(tmpdir(), 'peel-log-'))
})
afterEach(() => rmSync(ground, { recursive: true, force: true }))

const open = (more: Partial<LogOptions> = {}): Promise<Log> =>
  openLog({
    folder: join(ground, 'log'),
    state: join(ground, 'state'),
    signer,
    now: () => new Date(0),
    window: 5,
    ...more,
  })
const entry = (at: number) => Buffer.from(`entry ${at}`)
const file = (path: string) => join(ground, 'log', path)
const rootOf = (size: number) => merkleRoot(Array.from({ length: size }, (_, at) => leafHash(entry(at))))

async function fill(log: Log, from: number, to: number): Promise<void> {
  await Promise.all(Array.from({ length: to - from }, (_, at) => log.append(entry(from + at))))
  if (to > from) await log.published(to - 1)
}

test('a new log publishes that it is empty, and then every entry in its order', async () => {
  const log = await open()
  assert.deepEqual(openCheckpoint(log.checkpoint(), [key]).root, EMPTY_ROOT)
  assert.deepEqual(await Promise.all([0, 1, 2].map((at) => log.append(entry(at)))), [0, 1, 2])
  assert.equal(await log.appendMany([3, 4].map(entry)), 3)
  const checkpoint = openCheckpoint(await log.published(4), [key])
  assert.deepEqual([checkpoint.size, checkpoint.root], [5, rootOf(5)])
  assert.equal(readFileSync(file('checkpoint'), 'utf8'), log.checkpoint())
  assert.equal(readFileSync(file('archive/checkpoint.5'), 'utf8'), log.checkpoint())
  assert.deepEqual(await log.entry(3), entry(3))
  await log.close()
  await assert.rejects(log.append(entry(5)), { code: 'LOG_CLOSED' })
})

test('what was written is there when the log is opened again, at every size around a full tile', async () => {
  for (const [from, to] of [
    [0, 255],
    [255, 256],
    [256, 257],
    [257, 600],
    [600, 600],
  ] as const) {
    const log = await open()
    assert.equal(log.size, from)
    await fill(log, from, to)
    await log.close()
    assert.deepEqual(openCheckpoint(readFileSync(file('checkpoint')), [key]).root, rootOf(to))
  }
  const log = await open()
  let next = 300
  for await (const each of log.entriesFrom(300)) assert.deepEqual(each, { index: next, entry: entry(next++) })
  assert.equal(next, 600)
  await assert.rejects(log.entry(600), { code: 'OUT_OF_RANGE' })
  const proof = parseProofFile(await log.proof(77))
  assert.ok(checkInclusion(proof.hashes, openCheckpoint(proof.checkpoint, [key]), 77, leafHash(proof.extra as Buffer)))
  await log.close()
})

test('a log has one writer', async () => {
  const log = await open()
  await assert.rejects(open(), { code: 'LOG_LOCKED' })
  await fill(log, 0, 3)
  await log.close()
  await (await open()).close()
})

test('who lost the lock without knowing signs nothing more', async () => {
  const log = await open()
  renameSync(join(ground, 'state', 'lock'), join(ground, 'state', 'lock.away'))
  const other = await open()
  await fill(other, 0, 2)
  await log.append(Buffer.from('another'))
  await assert.rejects(log.published(0), { code: 'LOG_LOCKED' })
  assert.deepEqual(openCheckpoint(readFileSync(file('checkpoint')), [key]).root, rootOf(2))
  await log.close()
  await other.close()
})

test('entries that are too long are refused, and the log goes on', async () => {
  const log = await open()
  await assert.rejects(log.append(Buffer.alloc(1025)), { code: 'ENTRY_TOO_LARGE' })
  assert.equal(await log.append(Buffer.alloc(1024)), 0)
  await log.close()
})

test('a witness is asked with a proof that fits, and its cosignature is published and kept', async () => {
  const asked: WitnessRequest[] = []
  const log = await open({
    witnesses: async (request) => {
      asked.push(request)
      return cosign(request)
    },
  })
  for (let at = 0; at < 5; at++) await fill(log, at, at + 1)
  await log.close()
  const last = openCheckpoint(readFileSync(file('checkpoint')), [key], [witnessKey])
  assert.deepEqual([last.size, last.witnesses.length], [5, 1])
  assert.equal(readFileSync(file('archive/checkpoint.5'), 'utf8'), log.witnessed())
  for (const { oldSize, size, root, proof } of asked)
    assert.ok(checkConsistency(proof, { size: oldSize, root: rootOf(oldSize) }, { size, root }))
  const again = await open()
  assert.equal(openCheckpoint(again.checkpoint(), [key], [witnessKey]).witnesses.length, 1, 'cosignatures stay')
  await again.close()
})

test('without its witnesses the log goes on, and says so by having no cosignature', async () => {
  const log = await open({ witnesses: () => Promise.reject(new Error('nobody there')) })
  await fill(log, 0, 3)
  assert.equal(log.witnessed(), undefined)
  assert.equal(openCheckpoint(log.checkpoint(), [key], [witnessKey]).witnesses.length, 0)
  await log.close()
})

test('where a witness has seen a larger log, nothing is signed', async () => {
  await (await open()).close()
  const witnesses = () => Promise.reject(new TlogError('LOG_ROLLED_BACK', 'a witness has seen more', 'restore'))
  await assert.rejects(open({ witnesses }), { code: 'LOG_ROLLED_BACK' })
})

test('an older copy of the state is not gone on with', async () => {
  await fillAndClose(0, 3)
  cpSync(join(ground, 'state'), join(ground, 'copy'), { recursive: true })
  await fillAndClose(3, 6)
  rmSync(join(ground, 'state'), { recursive: true })
  renameSync(join(ground, 'copy'), join(ground, 'state'))
  await assert.rejects(open(), { code: 'LOG_ROLLED_BACK' })
  rmSync(join(ground, 'state'), { recursive: true })
  await assert.rejects(open(), { code: 'LOG_DAMAGED' })
})

test('an older copy of what is served is not gone on with', async () => {
  await fillAndClose(0, 3)
  cpSync(file(''), join(ground, 'copy'), { recursive: true })
  await fillAndClose(3, 6)
  rmSync(file(''), { recursive: true })
  renameSync(join(ground, 'copy'), file(''))
  await assert.rejects(open(), { code: 'TILE_MALFORMED' })
})

test('altered entries and tiles, and another key, are not gone on with', async () => {
  await fillAndClose(0, 3)
  for (const path of ['tile/0/000.p/3', 'tile/entries/000.p/3']) {
    const bytes = readFileSync(file(path))
    writeFileSync(
      file(path),
      bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)),
    )
    await assert.rejects(open(), { code: 'LOG_DAMAGED' })
    writeFileSync(file(path), bytes)
  }
  await assert.rejects(open({ signer: testSigner('log.example/other') }), { code: 'NOTE_UNKNOWN' })
  await (await open()).close()
})

test('what was accepted and not published is published by whoever opens the log next', async () => {
  const log = await open()
  await fill(log, 0, 3)
  cpSync(join(ground, 'log'), join(ground, 'log.then'), { recursive: true })
  cpSync(join(ground, 'state', 'signed'), join(ground, 'signed.then'))
  await fill(log, 3, 300)
  await log.close()
  rmSync(join(ground, 'log'), { recursive: true })
  renameSync(join(ground, 'log.then'), join(ground, 'log'))
  renameSync(join(ground, 'signed.then'), join(ground, 'state', 'signed'))
  const again = await open()
  assert.deepEqual(openCheckpoint(again.checkpoint(), [key]).root, rootOf(300))
  await again.close()
})

test('a batch that was torn while it was written is left out, and one torn before others stops the log', async () => {
  const log = await open()
  for (let at = 0; at < 3; at++) await fill(log, at, at + 1)
  await log.close()
  const wal = join(
    ground,
    'state',
    readdirSync(join(ground, 'state')).find((name) => name.startsWith('wal-')) as string,
  )
  const bytes = readFileSync(wal)
  rmSync(join(ground, 'log'), { recursive: true })
  const fresh = join(ground, 'fresh')
  const empty = await open({ folder: join(fresh, 'log'), state: join(fresh, 'state') })
  await empty.close()
  const put = (content: Buffer) => writeFileSync(join(fresh, 'state', 'wal-0000000000000000'), content)
  put(Buffer.from(bytes.map((byte, at) => (at === 30 ? byte ^ 1 : byte))))
  await assert.rejects(open({ folder: join(fresh, 'log'), state: join(fresh, 'state') }), { code: 'LOG_DAMAGED' })
  put(bytes)
  truncateSync(join(fresh, 'state', 'wal-0000000000000000'), bytes.length - 1)
  const two = await open({ folder: join(fresh, 'log'), state: join(fresh, 'state') })
  assert.equal(two.size, 2)
  await two.close()
})

test('partial tiles go once the full one has been there for the time of grace', async () => {
  let now = 0
  const log = await open({ now: () => new Date(now), grace: 1000 })
  await fill(log, 0, 10)
  await fill(log, 10, 300)
  assert.ok(existsSync(file('tile/0/000.p/10')))
  now = 1000
  await fill(log, 300, 301)
  await log.close()
  assert.ok(!existsSync(file('tile/0/000.p')) && !existsSync(file('tile/entries/000.p')))
  assert.ok(existsSync(file('tile/0/000')) && existsSync(file('tile/0/001.p/45')))
  await (await open()).close()
})

test('many who append at once share the waiting', async () => {
  const log = await open({ window: 100 })
  const indices = await Promise.all(Array.from({ length: 3000 }, (_, at) => log.append(entry(at))))
  assert.deepEqual(
    indices,
    Array.from({ length: 3000 }, (_, at) => at),
  )
  assert.deepEqual(await log.entry(2999), entry(2999), 'an entry can be read before it is published')
  await pause(0)
  await log.published(2999)
  assert.ok(readdirSync(file('archive')).length < 20)
  await log.close()
})

async function fillAndClose(from: number, to: number): Promise<void> {
  const log = await open()
  await fill(log, from, to)
  await log.close()
}
