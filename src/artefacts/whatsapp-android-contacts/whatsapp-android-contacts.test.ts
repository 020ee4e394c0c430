import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concerning, onPhone, rowsOf } from '../whatsapp/generated-phone.ts'
import { whatsappAndroidContacts } from './whatsapp-android-contacts.ts'

const PATH = 'data/data/com.whatsapp/databases/wa.db'
const SCHEMA = `CREATE TABLE wa_contacts(_id INTEGER PRIMARY KEY AUTOINCREMENT,jid TEXT NOT NULL,is_whatsapp_user BOOLEAN NOT NULL,status TEXT,status_timestamp INTEGER,number TEXT,raw_contact_id INTEGER,display_name TEXT,phone_type INTEGER,phone_label TEXT,unseen_msg_count INTEGER,photo_ts INTEGER,thumb_ts INTEGER,photo_id_timestamp INTEGER,given_name TEXT,family_name TEXT,wa_name TEXT,sort_name TEXT,nickname TEXT,company TEXT,title TEXT,status_autodownload_disabled INTEGER,keep_timestamp INTEGER,is_spam_reported INTEGER,is_sidelist_synced BOOLEAN DEFAULT 0,is_business_synced BOOLEAN DEFAULT 0,disappearing_mode_duration INTEGER,disappearing_mode_timestamp LONG,history_sync_initial_phash TEXT, is_starred BOOLEAN);`

test('a contact has the name of the address book before the one that people gave themselves', async () => {
  const sql = `${SCHEMA} INSERT INTO wa_contacts (_id, jid, is_whatsapp_user, status, number, display_name, given_name, family_name, wa_name, company) VALUES
    (1, '447700900123@s.whatsapp.net', 1, 'At sea', '+447700900123', 'Sam Example', 'Sam', 'Example', 'sammy', 'Boats Ltd'),
    (2, '447700900456@s.whatsapp.net', 1, NULL, NULL, NULL, NULL, NULL, 'kim', NULL),
    (3, '120363000000000001@g.us', 0, NULL, NULL, 'Sunday football', NULL, NULL, NULL, NULL)`
  await onPhone(whatsappAndroidContacts, PATH, sql, (described) => {
    const contacts = rowsOf(described, described.tables[0]!).map(({ found }) => found)
    assert.deepEqual(contacts[0], {
      kind: 'contact',
      app: 'whatsapp',
      name: 'Sam Example',
      organisation: 'Boats Ltd',
      addresses: [
        { address: '+447700900123', type: 'phone' },
        { address: '447700900123@s.whatsapp.net', type: 'whatsapp' },
      ],
      note: 'At sea',
      attachments: [],
    })
    assert.equal(contacts[1]?.kind === 'contact' && contacts[1].name, 'kim')
    assert.equal(contacts.length, 3)
    const { sql: asked, read } = concerning(described, described.tables[0]!, '07700 900123')
    assert.deepEqual([asked, read], [[1], [1]])
  })
})

test('knows its file, and names what an unknown schema lacks', async () => {
  assert.ok(whatsappAndroidContacts.locates(PATH))
  assert.ok(whatsappAndroidContacts.locates('apps/com.whatsapp.w4b/db/wa.db'))
  assert.ok(!whatsappAndroidContacts.locates('data/data/org.example/databases/wa.db'))
  await onPhone(whatsappAndroidContacts, 'wa.db', 'CREATE TABLE wa_contacts (jid TEXT)', ({ notRecognised }) => {
    assert.match(notRecognised ?? '', /no column wa_contacts\._id/)
  })
})
