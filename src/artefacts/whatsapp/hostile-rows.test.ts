import assert from 'node:assert/strict'
import type { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Message } from '../../records/index.ts'
import type { DatabaseArtefact } from '../artefact.ts'
import { LEGACY_MSGSTORE, MSGSTORE } from '../whatsapp-android/msgstore.ts'
import { whatsappAndroid } from '../whatsapp-android/whatsapp-android.ts'
import { CHAT_STORAGE } from '../whatsapp-ios/chat-storage.ts'
import { whatsappIos } from '../whatsapp-ios/whatsapp-ios.ts'
import { concerning, onPhone, rowsOf } from './generated-phone.ts'

const SAM = '447700900123@s.whatsapp.net'
const GROUP = '120363000000000001@g.us'

/** What a column may hold where nobody keeps it from it: small numbers join rows, ids name people, the rest is noise. */
const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 20 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      SAM,
      GROUP,
      '205690463334636@lid',
      '447700900456',
      'status@broadcast',
      '"0"',
      'Media/a.jpg',
    ),
  },
  fc.constantFrom<number | bigint | null | string>(
    null,
    '',
    1.5,
    1e300,
    -1e300,
    9_007_199_254_740_993n,
    1_700_000_000_000,
  ),
  fc.string({ maxLength: 20 }),
  fc.uint8Array({ maxLength: 40 }),
)

function filled(database: DatabaseSync, schema: string): void {
  database.exec(schema)
  database.exec('BEGIN')
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
  for (const [nth, { name }] of tables.entries()) {
    const columns = database.prepare(`PRAGMA table_info("${name}")`).all()
    const insert = database.prepare(
      `INSERT OR IGNORE INTO "${name}" VALUES (${columns.map(({ pk }) => (pk === 1 ? 'NULL' : '?')).join(', ')})`,
    )
    const free = columns.filter(({ pk }) => pk !== 1).length
    const rows = fc.sample(fc.array(value, { minLength: free, maxLength: free }), { seed: nth + 1, numRuns: 100 })
    for (const row of rows) insert.run(...row)
  }
  database.exec('COMMIT')
}

for (const [artefact, path, schema] of [
  [whatsappIos, 'ChatStorage.sqlite', CHAT_STORAGE],
  [whatsappAndroid, 'msgstore.db', MSGSTORE],
  [whatsappAndroid, 'msgstore.db', LEGACY_MSGSTORE + MSGSTORE],
] as const satisfies readonly (readonly [DatabaseArtefact, string, string])[])
  test(`${artefact.id}: whatever columns hold, a row is a record, and SQL sees in it what was read (${schema.length})`, async () => {
    await onPhone(
      artefact,
      path,
      (database) => filled(database, schema),
      (described) => {
        assert.equal(described.notRecognised, undefined)
        for (const table of described.tables) {
          const rows = rowsOf(described, table)
          const [counted] = described.reader.all<{ n: number }>(
            `SELECT count(*) AS n FROM ${table.table} m WHERE ${table.where ?? '1'}`,
          )
          assert.equal(rows.length, counted?.n, table.table)
          assert.ok(rows.length > 5, table.table)
          for (const { found, sqlBody, sqlPlace, files } of rows) {
            assert.equal((found as Message).body, sqlBody === '' || sqlBody === null ? undefined : sqlBody)
            assert.deepEqual([found.place?.lat ?? null, found.place?.lon ?? null], sqlPlace)
            assert.equal(files.length, found.attachments.length)
            JSON.stringify(found)
          }
          let concerned = 0
          for (const address of [SAM, '205690463334636@lid', '07700 900456', GROUP]) {
            const { sql, read } = concerning(described, table, address)
            assert.deepEqual(sql, read, `${table.table} ${address}`)
            concerned += sql.length
          }
          assert.ok(concerned > 0, `${table.table} names somebody`)
        }
      },
    )
  })
