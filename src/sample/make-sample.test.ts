import assert from 'node:assert/strict'
import { createDecipheriv, hash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { makeSample, SAMPLE_KINDS, SampleError, type SampleKind } from './make-sample.ts'
import { NEVER } from './story/never-words.ts'

// Samples are made with few rounds here: what is tested does not depend on how long a password takes.
before(() => {
  process.env.PEEL_SAMPLE_ROUNDS = '100'
})

const folder = mkdtempSync(join(tmpdir(), 'peel-sample-'))
after(() => {
  delete process.env.PEEL_SAMPLE_ROUNDS
  rmSync(folder, { recursive: true, force: true })
})

let made = 0
async function make(kind: SampleKind, messages = 200, seed = '1') {
  const dir = join(folder, String(made++))
  const sample = await makeSample(kind, dir, { messages, seed })
  const truth = JSON.parse(readFileSync(sample.truth, 'utf8')) as {
    records: Record<string, unknown>[]
    never: string[]
  }
  return { dir, sample, truth }
}

function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(dir, path)).isFile())
    .sort()
}

function digests(dir: string): Record<string, string> {
  return Object.fromEntries(filesOf(dir).map((path) => [path, hash('sha256', readFileSync(join(dir, path)))]))
}

/** Opens a copy of a database, with its log or without, as SQLite would find it on the phone. */
function opened<T>(path: string, log: boolean, use: (db: Database.Database) => T): T {
  const copy = join(folder, `copy${made++}.db`)
  copyFileSync(path, copy)
  if (log && existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
  if (path.endsWith('AddressBook.sqlitedb')) mend(copy)
  const db = new Database(copy)
  try {
    return use(db)
  } finally {
    db.close()
  }
}

/** Takes out of the schema the tokenizer that only iOS has. */
function mend(path: string): void {
  const db = new Database(path)
  db.unsafeMode(true)
  db.pragma('writable_schema = on')
  db.prepare(
    "UPDATE sqlite_schema SET sql = replace(sql, substr(sql, instr(sql, 'tokenize='), instr(sql, 'First,') - instr(sql, 'tokenize=')), '') WHERE sql LIKE '%ab_cf_tokenizer%'",
  ).run()
  db.close()
}

describe('a sample phone', () => {
  for (const kind of SAMPLE_KINDS)
    test(`${kind}: holds exactly as many messages as asked for, and says so in its truth`, async () => {
      for (const messages of [100, 101, 350]) {
        const { sample, truth } = await make(kind, messages)
        const counts = Object.groupBy(truth.records, ({ kind: of }) => of as string)
        assert.equal(counts.message?.length, messages)
        for (const [of, count] of Object.entries(sample.records)) assert.equal(counts[of]?.length, count)
        assert.ok(existsSync(sample.phone))
      }
    })

  test('refuses numbers of messages that it cannot tell a story with', async () => {
    for (const messages of [0, 99, 100.5, 5_000_001, Number.NaN])
      await assert.rejects(make('ios-files', messages), RangeError)
  })

  for (const kind of SAMPLE_KINDS)
    test(`${kind}: is the same, byte for byte, for the same seed, in another time zone too`, async () => {
      const zone = process.env.TZ
      const one = await make(kind)
      process.env.TZ = 'Pacific/Chatham'
      const other = await make(kind)
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
      assert.deepEqual(digests(other.dir), digests(one.dir))
      const third = await make(kind, 200, '2')
      assert.notDeepEqual(digests(third.dir), digests(one.dir))
    })

  for (const kind of SAMPLE_KINDS)
    test(`${kind}: every telephone number in its truth is one that cannot ring`, async () => {
      const { truth } = await make(kind, 1500)
      const text = truth.records.map((record) =>
        JSON.stringify({ ...record, time_raw: undefined, attachments: undefined }),
      )
      const numbers = text.join('\n').match(/(?:\+44|0044|(?<![\w.-])0|(?<![\w.-])44)[ \d]{9,13}(?!\d)/g) ?? []
      assert.ok(numbers.length > 1000)
      const drama = /^(?:\+44|0044|44|0)(?:7700900\d{3}|2079460\d{3})$/
      assert.deepEqual(
        numbers.map((number) => number.replaceAll(' ', '')).filter((number) => !drama.test(number)),
        [],
      )
    })

  test('is not made where a phone lies already, and what lies there stays as it is', async () => {
    const { dir } = await make('ios-files')
    const lying = digests(dir)
    await assert.rejects(makeSample('ios-files', dir, { messages: 200, seed: '2' }), SampleError)
    assert.deepEqual(digests(dir), lying)
  })

  test('has words on it that stand in none of its records', async () => {
    for (const messages of [100, 900, 4000]) {
      const { sample, truth } = await make('ios-files', messages, `words ${messages}`)
      const bytes = filesOf(sample.phone).map((path) => readFileSync(join(sample.phone, path)))
      const records = JSON.stringify(truth.records)
      assert.deepEqual([...truth.never].sort(), Object.values(NEVER).sort())
      for (const word of truth.never) {
        assert.ok(
          bytes.some((content) => content.includes(word)),
          `${word} is on the phone of ${messages}`,
        )
        assert.ok(!records.includes(word), `${word} is in no record`)
      }
    }
  })

  test('carries the bytes of every attachment that its truth says it has', async () => {
    const { sample, truth } = await make('ios-files', 600)
    const there = new Set(Object.values(digests(sample.phone)))
    const attachments = truth.records.flatMap(({ attachments: all }) => all as { taken: boolean; sha256?: string }[])
    assert.ok(attachments.length > 25)
    for (const { taken, sha256 } of attachments) assert.equal(taken, sha256 !== undefined && there.has(sha256))
    assert.ok(attachments.some(({ taken }) => !taken))
  })
})

describe('the databases of a sample iPhone', () => {
  const DATABASES = /\.(?:db|sqlite|sqlitedb|storedata)$/

  test('are whole, with their log and without', async () => {
    const { sample } = await make('ios-files', 300)
    const databases = filesOf(sample.phone).filter((path) => DATABASES.test(path))
    assert.ok(databases.length >= 10)
    for (const path of databases)
      for (const log of [true, false])
        assert.deepEqual(
          opened(join(sample.phone, path), log, (db) => db.pragma('integrity_check')),
          [{ integrity_check: 'ok' }],
          path,
        )
  })

  test('say other things without their logs: some rows are not there yet, some are there still', async () => {
    const { sample } = await make('ios-files', 300)
    const path = join(sample.phone, 'private/var/mobile/Library/SMS/sms.db')
    const bodies = (log: boolean) =>
      opened(path, log, (db) => db.prepare('SELECT text FROM message').pluck().all()) as string[]
    const [withLog, without] = [bodies(true).join('\n'), bodies(false).join('\n')]
    assert.ok(withLog.includes('three weeks. Coffee?') && !without.includes('three weeks. Coffee?'))
    assert.ok(!withLog.includes(NEVER.deletedByLog) && without.includes(NEVER.deletedByLog))
  })

  test('write dates in seconds and in nanoseconds, and one not at all', async () => {
    const { sample } = await make('ios-files', 300)
    const path = join(sample.phone, 'private/var/mobile/Library/SMS/sms.db')
    const units = opened(path, true, (db) =>
      db.prepare('SELECT DISTINCT date IS NULL AS none, date > 1e12 AS nanoseconds FROM message ORDER BY 1, 2').all(),
    )
    assert.deepEqual(units, [
      { none: 0, nanoseconds: 0 },
      { none: 0, nanoseconds: 1 },
      { none: 1, nanoseconds: null },
    ])
  })

  test('join one attachment to two messages, and messages to a handle that is not there', async () => {
    const { sample } = await make('ios-files', 300)
    const path = join(sample.phone, 'private/var/mobile/Library/SMS/sms.db')
    opened(path, true, (db) => {
      const shared = db
        .prepare('SELECT count(*) FROM message_attachment_join GROUP BY attachment_id ORDER BY 1 DESC')
        .pluck()
      assert.ok((shared.get() as number) >= 2)
      const lost = db.prepare(
        'SELECT count(*) FROM message WHERE handle_id = 0 AND is_from_me = 0 AND cache_roomnames IS NULL',
      )
      assert.equal(lost.pluck().get(), 1)
    })
  })
})

describe('a sample backup', () => {
  test('names its blobs by SHA-1 over domain and path, and lists some that are not there', async () => {
    const { sample } = await make('ios-backup')
    const rows = opened(join(sample.phone, 'Manifest.db'), false, (db) =>
      db.prepare('SELECT fileID AS id, domain, relativePath AS path FROM Files WHERE flags = 1').all(),
    ) as { id: string; domain: string; path: string }[]
    for (const { id, domain, path } of rows) assert.equal(id, hash('sha1', `${domain}-${path}`))
    const missing = rows.filter(({ id }) => !existsSync(join(sample.phone, id.slice(0, 2), id)))
    assert.ok(missing.length >= 5 && missing.length < rows.length / 2)
    assert.ok(rows.some(({ id }) => id === '3d0d7e5fb2ce288813306e4d4636395e047a3d28'))
  })

  test('that is encrypted shows nothing of what is in it', async () => {
    const { sample, truth, dir } = await make('ios-backup-encrypted')
    assert.equal(readFileSync(join(dir, 'password.txt'), 'utf8'), 'peel-sample\n')
    for (const path of filesOf(sample.phone)) {
      const bytes = readFileSync(join(sample.phone, path))
      assert.ok(!bytes.includes('SQLite format 3'))
      for (const word of ['Riverside', ...truth.never]) assert.ok(!bytes.includes(word))
    }
    // Its list is a database once more under the right key, and noise under another.
    const list = readFileSync(join(sample.phone, 'Manifest.db'))
    const key = hash('sha256', '1/key Manifest.db', 'buffer')
    const plain = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false).update(list)
    assert.equal(plain.toString('latin1', 0, 15), 'SQLite format 3')
  })
})
