import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { canonical, type PeelRecord } from '../records/index.ts'
import { CHUNK, openPayload, PayloadSealer, sealedSize } from './age-payload.ts'
import { ContainerReader, readManifest } from './container-reader.ts'
import { ContainerWriter } from './container-writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-vault-'))
after(() => rmSync(folder, { recursive: true }))

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)
const SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]

async function* once(bytes: Uint8Array) {
  yield bytes
}

const opening = (bytes: Uint8Array) => async () => ({
  size: bytes.length,
  chunks: () => once(bytes),
  close: async () => {},
})

const record = (at: number) =>
  canonical({
    id: `r${at}`,
    kind: 'message',
    app: 'sms',
    time: new Date(1000 + at).toISOString(),
    direction: 'in',
    to: [],
    body: `The heron waits: ${at}`,
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance: { file: 'sms.db', wal: false, table: 'message', row: at },
  } satisfies PeelRecord)

async function container(name: string): Promise<{ dir: string; pictures: Buffer[] }> {
  const dir = join(folder, name)
  const writer = await ContainerWriter.create(dir, [recipient])
  const pictures = SIZES.map((size) => randomBytes(size))
  for (let at = 0; at < 300; at++) await writer.addRecord(record(at))
  for (const picture of pictures) await writer.addPayload(opening(picture))
  await writer.close()
  writer.finish('{}')
  return { dir, pictures }
}

test('a payload opens to what was sealed, in whatever pieces it was fed', async () => {
  for (const size of SIZES) {
    const plaintext = randomBytes(size)
    const key = randomBytes(16)
    for (const step of [1000, CHUNK, 3 * CHUNK]) {
      const sealer = new PayloadSealer(key)
      const pieces: Buffer[] = []
      for (let at = 0; at < size; at += step) pieces.push(...sealer.update(plaintext.subarray(at, at + step)))
      pieces.push(...sealer.finish())
      const sealed = Buffer.concat(pieces)
      assert.equal(sealed.length, sealedSize(size))
      const opened: Buffer[] = []
      for await (const piece of openPayload(key, once(sealed))) opened.push(piece)
      assert.deepEqual(Buffer.concat(opened), plaintext)
    }
  }
})

test('a payload that was cut off, lengthened or altered does not open', async () => {
  const key = randomBytes(16)
  const sealer = new PayloadSealer(key)
  const sealed = Buffer.concat([...sealer.update(randomBytes(2 * CHUNK)), ...sealer.finish()])
  const altered = Buffer.from(sealed)
  altered[100] = (altered[100] ?? 0) ^ 1
  for (const bad of [
    sealed.subarray(0, 16 + CHUNK + 16),
    sealed.subarray(0, 10),
    Buffer.concat([sealed, Buffer.alloc(1)]),
    altered,
  ]) {
    await assert.rejects(
      async () => {
        for await (const _ of openPayload(key, once(bad)));
      },
      { code: 'DAMAGED' },
    )
  }
})

test('a container opens for its recipient and for nobody else', async () => {
  const { dir, pictures } = await container('own')
  const reader = await ContainerReader.open(dir, [identity])
  assert.equal([...reader.records()].length, 300)
  assert.equal(reader.integrity(), 'ok')
  assert.deepEqual(
    [...reader.search([' heron ', ' 7 '])].map(({ id }) => id),
    ['r7'],
  )
  assert.deepEqual(
    [...reader.records({ fromMs: 1010, toMs: 1012 })].map(({ id }) => id),
    ['r10', 'r11'],
  )
  for (const stored of reader.payloads()) {
    const pieces: Buffer[] = []
    for await (const piece of reader.payload(Buffer.from(stored.sha256).toString('hex'))) pieces.push(piece)
    assert.ok(pictures.some((picture) => picture.equals(Buffer.concat(pieces))))
  }
  reader.close()
  await assert.rejects(async () => ContainerReader.open(dir, [await generateX25519Identity()]), { code: 'WRONG_KEY' })
})

test('an extraction that did not come to its end is recognised, and holds nothing in plaintext', async () => {
  const dir = join(folder, 'cut-off')
  const writer = await ContainerWriter.create(dir, [recipient])
  for (let at = 0; at < 5000; at++) await writer.addRecord(record(at))
  await writer.addPayload(opening(Buffer.from('heron '.repeat(50_000))))
  assert.equal(existsSync(dir), false)
  for (const name of readdirSync(`${dir}.unfinished`, { recursive: true, withFileTypes: true }))
    if (name.isFile()) assert.equal(readFileSync(join(name.parentPath, name.name)).includes('heron'), false)
  assert.throws(() => readManifest(`${dir}.unfinished`), { code: 'UNFINISHED' })
  await assert.rejects(() => ContainerWriter.create(dir, [recipient]), { code: 'EXISTS' })
  await writer.abandon()
  assert.equal(existsSync(`${dir}.unfinished`), false)
})

test('the same content twice is kept once', async () => {
  const dir = join(folder, 'twice')
  const writer = await ContainerWriter.create(dir, [recipient])
  const first = await writer.addPayload(opening(Buffer.from('same')))
  const second = await writer.addPayload(opening(Buffer.from('same')))
  assert.deepEqual(first, second)
  const { files } = await writer.close()
  assert.equal(files.filter(({ path }) => path.startsWith('payload/')).length, 1)
  writer.finish('{}')
})

test("Debian's sqlcipher and age open a container by the format document alone", async (t) => {
  const missing = ['age', 'sqlcipher'].filter((tool) => spawnSync(tool, ['--version']).error)
  if (missing.length > 0 && !process.env['PEEL_REQUIRE_TOOLS']) return t.skip(`not installed: ${missing.join(', ')}`)
  const { dir, pictures } = await container('foreign')
  const you = join(folder, 'you.txt')
  writeFileSync(you, `${identity}\n`)
  const key = run('age', ['-d', '-i', you, join(dir, 'key.age')]).toString()
  const container_key = join(folder, 'container.txt')
  writeFileSync(container_key, key)
  const hex = /sqlcipher raw key: ([0-9a-f]{64})/.exec(key)?.[1]
  const sql = (query: string) =>
    run(
      'sqlcipher',
      [join(dir, 'records.db')],
      `PRAGMA key="x'${hex}'"; PRAGMA cipher_page_size=4096; ${query}`,
    ).toString()
  assert.equal(sql('SELECT count(*) FROM record;').trim(), '300')
  assert.equal(sql('SELECT json FROM record WHERE seq=7;').trim(), record(7))
  for (const id of sql('SELECT id FROM payload;').trim().split('\n')) {
    const header = sql(`SELECT header FROM payload WHERE id='${id}';`)
    const whole = Buffer.concat([
      Buffer.from(`${header.trim()}\n`),
      readFileSync(join(dir, 'payload', id.slice(0, 2), id)),
    ])
    const plaintext = run('age', ['-d', '-i', container_key], whole)
    assert.ok(pictures.some((picture) => picture.equals(plaintext)))
  }
})

function run(command: string, args: string[], input: string | Buffer = ''): Buffer {
  const done = spawnSync(command, args, { input, maxBuffer: 1 << 28 })
  assert.equal(done.status, 0, done.stderr?.toString())
  return done.stdout
}

test('a container is asked in SQL, with tables beside it in memory, and cannot be altered by it', async () => {
  const { dir } = await container('asked')
  const reader = await ContainerReader.open(dir, [identity])
  const before = readFileSync(join(dir, 'records.db'))
  reader.ask('CREATE TEMP TABLE beside (seq INTEGER PRIMARY KEY)')
  reader.ask('INSERT INTO beside VALUES (?)', 7)
  assert.deepEqual(reader.ask('SELECT r.id FROM record r JOIN beside USING (seq)'), [{ id: 'r7' }])
  assert.deepEqual(reader.ask('SELECT count(*) AS n FROM record WHERE kind = @kind', { kind: 'message' }), [{ n: 300 }])
  for (const sql of ['DELETE FROM record', "UPDATE record SET json = '{}'", 'DROP TABLE record'])
    assert.throws(() => reader.ask(sql), { code: 'DAMAGED' })
  reader.close()
  assert.deepEqual(readFileSync(join(dir, 'records.db')), before)
})
