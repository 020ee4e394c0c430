import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Call } from '../../records/index.ts'
import { NO_REAL_DATA, type Reading, realFile, TestPhone } from '../test-phone.fixture.ts'
import { androidCallLog } from './android-call-log.ts'

const DATABASE = 'data/data/com.android.providers.contacts/databases/calllog.db'
const ANN = '+447700900101'

/** As Android 15 makes it (CallLogDatabaseHelper, version 12). */
const CALLS = `CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT,number TEXT,presentation INTEGER NOT NULL DEFAULT 1,
  post_dial_digits TEXT NOT NULL DEFAULT '',via_number TEXT NOT NULL DEFAULT '',date INTEGER,duration INTEGER,
  data_usage INTEGER,type INTEGER,features INTEGER NOT NULL DEFAULT 0,subscription_component_name TEXT,subscription_id TEXT,
  phone_account_address TEXT,phone_account_hidden INTEGER NOT NULL DEFAULT 0,sub_id INTEGER DEFAULT -1,new INTEGER,name TEXT,
  numbertype INTEGER,numberlabel TEXT,countryiso TEXT,voicemail_uri TEXT,is_read INTEGER,geocoded_location TEXT,
  lookup_uri TEXT,matched_number TEXT,normalized_number TEXT,photo_id INTEGER NOT NULL DEFAULT 0,photo_uri TEXT,
  formatted_number TEXT,add_for_all_users INTEGER NOT NULL DEFAULT 1,last_modified INTEGER DEFAULT 0,
  call_screening_component_name TEXT,call_screening_app_name TEXT,block_reason INTEGER NOT NULL DEFAULT 0,
  missed_reason INTEGER NOT NULL DEFAULT 0,priority INTEGER NOT NULL DEFAULT 0,subject TEXT,location TEXT,
  composer_photo_uri TEXT,is_call_log_phone_account_migration_pending INTEGER NOT NULL DEFAULT 0,
  is_business_call INTEGER NOT NULL DEFAULT 0,asserted_display_name TEXT,_data TEXT,has_content INTEGER,mime_type TEXT,
  source_data TEXT,source_package TEXT,transcription TEXT,transcription_state INTEGER NOT NULL DEFAULT 0,state INTEGER,
  dirty INTEGER NOT NULL DEFAULT 0,deleted INTEGER NOT NULL DEFAULT 0,backed_up INTEGER NOT NULL DEFAULT 0,
  restored INTEGER NOT NULL DEFAULT 0,archived INTEGER NOT NULL DEFAULT 0,is_omtp_voicemail INTEGER NOT NULL DEFAULT 0);
PRAGMA user_version = 12;`

const calls = (reading: Reading) => reading.placed.map(({ found }) => found as Call)

test('a real calllog.db gives its one call', { skip: skip('calllog.db') }, async () => {
  using phone = real('calllog.db')
  assert.deepEqual((await phone.read(androidCallLog, 'calllog.db')).placed, [
    {
      found: {
        kind: 'call',
        app: 'phone',
        time: '2020-05-07T13:33:53.593Z',
        time_raw: '1588858433593',
        direction: 'out',
        to: [{ address: '+441234567890', name: 'Samuel Vimes' }],
        duration_seconds: 0,
        attachments: [],
      },
      provenance: { file: 'calllog.db', wal: false, table: 'calls', row: 1 },
    },
  ])
})

test('a real contacts2.db of before Android 7 gives its three calls', { skip: skip('contacts2.db') }, async () => {
  using phone = real('contacts2.db')
  const all = calls(await phone.read(androidCallLog, 'contacts2.db'))
  assert.deepEqual(
    all.map(({ time, direction, outcome, duration_seconds }) => [time, direction, outcome, duration_seconds]),
    [
      ['2013-11-06T21:17:16.690Z', 'in', 'missed', 0],
      ['2013-11-06T21:18:53.283Z', 'out', undefined, 126],
      ['2013-11-07T00:03:36.690Z', 'in', 'answered', 639],
    ],
  )
  assert.deepEqual(all[1]?.to, [{ address: '5404561685', name: 'Barney' }])
})

test('each type of call has its direction and outcome', async () => {
  using phone = new TestPhone().database(DATABASE, CALLS, (database) => {
    const insert = database.prepare('INSERT INTO calls (number, date, duration, type) VALUES (?, 1772445600000, 5, ?)')
    for (const type of [1, 2, 3, 4, 5, 6, 7, 42]) insert.run(ANN, type)
  })
  const reading = await phone.read(androidCallLog, DATABASE)
  assert.deepEqual(
    calls(reading).map(({ direction, outcome }) => [direction, outcome]),
    [
      ['in', 'answered'],
      ['out', undefined],
      ['in', 'missed'],
      ['in', 'voicemail'],
      ['in', 'rejected'],
      ['in', 'blocked'],
      ['in', 'answered'],
      ['in', undefined],
    ],
  )
  assert.deepEqual(
    reading.problems.map(({ code }) => code),
    ['value_odd'],
  )
})

test('a withheld, unknown or payphone number names nobody', async () => {
  using phone = new TestPhone().database(DATABASE, CALLS, (database) => {
    const insert = database.prepare(
      'INSERT INTO calls (number, presentation, date, duration, type) VALUES (?, ?, 1, 0, 1)',
    )
    for (const [number, presentation] of [
      [null, 3],
      ['', 2],
      ['-1', 1],
      ['-2', 1],
      ['-3', 4],
      [ANN, 1],
    ] as const) {
      insert.run(number, presentation)
    }
  })
  assert.deepEqual(
    calls(await phone.read(androidCallLog, DATABASE)).map(({ from }) => from?.address),
    [undefined, undefined, undefined, undefined, undefined, ANN],
  )
})

test('calls of other apps are theirs by the component of their account', async () => {
  using phone = new TestPhone().database(DATABASE, CALLS, (database) => {
    const insert = database.prepare(
      'INSERT INTO calls (number, date, duration, type, features, subscription_component_name) VALUES (?, 1, 0, 1, ?, ?)',
    )
    insert.run(ANN, 1, 'com.whatsapp/com.whatsapp.calling.telecom.SelfManagedConnectionService')
    insert.run(ANN, 0, 'com.android.phone/com.android.services.telephony.TelephonyConnectionService')
    insert.run(ANN, 0, 'org.example.unknown/Service')
    insert.run(ANN, 4, null)
    insert.run(ANN, 0, 'no slash')
    insert.run(ANN, 0, 'toString/x')
  })
  assert.deepEqual(
    calls(await phone.read(androidCallLog, DATABASE)).map(({ app, service, video }) => [app, service, video]),
    [
      ['whatsapp', 'com.whatsapp', true],
      ['phone', undefined, undefined],
      ['phone', 'org.example.unknown', undefined],
      ['phone', undefined, undefined],
      ['phone', undefined, undefined],
      ['phone', 'toString', undefined],
    ],
  )
})

test('a deleted call is counted and not read; a voicemail names its file', async () => {
  const folder = 'data/data/com.android.providers.contacts'
  using phone = new TestPhone()
    .database(DATABASE, CALLS, (database) => {
      database.exec(`INSERT INTO calls (number, date, duration, type, deleted, _data, mime_type) VALUES
        ('${ANN}', 1, 0, 4, 1, NULL, NULL),
        ('${ANN}', 1, 9, 4, 0, '/${folder}/app_voicemail-data/voicemail_1.amr', 'audio/amr')`)
    })
    .file(`${folder}/app_voicemail-data/voicemail_1.amr`, new Uint8Array(4))
  const reading = await phone.read(androidCallLog, DATABASE)
  assert.deepEqual(reading.left, { deleted: 1 })
  assert.deepEqual(calls(reading)[0]?.attachments, [{ name: 'voicemail_1.amr', media_type: 'audio/amr', taken: false }])
  assert.deepEqual(reading.files, [[`${folder}/app_voicemail-data/voicemail_1.amr`]])
})

test('a contacts2.db whose calls have moved out is no unknown schema; a calllog.db without calls is', async () => {
  using phone = new TestPhone()
    .database('contacts2.db', 'CREATE TABLE raw_contacts (_id INTEGER)')
    .database('calllog.db', 'CREATE TABLE other (_id INTEGER); PRAGMA user_version = 31')
  assert.deepEqual((await phone.read(androidCallLog, 'contacts2.db')).tables, [])
  assert.equal((await phone.read(androidCallLog, 'calllog.db')).notRecognised, 'no table calls (user_version 31)')
})

function real(name: string): TestPhone {
  const phone = new TestPhone()
  copyFileSync(realFile(`android-messages-calls-contacts/${name}`) ?? '', join(phone.folder, name))
  return phone
}

function skip(name: string): string | false {
  return realFile(`android-messages-calls-contacts/${name}`) === undefined ? NO_REAL_DATA : false
}
