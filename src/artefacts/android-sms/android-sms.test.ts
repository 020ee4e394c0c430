import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { Message } from '../../records/index.ts'
import { NO_REAL_DATA, type Reading, realFile, TestPhone } from '../test-phone.fixture.ts'
import { androidSms } from './android-sms.ts'
import { INDEXES, MMSSMS } from './schema.fixture.ts'

const DATABASE = 'data/user_de/0/com.android.providers.telephony/databases/mmssms.db'
const PARTS = 'data/user_de/0/com.android.providers.telephony/app_parts'
const OWN = '+447700900999'
const ANN = '+447700900101'
const BEN = '+447700900102'

const messages = (reading: Reading) => reading.placed.map(({ found }) => found as Message)

/** One conversation with Ann, one with Ann and Ben. */
function phone(fill: (database: DatabaseSync) => void, sql = MMSSMS + INDEXES): TestPhone {
  return new TestPhone().database(DATABASE, sql, (database) => {
    database.exec(`INSERT INTO canonical_addresses (_id, address) VALUES (1, '${ANN}'), (2, '${BEN}');
      INSERT INTO threads (_id, recipient_ids) VALUES (1, '1'), (2, '1 2')`)
    fill(database)
  })
}

test('a real mmssms.db gives its nine messages, five sent and four received', { skip: skip() }, async () => {
  using phone = new TestPhone()
  copyFileSync(realFile('android-messages-calls-contacts/mmssms.db') ?? '', join(phone.folder, 'mmssms.db'))
  const reading = await phone.read(androidSms, 'mmssms.db')
  const all = messages(reading)
  assert.equal(all.length, 9)
  assert.deepEqual(
    all.map(({ direction }) => direction),
    ['out', 'out', 'in', 'in', 'out', 'in', 'out', 'in', 'out'],
  )
  assert.deepEqual(all[2], {
    kind: 'message',
    app: 'sms',
    time: '2013-10-29T17:05:41.303Z',
    time_raw: '1383066341303',
    direction: 'in',
    from: { address: '15555215554' },
    to: [],
    thread: '1',
    service: 'SMS',
    body: 'What message?',
    attachments: [],
  })
  assert.deepEqual(all[0]?.to, [{ address: '1 555-521-5554' }])
  assert.deepEqual(reading.problems, [])
})

test('what the user wrote and did not send is theirs, and says that it was not sent', async () => {
  using made = phone((database) => {
    const insert = database.prepare('INSERT INTO sms (thread_id, address, date, type, body) VALUES (?, ?, ?, ?, ?)')
    for (const type of [1, 2, 3, 4, 5, 6])
      insert.run(1, type === 3 ? null : ANN, 1772445600000 + type, type, `text ${type}`)
  })
  const all = messages(await made.read(androidSms, DATABASE))
  assert.deepEqual(
    all.map(({ direction, system }) => [direction, system]),
    [
      ['in', undefined],
      ['out', undefined],
      ['out', 'draft'],
      ['out', 'outbox'],
      ['out', 'failed'],
      ['out', 'queued'],
    ],
  )
  // A draft has no address: its conversation says whom it was meant for.
  assert.deepEqual(all[2]?.to, [{ address: ANN }])
})

test('senders that are names, nobody, or unknown are kept apart', async () => {
  using made = phone((database) => {
    const insert = database.prepare(
      'INSERT INTO sms (thread_id, address, date, type, body) VALUES (?, ?, 1772445600000, 1, ?)',
    )
    insert.run(null, 'CoopMobile', 'a')
    insert.run(null, null, 'b')
    insert.run(null, 'insert-address-token', 'c')
    insert.run(2, '\u02bcUNKNOWN_SENDER!\u02bc', 'd')
  })
  const all = messages(await made.read(androidSms, DATABASE))
  assert.deepEqual(all[0]?.from, { address: 'CoopMobile' })
  assert.ok(!all[1]?.from && !all[2]?.from && all[1]?.to.length === 0 && all[2]?.to.length === 0)
  // Of a group it is not known who wrote; that they are in it is.
  assert.equal(all[3]?.from, undefined)
  assert.deepEqual(all[3]?.to, [{ address: ANN }, { address: BEN }])
})

test('no time, no text and an unknown type are kept and told of once', async () => {
  using made = phone((database) => {
    database.exec(`INSERT INTO sms (thread_id, address, date, type, body) VALUES
      (1, '${ANN}', 0, 1, NULL), (1, '${ANN}', NULL, 1, ''), (1, '${ANN}', 'soon', 1, 'x'),
      (1, '${ANN}', 9999999999999999, 77, 'y'), (1, '${ANN}', -5, 77, 'z')`)
  })
  const reading = await made.read(androidSms, DATABASE)
  assert.ok(messages(reading).every(({ time }) => time === undefined))
  assert.deepEqual(
    messages(reading).map(({ time_raw }) => time_raw),
    ['0', undefined, undefined, '9999999999999999', '-5'],
  )
  assert.deepEqual(
    reading.problems.map(({ code, detail }) => [code, detail]),
    [
      ['value_odd', 'sms.date: not a number'],
      ['value_odd', 'sms.type: a type outside 1 to 6; read as received'],
    ],
  )
})

for (const [version, sql] of [
  ['with indexes', MMSSMS + INDEXES],
  ['of a version without indexes', MMSSMS],
] as const) {
  test(`MMS ${version}: seconds, words of all text parts, attachments, and parties without the device user`, async () => {
    using made = phone((database) => {
      // 1: Ann to us alone; 2: Ann to Ben and us; 3: from us to both; 4: announced; 5: a delivery report
      database.exec(`INSERT INTO pdu (_id, thread_id, date, msg_box, m_type, sub, sub_cs, m_id) VALUES
          (1, 1, 1772445600, 1, 132, 'CafÃ©', 106, 'm1'), (2, 2, 1772445601, 1, 132, NULL, NULL, 'm2'),
          (3, 2, 1772445602, 2, 128, 'plain', 106, 'm3'), (4, 1, 1772445603, 1, 130, NULL, NULL, NULL),
          (5, 1, 1772445604, 1, 134, NULL, NULL, 'm3'), (6, 2, 1772445605, 3, 128, NULL, NULL, NULL);
        INSERT INTO addr (msg_id, address, type) VALUES
          (1, '${ANN}', 137), (1, '${OWN}', 151),
          (2, '${ANN}/TYPE=PLMN', 137), (2, '${OWN}', 151), (2, '${BEN}', 130), (2, '${BEN}', 151),
          (3, 'insert-address-token', 137), (3, '${ANN}', 151), (3, '${BEN}', 129), (4, '${ANN}', 137);
        INSERT INTO part (_id, mid, seq, ct, name, cl, _data, text) VALUES
          (1, 2, 0, 'image/JPEG', NULL, 'cat.jpg', '/data/user_de/0/com.android.providers.telephony/app_parts/PART_1', NULL),
          (2, 1, -1, 'application/smil', NULL, 'smil.xml', NULL, '<smil/>'),
          (3, 1, 1, 'text/plain', NULL, 'b.txt', NULL, 'second'), (4, 1, 0, 'text/plain', NULL, 'a.txt', NULL, 'first'),
          (5, 2, 0, 'text/plain', NULL, NULL, NULL, 'look'),
          (6, 2, 0, 'video/mp4', 'clip.mp4', NULL, '/data/data/com.android.providers.telephony/app_parts/PART_2', NULL),
          (7, 3, 0, 'text/plain', NULL, 'long.txt', '${'/x'.repeat(3)}/PART_3', NULL)`)
    }, sql)
    made.file(`${PARTS}/PART_1`, new Uint8Array(7))
    const reading = await made.read(androidSms, DATABASE)
    const all = messages(reading)
    assert.equal(all.length, 5, 'a delivery report is no message')
    assert.deepEqual(all[0], {
      kind: 'message',
      app: 'sms',
      time: '2026-03-02T10:00:00.000Z',
      time_raw: '1772445600',
      direction: 'in',
      from: { address: ANN },
      to: [],
      thread: '1',
      service: 'MMS',
      subject: 'Café',
      body: 'first\nsecond',
      message_id: 'm1',
      attachments: [],
    })
    assert.deepEqual([all[1]?.from, all[1]?.to, all[1]?.body], [{ address: ANN }, [{ address: BEN }], 'look'])
    assert.deepEqual(all[1]?.attachments, [
      { name: 'cat.jpg', media_type: 'image/jpeg', taken: false },
      { name: 'clip.mp4', media_type: 'video/mp4', taken: false },
    ])
    assert.deepEqual(reading.files[1], [`${PARTS}/PART_1`, undefined])
    assert.deepEqual([all[2]?.from, all[2]?.to], [undefined, [{ address: ANN }, { address: BEN }]])
    assert.deepEqual(all[2]?.attachments, [{ name: 'long.txt', media_type: 'text/plain', taken: false }])
    assert.equal(all[3]?.system, 'not downloaded')
    // A draft without addresses: the conversation has them.
    assert.deepEqual([all[4]?.system, all[4]?.to], ['draft', [{ address: ANN }, { address: BEN }]])
    assert.deepEqual(reading.placed[4]?.provenance, { file: DATABASE, wal: false, table: 'pdu', row: 6 })
  })
}

test('somebody the phone has never written to is not taken for the device user', async () => {
  using made = phone((database) => {
    // The conversation is with Ann alone, yet the message went to a stranger and to us.
    database.exec(`INSERT INTO pdu (_id, thread_id, date, msg_box, m_type) VALUES (1, 1, 1, 1, 132), (2, 1, 2, 1, 132);
      INSERT INTO addr (msg_id, address, type) VALUES (1, '${ANN}', 137), (1, '${OWN}', 151),
        (2, '${ANN}', 137), (2, '${OWN}', 151), (2, '+447700900777', 151)`)
  })
  const all = messages(await made.read(androidSms, DATABASE))
  assert.deepEqual(all[1]?.to, [{ address: '+447700900777' }])
})

test('the files of attachments are found in every layout', async () => {
  const fill = (database: DatabaseSync) =>
    database.exec(`INSERT INTO pdu (_id, thread_id, date, msg_box, m_type) VALUES (1, 1, 1, 1, 132);
      INSERT INTO part (mid, ct, cl, _data) VALUES
        (1, 'image/png', 'a', '/data/user_de/0/com.android.providers.telephony/app_parts/PART_9'),
        (1, 'image/png', 'b', '/data/user_de/0/com.android.providers.telephony/app_parts/../../../../secret')`)
  for (const [database, file] of [
    ['mmssms.db', 'PART_9'],
    ['mmssms.db', 'app_parts/PART_9'],
    ['apps/com.android.providers.telephony/db/mmssms.db', 'apps/com.android.providers.telephony/r/app_parts/PART_9'],
    [`fs/${DATABASE}`, `fs/${PARTS}/PART_9`],
    [
      'x/data/data/com.android.providers.telephony/databases/mmssms.db',
      'x/data/user_de/0/com.android.providers.telephony/app_parts/PART_9',
    ],
  ] as const) {
    using made = new TestPhone().database(database, MMSSMS, fill).file(file, new Uint8Array(3))
    const reading = await made.read(androidSms, database)
    assert.deepEqual(reading.files, [[file, undefined]], database)
  }
})

test('blobs where text belongs are survived', async () => {
  using made = phone((database) => {
    database.exec(`INSERT INTO pdu (_id, thread_id, date, msg_box, m_type, sub) VALUES (1, x'00', x'01', x'01', 132, x'02');
      INSERT INTO addr (msg_id, address, type) VALUES (1, x'ff', 137), (1, x'fe', 151);
      INSERT INTO part (mid, seq, ct, name, cl, _data, text) VALUES (1, x'00', x'01', x'02', x'03', x'04', x'05')`)
  })
  const source = await made.read(androidSms, DATABASE).catch((error: unknown) => error as Error)
  assert.ok(!(source instanceof TypeError), String(source))
})

test('what a Samsung phone took for spam is read too', async () => {
  const spam = MMSSMS.replace(/^[^]*(CREATE TABLE )sms( \([^;]*;)[^]*$/, '$1spam_sms$2')
  using made = phone((database) => {
    database.exec(`${spam} INSERT INTO spam_sms (address, date, type, body) VALUES ('${ANN}', 1772445600000, 1, 'win')`)
  })
  const { placed } = await made.read(androidSms, DATABASE)
  assert.equal(placed[0]?.provenance.table, 'spam_sms')
})

test('a mirror of the same folders is not located', () => {
  assert.ok(!androidSms.locates(`data_mirror/data_de/null/0/com.android.providers.telephony/databases/mmssms.db`))
})

test('an unknown schema names what is missing and its version', async () => {
  using made = new TestPhone().database(
    'mmssms.db',
    'CREATE TABLE sms (_id INTEGER, body TEXT); PRAGMA user_version = 99',
  )
  const reading = await made.read(androidSms, 'mmssms.db')
  assert.match(reading.notRecognised ?? '', /^no column sms\.thread_id, no column sms\.address.*\(user_version 99\)$/)
})

test('where only the tables of MMS are unknown, SMS are read and that is told', async () => {
  using made = phone((database) =>
    database.exec(`ALTER TABLE pdu RENAME COLUMN msg_box TO box; DROP TABLE addr;
    INSERT INTO sms (thread_id, address, date, type, body) VALUES (1, '${ANN}', 1772445600000, 1, 'here')`),
  )
  const { placed, problems } = await made.read(androidSms, DATABASE)
  assert.equal(placed.length, 1)
  assert.deepEqual(
    problems.map(({ code, detail }) => `${code}: ${detail}`),
    ['schema_not_recognised: MMS are not read: no column pdu.msg_box, no table addr (user_version 69)'],
  )
})

test('a maker’s table of chat messages is never passed over in silence', async () => {
  using made = phone((database) =>
    database.exec('CREATE TABLE im (_id INTEGER, body TEXT); INSERT INTO im VALUES (1, 2)'),
  )
  const { problems } = await made.read(androidSms, DATABASE)
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['schema_not_recognised'],
  )
})

function skip(): string | false {
  return realFile('android-messages-calls-contacts/mmssms.db') === undefined ? NO_REAL_DATA : false
}
