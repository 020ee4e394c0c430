import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { AcquisitionError } from '../errors.ts'
import type { FileSource } from '../file-source.ts'
import { openFolder } from '../file-system/folder.ts'
import { openZip } from '../file-system/zip.ts'
import { memorySource } from './memory-source.fixture.ts'
import { openSqlite, openWithin } from './open-sqlite.ts'

const scratch = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(scratch, { recursive: true }))

const FILE = { path: 'x.db' }
const refused = (code: string) => (error: unknown) => error instanceof AcquisitionError && error.code === code

let made = 0
/** A folder with one database in it. */
function databaseFile(fill: (database: Database.Database) => void): string {
  const folder = join(scratch, `${made++}`)
  execFileSync('mkdir', [folder])
  const database = new Database(join(folder, 'x.db'))
  fill(database)
  database.close()
  return folder
}

const image = (fill: string | ((database: Database.Database) => void)) =>
  readFileSync(
    join(
      databaseFile((database) => (typeof fill === 'string' ? database.exec(fill) : fill(database))),
      'x.db',
    ),
  )
const opened = (bytes: Uint8Array, inMemory?: number) =>
  inMemory === undefined
    ? openSqlite(memorySource({ 'x.db': bytes }), FILE)
    : openWithin(inMemory, memorySource({ 'x.db': bytes }), FILE)

/** The three ways in which a database is opened: each must show the same. */
const WAYS: Record<string, (bytes: string) => Promise<[FileSource, number]>> = {
  'in memory': async (folder) => [await openFolder(folder), 1 << 30],
  'where it lies': async (folder) => [await openFolder(folder), 0],
  'as a sealed copy': async (folder) => [memorySource({ 'x.db': readFileSync(join(folder, 'x.db')) }), 0],
}

for (const [way, source] of Object.entries(WAYS)) {
  const within = async (folder: string) => {
    const [given, limit] = await source(folder)
    return openWithin(limit, given, FILE)
  }

  test(`${way}, values come back as they were written`, async () => {
    const folder = databaseFile((database) => {
      database.exec('PRAGMA user_version = 17; CREATE TABLE t (whole, large, part, text, bytes, none)')
      database
        .prepare('INSERT INTO t VALUES (?, ?, ?, ?, ?, NULL)')
        .run(-42n, 9_007_199_254_740_993n, 1.5, 'Grüße 👋', Buffer.from([0, 255]))
    })
    const reader = await within(folder)
    const row = {
      whole: -42,
      large: 9_007_199_254_740_993n,
      part: 1.5,
      text: 'Grüße 👋',
      bytes: Buffer.from([0, 255]),
      none: null,
    }
    const same = (found: unknown) => {
      const { bytes, ...rest } = found as typeof row
      assert.deepEqual(rest, { whole: -42, large: row.large, part: 1.5, text: row.text, none: null })
      assert.deepEqual(Buffer.from(bytes), row.bytes)
    }
    const [all] = reader.all('SELECT * FROM t WHERE whole = ? AND large = ?', -42, row.large)
    same(all)
    same([...reader.iterate('SELECT * FROM t')][0])
    same(reader.prepare('SELECT * FROM t WHERE bytes = ?').get(new Uint8Array([0, 255])))
    assert.deepEqual(reader.prepare('SELECT whole FROM t').all(), [{ whole: -42 }])
    assert.deepEqual(reader.all('SELECT typeof(?) AS a, typeof(?) AS b', 1, 1.5), [{ a: 'integer', b: 'real' }])
    assert.equal(reader.version, 17)
    assert.equal(reader.wal, false)
    assert.deepEqual([...reader.tables.get('t')!], ['whole', 'large', 'part', 'text', 'bytes', 'none'])
    const file = readFileSync(join(folder, 'x.db'))
    const sha256 = createHash('sha256').update(file).digest('hex')
    assert.deepEqual(await reader.opened(), [{ path: 'x.db', bytes: file.length, sha256 }])
    reader.close()
  })

  test(`${way}, nothing is left and nothing is changed`, async () => {
    const folder = databaseFile((database) => {
      database.pragma('journal_mode = WAL')
      database.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('x')")
    })
    const before = readFileSync(join(folder, 'x.db'))
    const reader = await within(folder)
    assert.deepEqual(reader.all('SELECT a FROM t'), [{ a: 'x' }])
    assert.throws(() => reader.all('INSERT INTO t VALUES (1)'))
    assert.throws(() => reader.all('DELETE FROM t RETURNING a'))
    reader.close()
    assert.deepEqual(readdirSync(folder), ['x.db'])
    assert.deepEqual(readFileSync(join(folder, 'x.db')), before)
  })

  test(`${way}, a function can be given to SQL`, async () => {
    const reader = await within(
      databaseFile((database) => database.exec('CREATE TABLE t (a); INSERT INTO t VALUES (20), (22)')),
    )
    reader.define('more', (value, by) => Number(value) + Number(by))
    assert.deepEqual(reader.all('SELECT more(a, 1) AS m, typeof(more(a, 1)) AS t FROM t WHERE more(a, ?) = 23', 1), [
      { m: 23, t: 'integer' },
    ])
    reader.close()
  })

  test(`${way}, collations and modules of the phone's own stop nothing`, async () => {
    const folder = databaseFile((database) => {
      database.exec(`
        CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE, other TEXT);
        CREATE INDEX by_name ON t (name COLLATE NOCASE);
        CREATE VIEW v AS SELECT * FROM t ORDER BY name COLLATE NOCASE;
        CREATE VIRTUAL TABLE search USING fts4(text);
        INSERT INTO t (name, other) VALUES ('b', 1), ('A', 2), ('c', 3), ('Z', 4);`)
      // As a phone that has these would have written it: other names in the schema, and the phone's order in the indexes.
      database.unsafeMode(true)
      database.pragma('writable_schema = ON')
      database.exec(`
        UPDATE sqlite_schema SET sql = replace(sql, 'NOCASE', 'PHONEBOOK') WHERE name IN ('t', 'v');
        UPDATE sqlite_schema SET sql = replace(sql, 'NOCASE', '"LOCALIZED"') WHERE name = 'by_name';
        UPDATE sqlite_schema SET sql = replace(sql, 'fts4', 'phone_fts') WHERE name = 'search';`)
    })
    const reader = await within(folder)
    assert.deepEqual(reader.problems, [])
    assert.deepEqual(
      reader.all('SELECT name FROM t ORDER BY name').map(({ name }) => name),
      ['A', 'Z', 'b', 'c'],
    )
    // Both indexes are in another order than BINARY: a look-up by them that went wrong would find nothing.
    for (const name of ['A', 'b', 'c', 'Z'])
      assert.equal(reader.all('SELECT * FROM t WHERE name = ?', name).length, 1, name)
    assert.deepEqual([...reader.tables.get('T')!], ['id', 'name', 'other'])
    assert.equal(reader.tables.get('search')?.size, 0)
    assert.equal(reader.tables.get('v')?.size, 0)
    reader.close()
  })
}

test('text that is not UTF-8 is read as far as it goes', async () => {
  const reader = await opened(image("CREATE TABLE t (a); INSERT INTO t VALUES (CAST(x'61ff62' AS TEXT)), ('whole')"))
  assert.deepEqual(reader.all('SELECT a FROM t'), [{ a: 'a\ufffdb' }, { a: 'whole' }])
  reader.close()
})

test('what is no database is damage, an empty file an empty database', async () => {
  await assert.rejects(
    opened(Buffer.from('not a database, but long enough to have a header of its own'.repeat(9))),
    refused('DAMAGED'),
  )
  await assert.rejects(opened(Buffer.from('short')), refused('DAMAGED'))
  await assert.rejects(opened(Buffer.alloc(8192, 7), 0), refused('DAMAGED'))
  const reader = await opened(Buffer.alloc(0))
  assert.equal(reader.tables.size, 0)
  reader.close()
})

const ROWS = `CREATE TABLE t (a); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
  INSERT INTO t SELECT printf('%0100d', i) FROM n`

test('a database that ends early is read as far as it goes, and reported', async () => {
  const whole = image(ROWS)
  for (const limit of [1 << 30, 0]) {
    const reader = await opened(whole.subarray(0, whole.length >> 1), limit)
    assert.deepEqual(
      reader.problems.map(({ code }) => code),
      ['database_damaged'],
    )
    let count = 0
    assert.throws(() => {
      for (const _ of reader.iterate('SELECT a FROM t')) count++
    }, refused('DAMAGED'))
    assert.ok(count > 500)
    assert.throws(() => reader.all('SELECT a FROM t'), refused('DAMAGED'))
    reader.close()
  }
})

test('a damaged page is damage where it is met, after what came before it', async () => {
  const bytes = image(ROWS)
  const middle = Math.floor(bytes.length / 8192) * 4096
  bytes.fill(0xff, middle, middle + 4096)
  const reader = await opened(bytes)
  let count = 0
  assert.throws(() => {
    for (const _ of reader.iterate('SELECT a FROM t')) count++
  }, refused('DAMAGED'))
  assert.ok(count > 0)
  reader.close()
})

test('a mistake in a question is a bug, and no damage', async () => {
  const reader = await opened(image('CREATE TABLE t (a)'))
  assert.throws(
    () => reader.all('SELECT b FROM t'),
    (error) => !(error instanceof AcquisitionError),
  )
  reader.close()
})

test('a schema that cannot be parsed leaves the other tables readable', async () => {
  const bytes = image((database) => {
    database.exec("CREATE TABLE good (a); CREATE TABLE odd (b); INSERT INTO good VALUES ('x')")
    database.unsafeMode(true)
    database.pragma('writable_schema = ON')
    database.exec("UPDATE sqlite_schema SET sql = 'CREATE TABLE odd (b, nonsense' WHERE name = 'odd'")
  })
  const reader = await opened(bytes)
  assert.deepEqual(
    reader.problems.map(({ code }) => code),
    ['database_damaged'],
  )
  assert.deepEqual(reader.all('SELECT a FROM good'), [{ a: 'x' }])
  assert.equal(reader.tables.get('odd')?.size, 0)
  reader.close()
})

test('a schema that does something when it is asked does nothing', async () => {
  const bytes = image((database) => {
    database.exec(`
      CREATE TABLE t (a);
      INSERT INTO t VALUES (1);
      CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT load_extension('harm'); END;
      CREATE VIEW harm AS SELECT load_extension('harm') AS a;
      CREATE VIEW v0 AS SELECT 1 AS a;`)
    for (let i = 1; i <= 60; i++)
      database.exec(`CREATE VIEW v${i} AS SELECT a FROM v${i - 1} UNION ALL SELECT a FROM v${i - 1}`)
  })
  const reader = await opened(bytes)
  assert.throws(() => reader.all('SELECT a FROM harm'), refused('DAMAGED'))
  assert.throws(() => reader.all("SELECT load_extension('harm')"))
  assert.deepEqual(reader.all('SELECT a FROM t'), [{ a: 1 }])
  reader.close()
})

test('a sealed copy has no name while it is open', async () => {
  const bytes = image(ROWS)
  const places = ['/dev/shm', tmpdir()].filter((place) => existsSync(place))
  const named = () => places.flatMap((place) => readdirSync(place).filter((name) => name.startsWith('.peel-')))
  const before = named()
  const reader = await opened(bytes, 0)
  assert.deepEqual(named(), before)
  assert.equal(reader.all('SELECT a FROM t').length, 2000)
  reader.close()
})

test('a log that is listed and not there is reported', async () => {
  const bytes = image('CREATE TABLE t (a)')
  const reader = await openSqlite(memorySource({ 'x.db': bytes }, ['x.db-wal']), FILE)
  assert.deepEqual(
    reader.problems.map(({ code, file }) => [code, file]),
    [['file_missing', 'x.db-wal']],
  )
  reader.close()
})

test('an empty log is opened and changes nothing', async () => {
  const reader = await openSqlite(
    memorySource({ 'x.db': image('CREATE TABLE t (a)'), 'x.db-wal': Buffer.alloc(0) }),
    FILE,
  )
  assert.equal(reader.wal, false)
  assert.deepEqual(
    (await reader.opened()).map(({ path, bytes }) => [path, bytes]),
    [
      ['x.db', 8192],
      ['x.db-wal', 0],
    ],
  )
  assert.deepEqual(reader.problems, [])
  reader.close()
})

const REAL = join(process.env.PEEL_TESTDATA ?? '../shared/testdata', 'ios-contacts-and-calls')
const PHONES = { josh_ios15_ffs: 9, mvs_ios_2023: 0 }
for (const [phone, contacts] of Object.entries(PHONES)) {
  test(`the address book of ${phone} has ${contacts} contacts with its log`, {
    skip: !existsSync(REAL) && 'no test data',
  }, async () => {
    const source = await openZip(join(REAL, `testdata.addressBook.addressBook.${phone}.zip`))
    const file = source.files.find(({ path }) => path.endsWith('/AddressBook.sqlitedb'))!
    for (const limit of [1 << 30, 0]) {
      const reader = await openWithin(limit, source, file)
      assert.equal(reader.wal, true)
      assert.deepEqual(reader.problems, [])
      assert.deepEqual(reader.all('SELECT count(*) AS n FROM ABPerson'), [{ n: contacts }])
      reader.close()
    }
    await source.close()
  })
}
