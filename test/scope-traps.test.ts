import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { openSource } from '../src/acquisition/index.ts'
import { archiveOf } from '../src/artefacts/ios-sms/archive.fixture.ts'
import { LEGACY_MSGSTORE } from '../src/artefacts/whatsapp-android/msgstore.ts'
import { checkAuthorisation } from '../src/authorisation/index.ts'
import { makeSample } from '../src/sample/index.ts'
import { authorisationFor, signed, trust } from './extract-with.ts'
import { stateOf } from './real-data/untouched.ts'
import {
  ADDRESS_BOOK,
  ANDROID_WHATSAPP,
  between,
  chatStorage,
  GROUP_JID,
  IOS_WHATSAPP,
  iso,
  KIM,
  milliseconds,
  msgstore,
  PAT,
  SAM,
  SAM_JID,
  seconds2001,
  SMS,
  smsDatabase,
} from './scope-traps/phones.ts'
import { type Clause, takeFrom, TrappedPhone } from './scope-traps/trapped-phone.ts'

// The weaknesses of selective extraction that SOLVE-IT lists (DFT-1015 and its kin), each on a phone with exactly that trap.
// DFW-1027, excluded data included, has a file of its own.

const samples = mkdtempSync(join(tmpdir(), 'peel-weaknesses-'))
after(() => rmSync(samples, { recursive: true }))

const MESSAGES: Clause = { records: ['message'], apps: ['sms'] }

// DFW-1017: relevant data missed

test('DFW-1017: a text that stands only in attributedBody is found by its words', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([{ text: null, more: { attributedBody: archiveOf('bring the lamp', true) } }, { text: 'no' }]),
  )
  const taken = await phone.take({ ...MESSAGES, containing: { any: ['LAMP'] } })
  assert.deepEqual(taken.bodies, ['bring the lamp'])
})

test('DFW-1017: a message that is still only in the write-ahead log is taken', async () => {
  using phone = new TrappedPhone().database(SMS, ...smsDatabase([{ text: 'before' }]))
  const database = new DatabaseSync(join(phone.phone, SMS))
  database.exec(`PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;
    INSERT INTO message (guid, text, date, handle_id, is_from_me) VALUES ('W', 'in the log', 1, 1, 0)`)
  try {
    const taken = await phone.take(MESSAGES)
    assert.deepEqual(taken.bodies, ['before', 'in the log'])
  } finally {
    database.close()
  }
})

test('DFW-1017: messages of the old schema beside those of the new one are taken, each once', async () => {
  using phone = new TrappedPhone().database(
    ANDROID_WHATSAPP,
    LEGACY_MSGSTORE +
      msgstore(`
        INSERT INTO messages (_id, key_remote_jid, key_from_me, key_id, status, data, timestamp, media_wa_type) VALUES
          (2, '${SAM_JID}', 0, 'K2', 0, 'moved', ${milliseconds(0)}, '0'), (3, '${SAM_JID}', 0, 'K3', 0, 'not moved yet', ${milliseconds(1)}, '0');
        INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data) VALUES
          (2, 1, 0, 'K2', 0, ${milliseconds(0)}, 0, 'moved'), (4, 1, 0, 'K4', 0, ${milliseconds(2)}, 0, 'new');`),
  )
  const taken = await phone.take({ records: ['message'], with: [SAM] })
  assert.deepEqual(taken.bodies.toSorted(), ['moved', 'new', 'not moved yet'])
})

test('DFW-1017: a database whose schema is not known is told of, and never nothing in silence', async () => {
  using phone = new TrappedPhone()
    .database(SMS, 'CREATE TABLE message (ROWID INTEGER PRIMARY KEY, something TEXT)')
    .database(IOS_WHATSAPP, 'CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZNEWTEXT TEXT)')
    .database(ADDRESS_BOOK, 'CREATE TABLE ABPerson2 (ROWID INTEGER PRIMARY KEY)')
    .file(ANDROID_WHATSAPP, 'no database at all')
  const { result } = await phone.take({ records: ['message', 'contact'] })
  assert.deepEqual(
    result.problems.map(({ code, file }) => [code, file]),
    [
      ['database_damaged', ANDROID_WHATSAPP],
      ['schema_not_recognised', IOS_WHATSAPP],
      ['schema_not_recognised', ADDRESS_BOOK],
      ['schema_not_recognised', SMS],
    ],
  )
})

test('DFW-1017: a file of a taken message that the phone no longer holds is told of', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([{ text: 'look' }], (database) =>
      database.exec(`
        INSERT INTO attachment (ROWID, guid, filename, transfer_name) VALUES (1, 'A1', '~/Library/SMS/Attachments/1/a.jpg', 'a.jpg');
        INSERT INTO message_attachment_join VALUES (1, 1);`),
    ),
  )
  const { result, records } = await phone.take({ ...MESSAGES, attachments: true })
  assert.deepEqual(records[0]?.attachments, [{ name: 'a.jpg', taken: false }])
  assert.deepEqual(
    result.problems.map(({ code }) => code),
    ['attachment_missing'],
  )
})

// DFW-1018: irrelevant data collected

test('DFW-1018: kinds and apps that no clause asks for are not opened, let alone taken', async () => {
  using phone = new TrappedPhone()
    .database(SMS, ...smsDatabase([{ text: 'asked for' }]))
    .database(
      IOS_WHATSAPP,
      chatStorage(`INSERT INTO ZWAMESSAGE (Z_PK, ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE, ZFROMJID, ZTEXT)
        VALUES (1, 1, 0, 0, ${seconds2001(0)}, '${SAM_JID}', 'irrelevantorchid')`),
    )
    .database(ADDRESS_BOOK, "CREATE TABLE ABPerson (First TEXT); INSERT INTO ABPerson VALUES ('irrelevantorchid')")
    .file('private/var/mobile/Media/DCIM/100APPLE/IMG_0001.JPG', 'irrelevantorchid')
    .database(
      'private/var/mobile/Library/Notes/notes.sqlite',
      "CREATE TABLE n (t); INSERT INTO n VALUES ('irrelevantorchid')",
    )
  phone.holds('irrelevantorchid')
  const taken = await phone.take(MESSAGES)
  assert.deepEqual(taken.bodies, ['asked for'])
  assert.deepEqual(taken.opened, [SMS])
  assert.deepEqual(taken.result.files, { not_opened: 4, opened: 1, missing: 0 })
  taken.nowhere('irrelevantorchid')
})

test('DFW-1018: conditions of one clause hold together, and two clauses do not borrow from each other', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([
      { text: 'Sam in the morning', with: 1, minute: 0 },
      { text: 'Sam in the evening', with: 1, minute: 400 },
      { text: 'Kim in the morning', with: 2, minute: 0 },
      { text: 'Kim in the evening', with: 2, minute: 400 },
    ]),
  )
  const taken = await phone.take(
    { ...MESSAGES, with: [SAM], between: between(-10, 10) },
    { ...MESSAGES, with: [KIM], between: between(390, 410) },
  )
  assert.deepEqual(
    taken.records.map((record) => [record.kind === 'message' && record.body, record.clauses]),
    [
      ['Sam in the morning', ['C1']],
      ['Kim in the evening', ['C2']],
    ],
  )
  taken.nowhere('Sam in the evening', 'Kim in the morning')
})

test('DFW-1018: an authorisation with no clause takes nothing and opens nothing', async () => {
  using phone = new TrappedPhone().database(SMS, ...smsDatabase([{ text: 'anything' }]))
  const taken = await phone.take()
  assert.deepEqual([taken.records, taken.opened], [[], []])
  taken.nowhere('anything')
})

// DFW-1019: wrong device

test('DFW-1019: an authorisation for another device, or for one that the source does not name, grants nothing', async () => {
  const { phone } = await makeSample('ios-backup', join(samples, 'device'), { messages: 100 })
  const source = await openSource(phone)
  const { device } = source
  await source.close()
  const decide = (named: { serial?: string; imei?: string }, told: object) => {
    const more = { device: { exhibit: 'AB/1', user_role: 'victim', description: 'phone, black', ...named } }
    const envelope = signed(authorisationFor([{ id: 'C1', records: ['message'] }], more as never))
    const decision = checkAuthorisation(envelope, { trust, now: Date.parse('2026-04-01T00:00:00Z'), device: told })
    return decision.granted ? 'granted' : decision.refusals.map(({ code }) => code)
  }
  assert.ok(device.serial, 'the source names its device')
  assert.equal(decide({ serial: device.serial }, device), 'granted')
  assert.equal(decide({ serial: device.serial.toLowerCase() }, device), 'granted')
  assert.deepEqual(decide({ serial: 'F2LXK0ABCD' }, device), ['WRONG_DEVICE'])
  const next = (letter: string) => (letter === 'A' ? 'B' : 'A')
  const neighbour = device.serial.slice(0, -1) + next(device.serial.slice(-1))
  assert.deepEqual(decide({ serial: neighbour }, device), ['WRONG_DEVICE'])
  assert.deepEqual(
    decide({ serial: device.serial, imei: '350000000000006' }, { ...device, imei: ['350000000000014'] }),
    ['WRONG_DEVICE'],
  )
  assert.deepEqual(decide({ serial: 'F2LXK0ABCD' }, {}), ['DEVICE_UNKNOWN'])
})

// DFW-1020: content wrong

test('DFW-1020: texts come out to the last character, in any script and of any length', async () => {
  const texts = [
    'e\u0301 and é are two writings',
    'مرحبا، نلتقي عند الميناء',
    '明日の夜、港で',
    '👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 \u200e\u202eabc',
    'tab\tand\r\nline\u2028end ',
    ' ',
    `${'long '.repeat(40_000)}end`,
    '\ufeffmarked',
    '"); DROP TABLE record; --',
  ]
  using phone = new TrappedPhone().database(SMS, ...smsDatabase(texts.map((text) => ({ text }))))
  const taken = await phone.take(MESSAGES)
  assert.deepEqual(taken.bodies, texts)
})

test('DFW-1020: a file comes out byte for byte, with its digest', async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at * 31) >>> 5))
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase([{ text: 'look' }], (database) =>
        database.exec(`
          INSERT INTO attachment (ROWID, guid, filename, transfer_name) VALUES (1, 'A1', '~/Library/SMS/Attachments/1/a.bin', 'a.bin');
          INSERT INTO message_attachment_join VALUES (1, 1);`),
      ),
    )
    .file('private/var/mobile/Library/SMS/Attachments/1/a.bin', bytes)
  const taken = await phone.take({ ...MESSAGES, attachments: true })
  const [attachment] = taken.records[0]?.attachments ?? []
  assert.deepEqual([attachment?.taken, attachment?.bytes], [true, bytes.length])
  assert.deepEqual(taken.digests, [attachment?.sha256])
})

// DFW-1021 and DFW-1022: metadata missing, metadata wrong

test('DFW-1021: every record says when, as the phone wrote it too, who, where it stood, and which clauses let it pass', async () => {
  using phone = new TrappedPhone().database(SMS, ...smsDatabase([{ text: 'hello', chat: 4, minute: 5 }]))
  const [record] = (await phone.take(MESSAGES, { ...MESSAGES, with: [KIM] })).records
  const { id, ...rest } = record ?? { id: '' }
  assert.match(id, /^[a-z2-7]{26}$/)
  assert.deepEqual(rest, {
    kind: 'message',
    app: 'sms',
    time: iso(5),
    time_raw: String(BigInt(Date.parse(iso(5)) - 978_307_200_000) * 1_000_000n),
    direction: 'in',
    from: { address: SAM },
    to: [{ address: KIM }, { address: PAT }],
    thread: 'iMessage;+;chat4',
    thread_name: 'Sunday football',
    service: 'iMessage',
    message_id: 'G1',
    body: 'hello',
    attachments: [],
    clauses: ['C1', 'C2'],
    context: false,
    provenance: { file: SMS, wal: false, table: 'message', row: 1 },
  })
})

test('DFW-1022: seconds and nanoseconds in one file are told apart, and the last instant before midnight stays before it', async () => {
  const last = BigInt(Date.parse('2026-03-01T23:59:59.999Z') - 978_307_200_000)
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([
      { text: 'seconds', more: { date: 700_000_000 } },
      { text: 'nanoseconds', more: { date: 700_000_000_123_456_789n } },
      { text: 'nearly midnight', more: { date: last * 1_000_000n + 999_999n } },
      { text: 'midnight', more: { date: (last + 1n) * 1_000_000n } },
    ]),
  )
  const taken = await phone.take(MESSAGES)
  assert.deepEqual(
    taken.records.map(({ time, time_raw }) => [time, time_raw]),
    [
      ['2023-03-08T20:26:40.000Z', '700000000'],
      ['2023-03-08T20:26:40.123Z', '700000000123456789'],
      ['2026-03-01T23:59:59.999Z', String(last * 1_000_000n + 999_999n)],
      ['2026-03-02T00:00:00.000Z', String((last + 1n) * 1_000_000n)],
    ],
  )
  const day = await phone.take({ ...MESSAGES, between: { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' } })
  assert.deepEqual(day.bodies, ['nearly midnight'])
})

test('DFW-1022: provenance leads back to the row, for another tool too', async () => {
  const { phone } = await makeSample('ios-files', join(samples, 'rows'), { messages: 120, seed: '5' })
  const { records } = await takeFrom(phone, [MESSAGES])
  const [{ provenance } = { provenance: undefined }] = records
  assert.ok(provenance?.file)
  const database = new DatabaseSync(join(phone, provenance.file), { readOnly: true })
  try {
    const guid = database.prepare('SELECT guid FROM message WHERE ROWID = ?')
    for (const record of records)
      assert.equal(guid.get(record.provenance.row ?? -1)?.['guid'], record.kind === 'message' && record.message_id)
  } finally {
    database.close()
  }
})

// DFW-1023 and DFW-1024: collection changes the device

for (const kind of ['ios-files', 'ios-backup', 'android-files'] as const)
  test(`DFW-1023, DFW-1024: after everything was taken from ${kind}, not a byte, time or name of it is another`, async () => {
    const { phone } = await makeSample(kind, join(samples, `untouched-${kind}`), { messages: 100 })
    const before = stateOf(phone)
    const records = ['message', 'call', 'contact', 'media_item']
    const taken = await takeFrom(phone, [{ records, attachments: true }])
    assert.ok(taken.records.length > 100)
    assert.deepEqual(stateOf(phone), before)
  })

// DFW-1025: the filter excludes what is relevant

test('DFW-1025: one person in every spelling is one person, however the authorisation spells them', async () => {
  const spellings = [
    '+447700900123',
    '07700 900123',
    '07700900123',
    '00447700900123',
    '447700900123',
    '+44 (0)7700 900-123',
    'tel:+447700900123',
  ]
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase(
        spellings.map((_, at) => ({ text: `spelling ${at}`, more: { handle_id: 10 + at }, chat: 10 + at })),
        (database) => {
          for (const [at, id] of spellings.entries())
            database.prepare("INSERT INTO handle (ROWID, id, service) VALUES (?, ?, 'SMS')").run(10 + at, id)
        },
      ),
    )
    .database(
      ANDROID_WHATSAPP,
      msgstore(`INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data) VALUES
        (2, 1, 0, 'K2', 0, ${milliseconds(0)}, 0, 'by JID')`),
    )
  for (const asked of [...spellings, SAM_JID, '447700900123:12@s.whatsapp.net']) {
    const { bodies } = await phone.take({ records: ['message'], with: [asked] })
    assert.deepEqual(bodies, ['by JID', ...spellings.map((_, at) => `spelling ${at}`)], asked)
  }
})

test('DFW-1025: a person behind a pseudonym is found by number, and by the pseudonym', async () => {
  using phone = new TrappedPhone().database(
    ANDROID_WHATSAPP,
    msgstore(`INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data) VALUES
      (2, 4, 0, 'K2', 0, ${milliseconds(0)}, 0, 'hidden'), (3, 2, 0, 'K3', 0, ${milliseconds(1)}, 0, 'open'), (4, 1, 0, 'K4', 0, ${milliseconds(2)}, 0, 'Sam')`),
  )
  const { bodies: byNumber } = await phone.take({ records: ['message'], with: ['07700 900456'] })
  assert.deepEqual(byNumber, ['hidden', 'open'])
  const { bodies: byPseudonym } = await phone.take({ records: ['message'], with: ['205690463334636@lid'] })
  assert.deepEqual(byPseudonym, ['hidden', 'open'])
})

test('DFW-1025: messages of a group come for each of its members, whoever wrote them', async () => {
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase([
        { text: 'by Sam', with: 1, chat: 4 },
        { text: 'by me', mine: true, chat: 4, more: { handle_id: 0 } },
      ]),
    )
    .database(
      IOS_WHATSAPP,
      chatStorage(`INSERT INTO ZWAMESSAGE (Z_PK, ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE, ZFROMJID, ZGROUPMEMBER, ZTEXT)
        VALUES (1, 3, 0, 0, ${seconds2001(0)}, '${GROUP_JID}', 1, 'by Sam on WhatsApp')`),
    )
  const { bodies } = await phone.take({ records: ['message'], with: [KIM] })
  assert.deepEqual(bodies, ['by Sam on WhatsApp', 'by Sam', 'by me'])
})

test('DFW-1025: words are found in any case, with or without accents, and in scripts without spaces', async () => {
  const texts = [
    'Meet at the CAFÉ',
    'meet at the cafe\u0301',
    'cafeteria',
    '港で会おう',
    'Straße',
    'at the cafe\nmeet me',
  ]
  using phone = new TrappedPhone().database(SMS, ...smsDatabase(texts.map((text) => ({ text }))))
  const containing = async (words: object) => (await phone.take({ ...MESSAGES, containing: words })).bodies
  assert.deepEqual(await containing({ any: ['Cafe'] }), [texts[0], texts[1], texts[5]])
  assert.deepEqual(await containing({ any: ['meet at'] }), [texts[0], texts[1]])
  assert.deepEqual(await containing({ all: ['café', 'MEET'] }), [texts[0], texts[1], texts[5]])
  assert.deepEqual(await containing({ any: ['会おう'] }), [texts[3]])
  assert.deepEqual(await containing({ any: ['STRASSE'] }), [texts[4]])
})

test('DFW-1025: what any clause admits is taken, however many others leave it', async () => {
  using phone = new TrappedPhone().database(SMS, ...smsDatabase([{ text: 'meet', minute: 0 }]))
  const taken = await phone.take(
    { ...MESSAGES, with: [PAT] },
    { ...MESSAGES, between: between(100, 200) },
    { ...MESSAGES, containing: { any: ['meet'] } },
  )
  assert.deepEqual(
    taken.records.map(({ clauses }) => clauses),
    [['C3']],
  )
})

// DFW-1026: a full collection passed off as a partial one

for (const kind of ['ios-files', 'ios-backup', 'android-files', 'android-backup'] as const)
  test(`DFW-1026: what the manifest says was opened of ${kind} is what was opened, and it adds up`, async () => {
    const { phone } = await makeSample(kind, join(samples, `opened-${kind}`), { messages: 100 })
    const scopes: Clause[][] = [
      [{ records: ['message', 'call', 'contact', 'media_item'], attachments: true }],
      [{ records: ['call'] }],
      [{ records: ['message'], apps: ['whatsapp'], containing: { any: ['harbour'] }, attachments: true }],
    ]
    const opened: number[] = []
    for (const scope of scopes) {
      const { result, opened: really, manifest } = await takeFrom(phone, scope)
      const source = await openSource(phone)
      const listed = source.files.length
      const about = source.about
        .filter(({ path }) => source.files.some((file) => file.path === path))
        .map(({ path }) => path)
      await source.close()
      // A log that is not merged is opened as well to see that there is nothing in it, and is in the list of databases.
      assert.equal(result.files.opened, new Set([...really, ...about]).size)
      assert.equal(result.files.opened + result.files.not_opened, listed)
      for (const { path } of manifest.files.databases) assert.ok(really.includes(path))
      for (const [records, { total, taken, left }] of Object.entries(result.records))
        assert.equal(total, taken + Object.values(left).reduce((sum, number) => sum + number, 0), records)
      opened.push(result.files.opened)
    }
    assert.ok((opened[1] ?? 0) < (opened[0] ?? 0), 'who asks for less opens less')
  })

test('DFW-1026: a file of unknown name that was opened to see what it is counts as opened', async () => {
  using phone = new TrappedPhone()
    .database('export.db', ...smsDatabase([{ text: 'hello' }]))
    .database('other.db', 'CREATE TABLE things (id)')
    .file('notes.txt', 'no database')
    .file('deep/down/here.txt', 'too deep to be loose')
  const taken = await phone.take(MESSAGES)
  assert.deepEqual(taken.bodies, ['hello'])
  assert.deepEqual(taken.opened, ['export.db', 'notes.txt', 'other.db'])
  assert.deepEqual(taken.result.files, { not_opened: 1, opened: 3, missing: 0 })
})

test('DFW-1026: files of unknown names are not opened where nothing that is asked for could be in them', async () => {
  using phone = new TrappedPhone()
    .database('export.db', ...smsDatabase([{ text: 'hello' }]))
    .file('DCIM/IMG_0001.JPG', 'no picture')
  const taken = await phone.take({ records: ['media_item'] })
  assert.deepEqual(taken.opened, ['DCIM/IMG_0001.JPG'])
})

test('DFW-1026: kinds that nobody asked for are named, and have no counts that could be taken for an answer', async () => {
  using phone = new TrappedPhone().database(SMS, ...smsDatabase([{ text: 'hello' }]))
  const { result } = await phone.take(MESSAGES)
  assert.deepEqual(Object.keys(result.records), ['message'])
  assert.ok(
    ['call', 'contact', 'media_item', 'note'].every((kind) => (result.not_asked_for as string[]).includes(kind)),
  )
})

// DFW-1028: a time filter shows messages out of context

const TALK = smsDatabase([
  { text: 'before, two', minute: -2 },
  { text: 'before, one', minute: -1 },
  { text: 'inside, one', minute: 0 },
  { text: 'inside, two', minute: 10, mine: true },
  { text: 'after, one', minute: 20 },
  { text: 'after, two', minute: 21 },
  { text: 'other conversation, before', minute: -1, with: 2 },
  { text: 'undated', minute: null },
])

test('DFW-1028: a window that cuts a conversation leaves what is outside, the end of it too, where no context is authorised', async () => {
  using phone = new TrappedPhone().database(SMS, ...TALK)
  const taken = await phone.take({ ...MESSAGES, between: between(0, 20) })
  assert.deepEqual(taken.bodies, ['inside, one', 'inside, two'])
  assert.deepEqual(taken.result.records.message?.left, { time: 5, no_time: 1 })
  taken.nowhere('before, one', 'after, one', 'other conversation', 'undated')
})

test('DFW-1028: where context is authorised, so many messages either side come, marked as context of that clause', async () => {
  using phone = new TrappedPhone().database(SMS, ...TALK)
  const taken = await phone.take({ ...MESSAGES, between: between(0, 20), context: 1 })
  assert.deepEqual(
    taken.records.map((record) => [record.kind === 'message' && record.body, record.context, record.clauses]),
    [
      ['before, one', true, ['C1']],
      ['inside, one', false, ['C1']],
      ['inside, two', false, ['C1']],
      ['after, one', true, ['C1']],
    ],
  )
  assert.deepEqual(taken.result.records.message, { total: 8, taken: 4, context: 2, left: { time: 3, no_time: 1 } })
  taken.nowhere('before, two', 'after, two', 'other conversation', 'undated')
})

test('DFW-1028: context comes without its files, whatever the clause says of those', async () => {
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase(
        [
          { text: 'before', minute: -1 },
          { text: 'inside', minute: 0 },
        ],
        (database) =>
          database.exec(`
            INSERT INTO attachment (ROWID, guid, filename, transfer_name) VALUES
              (1, 'A1', '~/Library/SMS/Attachments/1/a.jpg', 'a.jpg'), (2, 'A2', '~/Library/SMS/Attachments/2/b.jpg', 'b.jpg');
            INSERT INTO message_attachment_join VALUES (1, 1), (2, 2);`),
      ),
    )
    .file('private/var/mobile/Library/SMS/Attachments/1/a.jpg', 'contextbytes')
    .file('private/var/mobile/Library/SMS/Attachments/2/b.jpg', 'insidebytes')
  const taken = await phone.take({ ...MESSAGES, between: between(0, 1), context: 1, attachments: true })
  assert.deepEqual(
    taken.records.map(({ context, attachments }) => [context, attachments.map((attachment) => attachment.taken)]),
    [
      [true, [false]],
      [false, [true]],
    ],
  )
  assert.deepEqual(taken.placesOf('insidebytes'), ['the files taken'])
  taken.nowhere('contextbytes')
})

test('DFW-1028: the conversation decides what stands beside, in WhatsApp too, and a reaction has its place in it', async () => {
  using phone = new TrappedPhone().database(
    ANDROID_WHATSAPP,
    msgstore(`
      INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data) VALUES
        (2, 1, 0, 'K2', 0, ${milliseconds(0)}, 0, 'meet at six'), (3, 2, 0, 'K3', 0, ${milliseconds(1)}, 0, 'of another conversation'),
        (4, 1, 1, 'K4', 0, ${milliseconds(3)}, 0, 'fine'), (5, 1, 0, 'K5', 0, ${milliseconds(4)}, 0, 'too far');
      INSERT INTO message_add_on (_id, chat_row_id, from_me, key_id, sender_jid_row_id, parent_message_row_id, timestamp, message_add_on_type)
        VALUES (1, 1, 1, 'R1', NULL, 2, ${milliseconds(2)}, 56);
      INSERT INTO message_add_on_reaction VALUES (1, '👍', ${milliseconds(2)});`),
  )
  const taken = await phone.take({ records: ['message'], containing: { any: ['meet'] }, context: 2 })
  assert.deepEqual(
    taken.records.map((record) => record.kind === 'message' && [record.body ?? record.reaction?.type, record.context]),
    [
      ['meet at six', false],
      ['fine', true],
      ['👍', true],
    ],
  )
  taken.nowhere('of another conversation', 'too far')
})
