import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createHash, hash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { generateX25519Identity } from 'age-encryption'
import Database from 'better-sqlite3-multiple-ciphers'
import { openSource } from '../../../acquisition/index.ts'
import {
  NAMED_RECORDERS,
  randomFrom,
  recordingName,
  SOUND_KINDS,
  soundFile,
  type SoundKind,
} from '../../../sample/index.ts'
import { recipientOfIdentity, SealedStore } from '../../../vault/index.ts'
import { NameParser } from '../names/parse-name.ts'
import { itemsOf, summaryOf } from './inventory.ts'
import { createInventory } from './inventory-store.ts'
import { takeInventory } from './take-inventory.ts'

const PEEL = join(import.meta.dirname, '../../../../bin/peel.mjs')
const identity = await generateX25519Identity()

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'peel-inventory-'))
  t.after(() => rmSync(made, { recursive: true, force: true }))
  return made
}

interface Made {
  readonly path: string
  readonly durationMs: number
  readonly bytes: Buffer
}

/** An archive of phones with recordings of every recorder and every kind of file. */
function archive(at: string, recordings: number): Made[] {
  const random = randomFrom('archive')
  const made: Made[] = []
  for (let n = 0; n < recordings; n++) {
    const call = {
      number: `+447700900${String(random.below(1000)).padStart(3, '0')}`,
      direction: random.pick(['in', 'out'] as const),
      startedAt: Date.UTC(2017, 0, 1) + random.below(3 * 365 * 86_400_000),
    }
    const { path } = recordingName(random.pick(NAMED_RECORDERS), call, random)
    const extension = path.slice(path.lastIndexOf('.') + 1)
    const kind = (SOUND_KINDS as readonly string[]).includes(extension) ? (extension as SoundKind) : 'm4a'
    const { bytes, durationMs } = soundFile(kind, 1_000 + random.below(20_000), random)
    made.push(write(at, `phone-${1 + random.below(5)}/${path}`, bytes, durationMs))
  }
  return made
}

function write(at: string, path: string, bytes: Buffer | string, durationMs = 0): Made {
  mkdirSync(dirname(join(at, path)), { recursive: true })
  writeFileSync(join(at, path), bytes)
  return { path, durationMs, bytes: Buffer.from(bytes) }
}

async function taken(t: TestContext, at: string, out = join(folder(t), 'inventory'), names = new NameParser()) {
  const source = await openSource(at)
  const store = SealedStore.isIn(out)
    ? await SealedStore.open(out, [identity])
    : await createInventory(out, [recipientOfIdentity(identity)])
  t.after(() => store.close())
  await takeInventory(source, store, names)
  await source.close()
  return { store, out, items: [...itemsOf(store)], summary: summaryOf(store) }
}

test('every recording is written down with its digest, length, device and what its name tells', async (t) => {
  const at = folder(t)
  const made = archive(at, 200)
  write(at, 'phone-1/Pictures/holiday.jpg', 'no sound')
  const { items, summary } = await taken(t, at)
  assert.equal(items.length, new Set(made.map(({ path }) => path)).size)
  const byPath = new Map(made.map((one) => [one.path, one]))
  for (const item of items) {
    const truth = byPath.get(item.path)
    assert.ok(truth)
    assert.equal(item.sha256, hash('sha256', truth.bytes))
    assert.equal(item.device, item.path.split('/')[0])
    assert.ok(Math.abs((item.audio?.durationMs ?? -1) - truth.durationMs) < 0.001)
    assert.ok(item.named)
  }
  assert.deepEqual(summary.kinds, { recording: items.length, other: 1 })
  assert.equal(summary.recordings.states.whole, items.length)
})

test('what lies beside a recording and what a recorder lists is joined to it', async (t) => {
  const at = folder(t)
  const sound = soundFile('amr', 3_000, randomFrom('beside')).bytes
  write(at, 'phone-1/bcr/20190304_182207.000+0000_in.amr', sound)
  write(
    at,
    'phone-1/bcr/20190304_182207.000+0000_in.json',
    JSON.stringify({
      timestamp_unix_ms: 1_551_723_727_000,
      timestamp: '2019-03-04T18:22:07+00:00',
      direction: 'in',
      sim_slot: 1,
      calls: [{ phone_number: '+447700900123', contact_name: null, caller_name: 'A caller' }],
      output: { format: {}, recording: { duration_secs_encoded: 3 } },
    }),
  )
  write(at, 'phone-2/cube/phone_20190304-182207_07700900124.amr', Buffer.concat([sound, Buffer.from([0x3c])]))
  write(
    at,
    'phone-2/cube/phone_20190304-182207_07700900124.json',
    JSON.stringify({ duration: '3000', callee: '07700900124', direction: 'Outgoing' }),
  )
  const database = new Database(join(at, 'recording.db'))
  database.exec(
    'CREATE TABLE recordings (id INTEGER, recordingDate INTEGER, phoneNumber TEXT, callDirection INTEGER, fileUri TEXT)',
  )
  const insert = database.prepare('INSERT INTO recordings VALUES (?, ?, ?, ?, ?)')
  insert.run(
    1,
    1_551_723_727_000,
    '07700900125',
    1,
    'content://x/tree/primary%3AACRPhone/07700900125-1-1551723727000.m4a',
  )
  insert.run(
    2,
    1_551_723_728_000,
    '07700900126',
    0,
    'content://x/tree/primary%3AACRPhone/07700900126-0-1551723728000.m4a',
  )
  database.close()
  write(at, 'phone-3/databases/recording.db', readFileSync(join(at, 'recording.db')))
  rmSync(join(at, 'recording.db'))
  write(at, 'phone-3/ACRPhone/07700900125-1-1551723727000.m4a', soundFile('m4a', 900, randomFrom('listed')).bytes)
  const { items, summary } = await taken(t, at)
  assert.deepEqual(
    items.map(({ device, said, listed }) => [device, said ?? listed]),
    [
      [
        'phone-1',
        {
          form: 'bcr',
          numbers: ['+447700900123'],
          contact: 'A caller',
          direction: 'in',
          startedAt: 1_551_723_727_000,
          durationMs: 3_000,
          sim: 1,
        },
      ],
      ['phone-2', { form: 'cube', numbers: ['07700900124'], direction: 'out', durationMs: 3_000 }],
      [
        'phone-3',
        {
          row: 1,
          fileName: '07700900125-1-1551723727000.m4a',
          number: '07700900125',
          direction: 'out',
          startedAt: 1_551_723_727_000,
        },
      ],
    ],
  )
  assert.deepEqual(summary.listed, { number: 2, missing: 1 })
})

test('a copy is told by its bytes, an empty or broken recording by its own, and none of them is lost', async (t) => {
  const at = folder(t)
  const sound = soundFile('3gp', 3_000, randomFrom('copy')).bytes
  write(at, 'phone-1/a.3gp', sound)
  write(at, 'cloud-1/a (1).3gp', sound)
  write(at, 'phone-1/b.3gp', sound.subarray(0, sound.indexOf('moov') - 4))
  write(at, 'phone-1/c.m4a', '')
  write(at, 'phone-1/d.amr', 'no frames at all')
  const { summary } = await taken(t, at)
  assert.equal(summary.recordings.number, 5)
  assert.equal(summary.recordings.duplicates, 1)
  assert.deepEqual(summary.recordings.states, { whole: 2, damaged: 1, empty: 1, not_recognised: 1 })
})

test('what was written down is not read again, and what came since is added', async (t) => {
  const at = folder(t)
  const out = join(folder(t), 'inventory')
  archive(at, 50)
  const first = await taken(t, at, out)
  first.store.close()
  write(at, 'phone-9/07700900123-1-1551723727000.m4a', soundFile('m4a', 900, randomFrom('new')).bytes)
  const second = await taken(t, at, out)
  assert.equal(second.summary.files, first.summary.files + 1)
  second.store.close()
  const third = await taken(t, at, out)
  assert.deepEqual(third.summary, second.summary)
})

test('a template that is learnt afterwards names what was written down before, and nothing is opened for it', async (t) => {
  const at = folder(t)
  const out = join(folder(t), 'inventory')
  write(at, 'phone-1/ACRCalls/07700900123-04032019 18.22 E.3gp', soundFile('3gp', 900, randomFrom('learnt')).bytes)
  const first = await taken(t, at, out)
  assert.equal(first.items[0]?.named?.started, undefined)
  first.store.close()
  const template = '{number}-{DD}{MM}{YYYY} {HH}.{mm} {direction}'
  const second = await taken(t, at, out, new NameParser([{ id: 'learnt', template, directions: { E: 'in' } }]))
  assert.deepEqual(second.items[0]?.named?.started?.at, [Date.UTC(2019, 2, 4, 18, 22)])
  assert.equal(second.summary.files, 1)
})

test('nothing of an archive stands in its inventory in plaintext, and the archive is as it was', async (t) => {
  const at = folder(t)
  archive(at, 50)
  write(at, 'phone-1/ACRCalls/07700900123-anything.3gp', soundFile('3gp', 900, randomFrom('plain')).bytes)
  const before = digestOf(at)
  const { out, store } = await taken(t, at)
  for (const path of globSync('**/*', { cwd: out })) {
    const bytes = readFileSync(join(out, path)).toString('latin1')
    for (const word of ['7700900', 'ACRCalls', 'phone-1', 'SQLite format'])
      assert.ok(!bytes.includes(word), `${word} stands in ${path}`)
  }
  store.close()
  assert.equal(digestOf(at), before)
})

function digestOf(at: string): string {
  const digest = createHash('sha256')
  for (const path of globSync('**/*', { cwd: at }).toSorted()) {
    const status = statSync(join(at, path))
    digest.update(`${path} ${status.size} ${status.mtimeMs}\n`)
    if (status.isFile()) digest.update(readFileSync(join(at, path)))
  }
  return digest.digest('hex')
}

test('the command goes on wherever it was killed, and comes to the same', async (t) => {
  const at = folder(t)
  const key = join(folder(t), 'identity.txt')
  writeFileSync(key, `${identity}\n`)
  archive(at, 600)
  const command = (out: string) => ['recordings', 'inventory', at, '--out', out, '--identity', key, '--json']
  const whole = spawnSync(PEEL, command(join(folder(t), 'whole')), { encoding: 'utf8' })
  assert.equal(whole.status, 0, whole.stderr)
  const { inventory: _, ...expected } = JSON.parse(whole.stdout) as Record<string, unknown>
  const random = randomFrom('kill')
  const out = join(folder(t), 'killed')
  for (let n = 0; n < 10; n++) {
    const run = spawn(PEEL, command(out), { stdio: 'ignore' })
    const gone = new Promise((resolve) => run.once('exit', resolve))
    await pause(250 + random.below(600))
    run.kill('SIGKILL')
    await gone
  }
  const last = spawnSync(PEEL, command(out), { encoding: 'utf8' })
  assert.equal(last.status, 0, last.stderr)
  const { inventory: __, ...found } = JSON.parse(last.stdout) as Record<string, unknown>
  assert.deepEqual(found, expected)
})

test('what was interrupted while the inventory was made is begun anew, and nothing else is ever written over', async (t) => {
  const at = folder(t)
  archive(at, 5)
  const out = join(folder(t), 'inventory')
  write(out, 'store.db', 'half a database')
  write(out, 'key.age.unfinished', 'half a key')
  assert.equal((await taken(t, at, out)).summary.files, 5)
  const other = join(folder(t), 'other')
  write(other, 'somebody.txt', 'their file')
  await assert.rejects(createInventory(other, [recipientOfIdentity(identity)]), { code: 'EXISTS' })
  assert.equal(readFileSync(join(other, 'somebody.txt'), 'utf8'), 'their file')
})

test('a wrong key, no archive and a folder of somebody else’s are said, and nothing is written', async (t) => {
  const at = folder(t)
  archive(at, 5)
  const [key, other] = [join(folder(t), 'a.txt'), join(folder(t), 'b.txt')]
  writeFileSync(key, identity)
  writeFileSync(other, await generateX25519Identity())
  const out = join(folder(t), 'inventory')
  const run = (...words: string[]) => spawnSync(PEEL, ['recordings', 'inventory', ...words], { encoding: 'utf8' })
  assert.equal(run(at, '--out', out, '--identity', key).status, 0)
  const wrong = run(at, '--out', out, '--identity', other)
  assert.notEqual(wrong.status, 0)
  assert.match(wrong.stderr, /^error: this identity does not open/)
  assert.equal(run(join(at, 'nowhere'), '--out', `${out}2`, '--identity', key).status, 3)
  assert.equal(existsSync(`${out}2`), false)
  assert.equal(run(at, '--out', at, '--identity', key).status, 2)
})
