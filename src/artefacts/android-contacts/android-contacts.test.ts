import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { Contact } from '../../records/index.ts'
import { NO_REAL_DATA, type Reading, realFile, TestPhone } from '../test-phone.fixture.ts'
import { androidContacts } from './android-contacts.ts'

const DATABASE = 'data/data/com.android.providers.contacts/databases/contacts2.db'
const ANN = '+447700900101'

/** As Android 15 makes it (ContactsDatabaseHelper, version 1701), without the collation that only Android has. */
const CONTACTS = `
CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT,account_id INTEGER,sourceid TEXT,backup_id TEXT,
  raw_contact_is_read_only INTEGER NOT NULL DEFAULT 0,version INTEGER NOT NULL DEFAULT 1,dirty INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,metadata_dirty INTEGER NOT NULL DEFAULT 0,contact_id INTEGER,
  aggregation_mode INTEGER NOT NULL DEFAULT 0,aggregation_needed INTEGER NOT NULL DEFAULT 1,custom_ringtone TEXT,
  send_to_voicemail INTEGER NOT NULL DEFAULT 0,starred INTEGER NOT NULL DEFAULT 0,pinned INTEGER NOT NULL DEFAULT 0,
  display_name TEXT,display_name_alt TEXT,display_name_source INTEGER NOT NULL DEFAULT 0,phonetic_name TEXT,
  phonetic_name_style TEXT,sort_key TEXT,phonebook_label TEXT,phonebook_bucket INTEGER,sort_key_alt TEXT,
  phonebook_label_alt TEXT,phonebook_bucket_alt INTEGER,name_verified INTEGER NOT NULL DEFAULT 0);
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY AUTOINCREMENT,mimetype TEXT NOT NULL);
CREATE TABLE data (_id INTEGER PRIMARY KEY AUTOINCREMENT,package_id INTEGER,mimetype_id INTEGER NOT NULL,
  raw_contact_id INTEGER NOT NULL,hash_id TEXT,is_read_only INTEGER NOT NULL DEFAULT 0,is_primary INTEGER NOT NULL DEFAULT 0,
  is_super_primary INTEGER NOT NULL DEFAULT 0,data_version INTEGER NOT NULL DEFAULT 0,data1 TEXT,data2 TEXT,data3 TEXT,
  data4 TEXT,data5 TEXT,data6 TEXT,data7 TEXT,data8 TEXT,data9 TEXT,data10 TEXT,data11 TEXT,data12 TEXT,data13 TEXT,
  data14 TEXT,data15 TEXT);
CREATE INDEX data_raw_contact_id ON data (raw_contact_id);
CREATE INDEX raw_contact_sort_key1_index ON raw_contacts (sort_key);
CREATE INDEX raw_contact_sort_key2_index ON raw_contacts (sort_key_alt);
INSERT INTO mimetypes (_id, mimetype) VALUES (1, 'vnd.android.cursor.item/name'), (2, 'vnd.android.cursor.item/phone_v2'),
  (3, 'vnd.android.cursor.item/email_v2'), (4, 'vnd.android.cursor.item/organization'), (5, 'vnd.android.cursor.item/im'),
  (6, 'vnd.android.cursor.item/nickname'), (7, 'vnd.android.cursor.item/note'), (8, 'vnd.android.cursor.item/photo'),
  (9, 'vnd.android.cursor.item/vnd.com.whatsapp.profile');
PRAGMA user_version = 1701;`

/** Android's own collation on columns and in indexes, which no other SQLite has: made by writing the schema's text. */
const ANDROID_COLLATION = `PRAGMA writable_schema = ON;
  UPDATE sqlite_master SET sql = replace(replace(sql, 'sort_key TEXT', 'sort_key TEXT COLLATE PHONEBOOK'),
    'sort_key_alt TEXT', 'sort_key_alt TEXT COLLATE LOCALIZED') WHERE name = 'raw_contacts';
  UPDATE sqlite_master SET sql = replace(replace(sql, '(sort_key)', '(sort_key COLLATE PHONEBOOK)'),
    '(sort_key_alt)', '(sort_key_alt COLLATE LOCALIZED)') WHERE type = 'index';
  PRAGMA writable_schema = OFF;`

const ROWS = `INSERT INTO raw_contacts (_id, deleted, display_name, sort_key) VALUES
    (1, 0, 'Ann Example', 'ann'), (2, 1, 'Gone', 'gone'), (3, 0, NULL, ''), (4, 0, 'Only Shown', 'o');
  INSERT INTO data (raw_contact_id, mimetype_id, data1, data2, data3, data4, data5, data6) VALUES
    (1, 2, '${ANN}', '2', NULL, NULL, NULL, NULL), (1, 2, '020 7946 0001', '0', 'allotment', NULL, NULL, NULL),
    (1, 3, 'ann@example.org', '1', NULL, NULL, NULL, NULL), (1, 4, 'Example Ltd', '1', NULL, 'Gardener', NULL, NULL),
    (1, 5, 'ann.ex', '3', NULL, NULL, '3', NULL), (1, 5, 'annx', '3', NULL, NULL, '-1', 'Wire'),
    (1, 6, 'Annie', '1', NULL, NULL, NULL, NULL), (1, 7, 'met at the fair', NULL, NULL, NULL, NULL, NULL),
    (1, 1, 'Ann Example', 'Ann', 'Example', NULL, NULL, NULL), (1, 8, NULL, NULL, NULL, NULL, NULL, NULL),
    (1, 9, '447700900101@s.whatsapp.net', NULL, NULL, NULL, NULL, NULL),
    (2, 2, '+447700900102', '2', NULL, NULL, NULL, NULL), (3, 6, 'Bee', '1', NULL, NULL, NULL, NULL);`

const contacts = (reading: Reading) => reading.placed.map(({ found }) => found as Contact)

test('a contact has its name, organisation, every address with its label, nickname and note', async () => {
  using phone = new TestPhone().database(DATABASE, CONTACTS + ROWS)
  const reading = await phone.read(androidContacts, DATABASE)
  assert.deepEqual(contacts(reading)[0], {
    kind: 'contact',
    app: 'contacts',
    name: 'Ann Example',
    organisation: 'Example Ltd',
    addresses: [
      { address: ANN, type: 'phone', label: 'mobile' },
      { address: '020 7946 0001', type: 'phone', label: 'allotment' },
      { address: 'ann@example.org', type: 'email', label: 'home' },
      { address: 'ann.ex', type: 'im', label: 'skype' },
      { address: 'annx', type: 'im', label: 'Wire' },
      { address: '447700900101@s.whatsapp.net', type: 'whatsapp' },
    ],
    note: 'Nickname: Annie\nmet at the fair',
    attachments: [],
  })
  assert.deepEqual(
    contacts(reading).map(({ name }) => name),
    ['Ann Example', 'Bee', 'Only Shown'],
  )
  assert.deepEqual(reading.left, { deleted: 1 })
  assert.equal(reading.tables[0]?.time, undefined)
})

test('Android’s own collations on columns and in indexes break nothing', async () => {
  using phone = new TestPhone().database(DATABASE, CONTACTS + ROWS + ANDROID_COLLATION)
  assert.equal(contacts(await phone.read(androidContacts, DATABASE)).length, 3)
  // Without them supplied, the very same queries run too.
  using plain = new DatabaseSync(join(phone.folder, DATABASE), { readOnly: true })
  assert.throws(() => plain.prepare('SELECT count(*) FROM raw_contacts ORDER BY sort_key').all(), /no such collation/)
  const table = (await phone.read(androidContacts, DATABASE)).tables[0]
  assert.deepEqual(
    { ...plain.prepare(`SELECT count(*) AS n FROM ${table?.from} WHERE ${table?.never?.[0]?.where}`).get() },
    { n: 1 },
  )
  assert.equal(plain.prepare(`SELECT ${table?.columns} FROM ${table?.from} ORDER BY ${table?.key}`).all().length, 4)
})

test('a database without raw contacts names what is missing', { skip: skip() }, async () => {
  using phone = new TestPhone()
  copyFileSync(realFile('android-messages-calls-contacts/contacts2.db') ?? '', join(phone.folder, 'contacts2.db'))
  const reading = await phone.read(androidContacts, 'contacts2.db')
  assert.equal(reading.notRecognised, 'no table raw_contacts (user_version 0)')
})

test('blobs and orphans are survived', async () => {
  using phone = new TestPhone().database(
    DATABASE,
    `${CONTACTS} INSERT INTO raw_contacts (_id, display_name) VALUES (1, x'00');
     INSERT INTO data (raw_contact_id, mimetype_id, data1, data2) VALUES (1, 1, x'01', x'02'), (1, 2, x'03', x'04'),
       (1, 99, 'x', 'y'), (77, 2, '${ANN}', '2'), (x'05', 2, '${ANN}', '2')`,
  )
  assert.deepEqual(contacts(await phone.read(androidContacts, DATABASE)), [
    { kind: 'contact', app: 'contacts', addresses: [], attachments: [] },
  ])
})

function skip(): string | false {
  return realFile('android-messages-calls-contacts/contacts2.db') === undefined ? NO_REAL_DATA : false
}
