import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import { NEVER } from '../story/never-words.ts'
import { makeStory } from '../story/make-story.ts'
import { openTruth } from '../truth.ts'
import { writeAndroidFiles } from './android-files.ts'
import { writeAndroidBackup } from './backup/android-backup.ts'
import { makeDatabase } from './phone-database.ts'

const root = mkdtempSync(join(tmpdir(), 'peel-android-phone-'))
after(() => rmSync(root, { recursive: true, force: true }))

function phone(name: string, { messages = 300, seed = 's', oldWhatsapp = false } = {}) {
  const folder = join(root, name)
  mkdirSync(folder)
  const story = makeStory({ messages, seed, system: 'android', oldWhatsapp })
  const truth = openTruth(join(folder, 'truth.json'))
  writeAndroidFiles(story, join(folder, 'phone'), truth)
  const counts = truth.close(story.never)
  const text = readFileSync(join(folder, 'truth.json'), 'utf8')
  return { folder: join(folder, 'phone'), counts, text, story, records: JSON.parse(text).records as unknown[] }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

function digestsOf(folder: string): Record<string, string> {
  return Object.fromEntries(filesOf(folder).map((path) => [path, hash('sha256', readFileSync(join(folder, path)))]))
}

/** A database of the phone where SQLite may write beside it, with its log or without. */
function copy(folder: string, path: string, withLog = true): string {
  const place = join(mkdtempSync(join(root, 'copy-')), basename(path))
  cpSync(join(folder, path), place)
  if (withLog) cpSync(join(folder, `${path}-wal`), `${place}-wal`)
  return place
}

/** Opens a copy with what SQLite has in the place of what only Android has. */
function mended(place: string): Database.Database {
  const db = new Database(place)
  db.unsafeMode(true)
  db.pragma('writable_schema = on')
  for (const [from, to] of [
    [', tokenize=icu en_GB', ''],
    ['COLLATE PHONEBOOK', 'COLLATE BINARY'],
  ])
    db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?)').run(from, to)
  db.close()
  return new Database(place)
}

const MMSSMS = 'data/data/com.android.providers.telephony/databases/mmssms.db'
const MSGSTORE = 'data/data/com.whatsapp/databases/msgstore.db'
const CONTACTS = 'data/data/com.android.providers.contacts/databases/contacts2.db'
const CALLS = 'data/data/com.android.providers.contacts/databases/calllog.db'
const WA = 'data/data/com.whatsapp/databases/wa.db'

describe('an Android phone as a file system', () => {
  const first = phone('first')

  test('is the same, byte for byte, for the same seed in another time zone and locale', () => {
    const before = { TZ: process.env.TZ, LC_ALL: process.env.LC_ALL }
    try {
      Object.assign(process.env, { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' })
      const second = phone('second')
      assert.deepEqual(digestsOf(second.folder), digestsOf(first.folder))
      assert.equal(second.text, first.text)
    } finally {
      for (const [name, value] of Object.entries(before))
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
    }
  })

  test('is another for another seed', () => {
    const other = phone('other', { seed: 't' })
    assert.notEqual(digestsOf(other.folder)[MMSSMS], digestsOf(first.folder)[MMSSMS])
  })

  test('has exactly as many message records as were asked for', () => {
    for (const messages of [100, 257]) {
      const made = phone(`count-${messages}`, { messages })
      assert.equal(made.counts.message, messages)
      assert.equal(
        made.records.length,
        Object.values(made.counts).reduce((sum, count) => sum + count, 0),
      )
    }
  })

  for (const path of [MMSSMS, MSGSTORE, CONTACTS, CALLS, WA])
    test(`${basename(path)} is whole to SQLite, with its log and without`, () => {
      for (const withLog of [true, false]) {
        const db = mended(copy(first.folder, path, withLog))
        assert.deepEqual(db.pragma('integrity_check'), [{ integrity_check: 'ok' }])
        db.close()
      }
    })

  test('contacts2.db needs the collation that only Android has', () => {
    const db = new DatabaseSync(copy(first.folder, CONTACTS))
    const sorted = () => db.prepare('SELECT _id FROM raw_contacts ORDER BY sort_key').all()
    assert.throws(sorted, /no such collation sequence: PHONEBOOK/)
    db.close()
  })

  test('the word index of messages needs a tokenizer that SQLite may not have', () => {
    const db = new DatabaseSync(copy(first.folder, MMSSMS))
    assert.throws(() => db.prepare('SELECT count(*) FROM words').get(), /unknown tokenizer: icu/)
    db.close()
  })

  test('its logs decide what exists: rows stand only there, and rows are gone only there', () => {
    const rows = (withLog: boolean) => {
      const db = new Database(copy(first.folder, MMSSMS, withLog))
      const count = (body: string) => db.prepare('SELECT count(*) FROM sms WHERE body LIKE ?').pluck().get(`%${body}%`)
      const found = { added: count('three weeks. Coffee?'), deleted: count(NEVER.deletedByLog) }
      db.close()
      return found
    }
    assert.deepEqual(rows(true), { added: 1, deleted: 0 })
    assert.deepEqual(rows(false), { added: 0, deleted: 1 })
  })

  for (const oldWhatsapp of [false, true])
    test(`holds every word that may never come out${oldWhatsapp ? ', with an old WhatsApp too' : ''}, and no record has one`, () => {
      const made = oldWhatsapp ? phone('old', { oldWhatsapp }) : first
      const bytes = filesOf(made.folder).map((path) => readFileSync(join(made.folder, path)))
      for (const word of made.story.never) {
        assert.ok(
          bytes.some((content) => content.includes(word)),
          word,
        )
        assert.ok(!JSON.stringify(made.records).includes(word), word)
      }
      assert.equal(made.counts.message, 300)
    })

  test('an MMS is in seconds and an SMS in milliseconds', () => {
    const db = new Database(copy(first.folder, MMSSMS))
    const [mms] = db.prepare('SELECT max(date) FROM pdu').pluck().all() as number[]
    const [sms] = db.prepare('SELECT max(date) FROM sms').pluck().all() as number[]
    assert.ok(mms !== undefined && mms < 2e9 && sms !== undefined && sms > 1e12)
    assert.equal(db.prepare('SELECT count(*) FROM sms WHERE date IS NULL').pluck().get(), 1)
    assert.equal(db.prepare('SELECT count(*) FROM sms WHERE address IS NULL').pluck().get(), 1)
    assert.ok(
      (db.prepare("SELECT count(*) FROM addr WHERE address = 'insert-address-token'").pluck().get() as number) > 0,
    )
    db.close()
  })

  test('every telephone number, for any seed, is of the ranges that Ofcom keeps for drama', () => {
    const seeds = fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 8 }), fc.nat(1_000_000), (seed, name) => {
        const made = phone(`drama-${name}`, { messages: 120, seed })
        const text = filesOf(made.folder)
          .filter((path) => !/\.(jpg|heic|mp4)$/i.test(path))
          .map((path) => readFileSync(join(made.folder, path), 'latin1'))
          .join('\n')
        const numbers = [...(made.text + text).matchAll(/(?<!\d)(?:\+44|0044|44|0)([27]\d{9})(?!\d)/g)]
        assert.ok(numbers.length > 100)
        for (const [, national = ''] of numbers) assert.match(national, /^(?:7700900|2079460)\d{3}$/)
        rmSync(join(made.folder, '..'), { recursive: true })
      }),
      { numRuns: 2, seed: 20261121 },
    )
    assert.equal(seeds, undefined)
  })
})

describe('a database as Android leaves it', () => {
  test('keeps deleted bytes, and what came after settling only in the log', () => {
    const path = join(root, 'plain.db')
    const db = makeDatabase(path, 7, ['CREATE TABLE t (_id INTEGER PRIMARY KEY, words TEXT)'])
    const insert = db.into('t')
    for (const words of ['first', 'erased-completely', 'last']) insert({ words })
    db.run('DELETE FROM t WHERE _id = 2')
    db.settle({ triggers: ['CREATE TRIGGER never AFTER INSERT ON t BEGIN DELETE FROM t; END'] })
    insert({ words: 'in the log' })
    db.close()
    const file = readFileSync(path, 'latin1')
    assert.ok(file.includes('erased-completely'))
    assert.ok(!file.includes('in the log'))
    const whole = new DatabaseSync(path, { readOnly: true })
    assert.deepEqual(
      whole
        .prepare('SELECT words FROM t')
        .all()
        .map(({ words }) => words),
      ['first', 'last', 'in the log'],
    )
    assert.equal(whole.prepare('PRAGMA user_version').get()?.user_version, 7)
    assert.equal(whole.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'trigger'").get()?.n, 1)
    whole.close()
  })
})

describe('an Android backup', () => {
  const make = async (name: string, password?: string) => {
    const folder = join(root, name)
    mkdirSync(folder)
    const story = makeStory({ messages: 150, seed: 's', system: 'android' })
    const truth = openTruth(join(folder, 'truth.json'))
    await writeAndroidBackup(
      story,
      join(folder, 'phone.ab'),
      truth,
      password === undefined ? undefined : { password, rounds: 50 },
    )
    return { path: join(folder, 'phone.ab'), folder, counts: truth.close(story.never) }
  }

  test('is the same, byte for byte, for the same seed and password, and leaves nothing beside it', async () => {
    for (const password of [undefined, 'pässword 1']) {
      const name = password === undefined ? 'plain' : 'sealed'
      const one = await make(`${name}-1`, password)
      const two = await make(`${name}-2`, password)
      assert.equal(hash('sha256', readFileSync(one.path)), hash('sha256', readFileSync(two.path)))
      assert.deepEqual(filesOf(one.folder), ['phone.ab', 'truth.json'])
      assert.equal(one.counts.message, 150)
    }
  })
})
