import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { extract, phone, place } from './ground.ts'
import { type Ran, saysNothingMore } from './peel.ts'

// Databases made to harm whoever opens them, at the place of the database of messages.

const SMS = 'private/var/mobile/Library/SMS/sms.db'
const CALLS = 'private/var/mobile/Library/CallHistoryDB/CallHistory.storedata'
const made = await phone('ios-files')

/** A phone whose database of messages was changed by somebody. */
function tampered(change: (database: DatabaseSync) => void): string {
  const source = place('tampered')
  const path = join(source, SMS)
  mkdirSync(dirname(path), { recursive: true })
  for (const end of ['', '-wal'])
    if (existsSync(join(made.phone, SMS + end))) copyFileSync(join(made.phone, SMS + end), path + end)
  const database = new DatabaseSync(path, { defensive: false })
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA writable_schema = ON')
  change(database)
  database.close()
  return source
}

interface Result {
  readonly records: Record<string, { total: number; taken: number; left: Record<string, number> }>
  readonly problems: { code: string; file?: string; detail: string }[]
}

async function survives(source: string): Promise<Result> {
  const ran: Ran = await extract(source, place('out.peel'), ['--json'])
  assert.equal(ran.code, 0, ran.stderr)
  saysNothingMore(ran, made.secrets)
  assert.ok(ran.peak < 400 << 20, `${Math.round(ran.peak / 2 ** 20)} MiB of memory`)
  const result = JSON.parse(ran.stdout) as Result
  for (const { total, taken, left } of Object.values(result.records))
    assert.equal(
      total,
      Object.values(left).reduce((sum, number) => sum + number, taken),
    )
  return result
}

const ENDLESS = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)'

const hostile: readonly (readonly [says: string, sql: string])[] = [
  [
    'a view without an end in the place of the messages',
    `ALTER TABLE message RENAME TO m; CREATE VIEW message AS ${ENDLESS} SELECT x AS ROWID, 'g' AS guid, x AS date, '' AS text, 1 AS handle_id, 0 AS is_from_me FROM c`,
  ],
  [
    'a view without an end in the place of the people',
    `ALTER TABLE handle RENAME TO h; CREATE VIEW handle AS ${ENDLESS} SELECT x AS ROWID, 'a' AS id FROM c`,
  ],
  [
    'a thousand tables with names that are SQL',
    Array.from({ length: 1000 }, (_, n) => `CREATE TABLE "x${n}""; DROP TABLE message; --" (a)`).join(';'),
  ],
  [
    'a table with two thousand columns',
    `CREATE TABLE wide (${Array.from({ length: 2000 }, (_, n) => `c${n}`).join(', ')})`,
  ],
  ['triggers that would write', `CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM message; END`],
  ['an index on an expression', `CREATE INDEX i ON message (abs(ROWID))`],
  [
    'a statement of the schema that cannot be parsed',
    `UPDATE sqlite_schema SET sql = 'CREATE TABLE message (((((' WHERE name = 'message'`,
  ],
  ['a schema whose table points to no page', `UPDATE sqlite_schema SET rootpage = 99999999 WHERE name = 'message'`],
  [
    'two tables on one page',
    `UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'handle') WHERE name = 'message'`,
  ],
  ['a schema without a name', `UPDATE sqlite_schema SET name = NULL, tbl_name = NULL WHERE name = 'handle'`],
  ['a schema of numbers', `UPDATE sqlite_schema SET sql = 17 WHERE name = 'chat'`],
  [
    'a text of fifty million letters',
    `UPDATE message SET text = hex(zeroblob(25000000)) WHERE ROWID = (SELECT min(ROWID) FROM message)`,
  ],
  ['texts where numbers belong', `UPDATE message SET date = 'soon', handle_id = 'me', is_from_me = 'perhaps'`],
  [
    'blobs where texts belong',
    `UPDATE message SET text = x'fffe00ff', guid = CAST(ROWID AS BLOB); UPDATE handle SET id = CAST(x'00ff' || ROWID AS BLOB)`,
  ],
  [
    'times at the end of the world',
    `UPDATE message SET date = 9223372036854775807 WHERE ROWID % 2; UPDATE message SET date = -9223372036854775808 WHERE NOT ROWID % 2`,
  ],
  [
    'row numbers at the end of the world',
    `UPDATE message SET ROWID = 9223372036854775807 WHERE ROWID = (SELECT max(ROWID) FROM message)`,
  ],
  [
    'a property list in each text that nests without end',
    `UPDATE message SET attributedBody = zeroblob(100000), message_summary_info = zeroblob(100000)`,
  ],
  [
    'a hundred thousand people in one conversation',
    `WITH RECURSIVE c(x) AS (SELECT 100000 UNION ALL SELECT x + 1 FROM c WHERE x < 200000) INSERT INTO handle (ROWID, id, service) SELECT x, '+4477009' || x, 'SMS' FROM c; INSERT OR IGNORE INTO chat_handle_join (chat_id, handle_id) SELECT (SELECT min(ROWID) FROM chat), ROWID FROM handle`,
  ],
]

for (const [says, sql] of hostile)
  test(`${says} neither stops nor slows it, and the counts add up`, async () => {
    await survives(tampered((database) => database.exec(sql)))
  })

test('columns that are computed while they are read are not read: they can be made to cost any amount', async () => {
  const source = tampered((database) => {
    const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all('message') as { name: string }[]
    const written = columns.map(({ name }) => name).filter((name) => name !== 'text' && name !== 'ROWID')
    database.exec(`ALTER TABLE message RENAME TO m;
      CREATE TABLE message (ROWID INTEGER PRIMARY KEY, ${written.join(', ')}, text AS (hex(zeroblob(400000000))));
      INSERT INTO message (ROWID, ${written.join(', ')}) SELECT ROWID, ${written.join(', ')} FROM m`)
  })
  const result = await survives(source)
  assert.ok(result.problems.length > 0)
})

test('the log of another database is not read into this one, and is said', async () => {
  const source = place('foreign')
  mkdirSync(join(source, dirname(SMS)), { recursive: true })
  copyFileSync(join(made.phone, SMS), join(source, SMS))
  const foreign = [`${CALLS}-wal`, `${SMS}-wal`].find((path) => existsSync(join(made.phone, path)))
  assert.ok(foreign)
  // A log with another page size, as somebody might leave it there.
  const other = place('other.db')
  const database = new DatabaseSync(other)
  database.exec(`PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
    CREATE TABLE planted (a); INSERT INTO planted VALUES ('planted')`)
  copyFileSync(`${other}-wal`, join(source, `${SMS}-wal`))
  database.close()
  const result = await survives(source)
  assert.ok(
    result.problems.some(({ code }) => code === 'wal_damaged'),
    JSON.stringify(result.problems),
  )
})

test('a log of the same page size from another database is damage or nothing, never a crash', async () => {
  const source = place('foreign')
  mkdirSync(join(source, dirname(SMS)), { recursive: true })
  copyFileSync(join(made.phone, SMS), join(source, SMS))
  copyFileSync(join(made.phone, `${CALLS}-wal`), join(source, `${SMS}-wal`))
  await survives(source)
})

test('a database that is a text, an image, encrypted or empty is said to be none', async () => {
  const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(9000, 3)])
  for (const bytes of [Buffer.from('hello'), jpeg, Buffer.alloc(8192, 0xa5), Buffer.alloc(0)]) {
    const source = place('none')
    mkdirSync(join(source, dirname(SMS)), { recursive: true })
    writeFileSync(join(source, SMS), bytes)
    const result = await survives(source)
    assert.equal(result.records['message']?.taken, 0)
    assert.ok(
      result.problems.some(({ code }) => code === 'database_damaged' || code === 'schema_not_recognised'),
      `${bytes.length} bytes: ${JSON.stringify(result.problems)}`,
    )
  }
})

test('a header that says other sizes of page, other encodings and other versions', async () => {
  const sound = readFileSync(join(made.phone, SMS))
  for (const [at, bytes] of [
    [16, [0, 0]],
    [16, [0, 1]],
    [16, [2, 0]],
    [16, [0xff, 0xff]],
    [18, [9, 9]],
    [20, [255]],
    [44, [0, 0, 0, 99]],
    [52, [0xff, 0xff, 0xff, 0xff]],
    [56, [0, 0, 0, 2]],
    [56, [0, 0, 0, 77]],
    [100, [0x02]],
    [103, [0xff, 0xff]],
  ] as const) {
    const source = place('header')
    mkdirSync(join(source, dirname(SMS)), { recursive: true })
    const changed = Buffer.from(sound)
    changed.set(bytes, at)
    writeFileSync(join(source, SMS), changed)
    await survives(source)
  }
})
