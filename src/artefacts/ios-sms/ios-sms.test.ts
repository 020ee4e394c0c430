import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { type Message, rfc3339 } from '../../records/index.ts'
import { type Made, make, type Opened, type ReadRow, type Row, readAll, tablesOf } from '../opened.fixture.ts'
import { archiveOf, summaryOf } from './archive.fixture.ts'
import { iosSms } from './ios-sms.ts'
import { IOS_11, IOS_18, IOS_5, IOS_6 } from './schema.fixture.ts'

const PATH = 'HomeDomain/Library/SMS/sms.db'
const SAM = '+447700900001'
const ALEX = '+447700900002'
const KIM = 'kim@example.org'
/** 2026-03-01T12:00:00Z in seconds since 2001. */
const NOON = 794_059_200
const NANO = 1_000_000_000n

const handle = (id: number, address: string, service = 'iMessage'): Row => [
  'handle',
  { ROWID: id, id: address, service },
]
const PEOPLE: Row[] = [
  handle(1, SAM),
  handle(2, ALEX),
  handle(3, KIM),
  handle(4, SAM, 'SMS'),
  ['chat', { ROWID: 1, guid: `iMessage;-;${SAM}`, style: 45, chat_identifier: SAM }],
  [
    'chat',
    { ROWID: 2, guid: 'iMessage;+;chat100', style: 43, chat_identifier: 'chat100', display_name: 'Sunday league' },
  ],
  ['chat_handle_join', { chat_id: 1, handle_id: 1 }],
  ['chat_handle_join', { chat_id: 2, handle_id: 1 }],
  ['chat_handle_join', { chat_id: 2, handle_id: 2 }],
  ['chat_handle_join', { chat_id: 2, handle_id: 3 }],
]

type Values = Row[1]

/** A message of a conversation, or of none. */
function message(id: number, chat: number | null, values: Values): Row[] {
  const own: Values = { ROWID: id, guid: `GUID-${id}`, service: 'iMessage', date: BigInt(NOON + id) * NANO, ...values }
  return [
    ['message', own],
    ...(chat === null ? [] : [['chat_message_join', { chat_id: chat, message_id: id }] as const]),
  ]
}

async function read(t: TestContext, rows: readonly Row[], made: Partial<Made> = {}): Promise<Read> {
  const opened = await make(t, { path: PATH, schema: IOS_18, ...made, rows: [...(made.rows ?? PEOPLE), ...rows] })
  const [table] = tablesOf(iosSms, opened)
  assert.ok(table)
  const all = readAll(table, opened)
  // Whatever else a test is about: what SQL decides by is what the record shows.
  for (const { found, body, thread, row } of all) {
    assert.equal((found as Message).body ?? null, body)
    assert.equal((found as Message).thread ?? null, thread)
    assert.deepEqual(addressesOf(found as Message), sqlAddresses(table, opened, row))
  }
  return { ...opened, table, all, messages: all.map(({ found }) => found as Message) }
}

interface Read extends Opened {
  readonly table: ReturnType<typeof tablesOf>[number]
  readonly all: readonly ReadRow[]
  readonly messages: readonly Message[]
}

const addressesOf = ({ from, to }: Message) =>
  [...new Set([...(from ? [from] : []), ...to].map(({ address }) => address))].sort()

/** Everybody whom the party columns name for one row. */
function sqlAddresses(table: Read['table'], { database }: Opened, row: ReadRow['row']): string[] {
  const columns = table.parties.map((party, at) => `${'key' in party ? party.key : party.address} AS p${at}`)
  const [keys] = database.all(`SELECT ${columns.join(', ')} FROM ${table.from} WHERE m.guid = ?`, String(row.guid))
  const named = table.parties.flatMap((party, at) => {
    const key = keys?.[`p${at}`]
    return 'key' in party && (typeof key === 'number' || typeof key === 'string')
      ? (party.addresses().get(key) ?? [])
      : []
  })
  return [...new Set(named)].sort()
}

test('an incoming message comes from its handle, and the device user is nobody in it', async (t) => {
  const { messages } = await read(t, message(1, 1, { text: 'on my way', handle_id: 1 }))
  assert.deepEqual(messages, [
    {
      kind: 'message',
      app: 'sms',
      direction: 'in',
      from: { address: SAM },
      to: [],
      time: rfc3339(Date.UTC(2026, 2, 1, 12, 0, 1)),
      time_raw: '794059201000000000',
      thread: `iMessage;-;${SAM}`,
      service: 'iMessage',
      message_id: 'GUID-1',
      body: 'on my way',
      attachments: [],
    },
  ])
})

test('an outgoing message goes to everybody in the conversation, with or without a handle', async (t) => {
  const { messages } = await read(t, [
    ...message(1, 1, { text: 'a', is_from_me: 1, handle_id: 1 }),
    ...message(2, 2, { text: 'b', is_from_me: 1, handle_id: 0 }),
    ...message(3, null, { text: 'c', is_from_me: 1, handle_id: 2 }),
  ])
  assert.deepEqual(
    messages.map(({ from, to }) => [from, to.map(({ address }) => address)]),
    [
      [undefined, [SAM]],
      [undefined, [SAM, ALEX, KIM]],
      [undefined, [ALEX]],
    ],
  )
})

test('an incoming group message goes to everybody else in the group, whichever service the sender used', async (t) => {
  const { messages } = await read(t, [
    ...message(1, 2, { text: 'a', handle_id: 2 }),
    ...message(2, 2, { text: 'b', handle_id: 4 }),
  ])
  assert.deepEqual(
    messages.map(({ from, to, thread_name }) => [from?.address, to.map(({ address }) => address), thread_name]),
    [
      [ALEX, [SAM, KIM], 'Sunday league'],
      [SAM, [ALEX, KIM], 'Sunday league'],
    ],
  )
})

test('a message without sender, conversation, text or date is still a record', async (t) => {
  const { messages } = await read(t, [
    ...message(1, null, { handle_id: 0, date: null, service: null }),
    ...message(2, 1, { handle_id: 99, text: 'x', date: 0 }),
    ...message(3, 77, { handle_id: 2, text: 'y' }),
  ])
  assert.deepEqual(messages[0], {
    kind: 'message',
    app: 'sms',
    direction: 'in',
    to: [],
    message_id: 'GUID-1',
    attachments: [],
  })
  assert.deepEqual([messages[1]?.from, messages[1]?.time, messages[1]?.time_raw], [{ address: SAM }, undefined, '0'])
  assert.deepEqual([messages[2]?.from, messages[2]?.thread], [{ address: ALEX }, undefined])
})

test('a message that stands in several conversations is one record, in the oldest of them', async (t) => {
  for (const schema of [IOS_6, IOS_11, IOS_18]) {
    const people = schema === IOS_6 ? PEOPLE.map(withoutName) : PEOPLE
    const { messages } = await read(
      t,
      [
        ...message(1, 2, { text: 'x', handle_id: 1 }),
        ['chat_message_join', { chat_id: 1, message_id: 1 }],
        ...message(2, 2, { text: 'y', handle_id: 1 }),
      ],
      { schema, rows: people },
    )
    assert.deepEqual(
      messages.map(({ thread }) => thread),
      [`iMessage;-;${SAM}`, 'iMessage;+;chat100'],
    )
  }
})

/** iOS 6 gave conversations no names. */
const withoutName = ([table, values]: Row): Row => [
  table,
  Object.fromEntries(Object.entries(values).filter(([column]) => column !== 'display_name')),
]

test('seconds and nanoseconds since 2001 may stand in one file', async (t) => {
  const { messages } = await read(t, [
    ...message(1, 1, { text: 'before iOS 11', handle_id: 1, date: 469_908_586 }),
    ...message(2, 1, { text: 'after', handle_id: 1, date: 588_813_210_539_788_032n }),
  ])
  assert.deepEqual(
    messages.map(({ time, time_raw }) => [time, time_raw]),
    [
      ['2015-11-22T18:09:46.000Z', '469908586'],
      ['2019-08-29T23:13:30.539Z', '588813210539788032'],
    ],
  )
})

test('the text is that of the archive where the column is empty, and attachments leave no mark in it', async (t) => {
  const { messages, problems } = await read(t, [
    ...message(1, 1, { text: null, attributedBody: archiveOf('from the archive', true) }),
    ...message(2, 1, { text: '', attributedBody: archiveOf(' spaces stay ') }),
    ...message(3, 1, { text: '\ufffcand a word\ufffc' }),
    ...message(4, 1, { text: '\ufffc', attributedBody: archiveOf('\ufffc') }),
    ...message(5, 1, { text: null, attributedBody: archiveOf('\ufffcpicture \ufffc') }),
  ])
  assert.deepEqual(
    messages.map(({ body }) => body),
    ['from the archive', ' spaces stay ', 'and a word', undefined, 'picture '],
  )
  assert.deepEqual(problems, [])
})

test('a text that cannot be decoded is reported, once', async (t) => {
  const { messages, problems } = await read(t, [
    ...message(1, 1, { text: null, attributedBody: Buffer.from('not an archive') }),
    ...message(2, 1, { text: null, attributedBody: archiveOf('cut short here').subarray(0, 82) }),
  ])
  assert.equal(messages[0]?.body, undefined)
  assert.equal(messages[1]?.body, 'cut shor')
  assert.deepEqual(problems, [
    {
      code: 'value_odd',
      file: PATH,
      detail: 'message.attributedBody: a text that cannot be decoded, or not to its end',
    },
  ])
})

test('a reaction names the message and never quotes it', async (t) => {
  const quoting = { text: 'Liked “the secret”', attributedBody: archiveOf('Liked “the secret”'), handle_id: 1 }
  const summary = summaryOf({ 0: [[NOON, 'the secret']] })
  const { messages, all } = await read(t, [
    ...message(1, 1, { ...quoting, associated_message_type: 2001, associated_message_guid: 'p:0/GUID-X' }),
    ...message(2, 1, { ...quoting, associated_message_type: 3000, associated_message_guid: 'bp:GUID-X' }),
    ...message(3, 1, {
      ...quoting,
      associated_message_type: 2006,
      associated_message_guid: 'p:12/GUID-X',
      associated_message_emoji: '🎉',
      message_summary_info: summary,
      date_edited: 1,
    }),
    ...message(4, 1, { ...quoting, associated_message_type: 2042, associated_message_guid: 'GUID-X' }),
    ...message(5, 1, { ...quoting, associated_message_type: 1000, associated_message_guid: 'GUID-X' }),
  ])
  assert.deepEqual(
    messages.map(({ reaction }) => reaction),
    [
      { to: 'GUID-X', type: 'liked' },
      { to: 'GUID-X', type: 'loved', removed: true },
      { to: 'GUID-X', type: 'emoji', emoji: '🎉' },
      { to: 'GUID-X', type: 'reaction 42' },
      { to: 'GUID-X', type: 'sticker' },
    ],
  )
  assert.doesNotMatch(inspect([messages, all], { depth: 9 }), /secret/)
})

test('a reply names the message that it answers, not the one before it', async (t) => {
  const { messages } = await read(
    t,
    message(1, 1, { text: 'yes', reply_to_guid: 'GUID-BEFORE', thread_originator_guid: 'GUID-ASKED', subject: 'Re' }),
  )
  assert.equal(messages[0]?.reply_to, 'GUID-ASKED')
  assert.equal(messages[0]?.subject, 'Re')
})

test('what happens to a group is told in a word, with whom it is about', async (t) => {
  const { messages } = await read(t, [
    handle(9, '+447700900009'),
    ...message(1, 2, { handle_id: 1, item_type: 1, group_action_type: 0, other_handle: 9 }),
    ...message(2, 2, { handle_id: 1, item_type: 1, group_action_type: 1, other_handle: 3 }),
    ...message(3, 2, { handle_id: 1, item_type: 2, group_title: 'New name' }),
    ...message(4, 2, { handle_id: 2, item_type: 3 }),
    ...message(5, 2, { handle_id: 2, item_type: 3, group_action_type: 1 }),
    ...message(6, 1, { handle_id: 1, item_type: 4, share_status: 1 }),
    ...message(7, 1, { handle_id: 1, item_type: 42 }),
    ...message(8, 1, {
      handle_id: 1,
      balloon_bundle_id:
        'com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.apple.findmy.FindMyMessagesApp',
    }),
    ...message(9, 1, {
      handle_id: 1,
      text: 'https://example.org/',
      balloon_bundle_id: 'com.apple.messages.URLBalloonProvider',
      payload_data: Buffer.from('preview'),
    }),
  ])
  assert.deepEqual(
    messages.map(({ system, thread_name }) => [system, thread_name]),
    [
      ['participant_added', 'Sunday league'],
      ['participant_removed', 'Sunday league'],
      ['group_renamed', 'New name'],
      ['participant_left', 'Sunday league'],
      ['group_photo_changed', 'Sunday league'],
      ['location_sharing_stopped', undefined],
      ['item_type 42', undefined],
      ['com.apple.findmy.FindMyMessagesApp', undefined],
      [undefined, undefined],
    ],
  )
  assert.deepEqual(
    messages[0]?.to.map(({ address }) => address),
    [ALEX, KIM, '+447700900009'],
  )
  assert.deepEqual(
    messages[1]?.to.map(({ address }) => address),
    [ALEX, KIM],
  )
})

test('an edited message has its last text as body and the others as edits, oldest first', async (t) => {
  const history = summaryOf({
    0: [
      [NOON, 'first'],
      [NOON + 60, 'second'],
      [NOON + 120.5, 'third'],
    ],
  })
  const { messages } = await read(t, [
    ...message(1, 1, { text: 'third', date_edited: 1, message_summary_info: history, handle_id: 1 }),
    ...message(2, 1, { text: null, date_edited: 1, message_summary_info: history, handle_id: 1 }),
    ...message(3, 1, { text: null, message_summary_info: history, handle_id: 1 }),
    ...message(4, 1, { text: 'not edited', message_summary_info: history, handle_id: 1 }),
  ])
  const edits = [
    { time: '2026-03-01T12:00:00.000Z', body: 'first' },
    { time: '2026-03-01T12:01:00.000Z', body: 'second' },
  ]
  assert.deepEqual(
    messages.map(({ body, edits, unsent }) => [body, edits, unsent]),
    [
      ['third', edits, undefined],
      ['third', edits, undefined],
      ['third', edits, undefined],
      ['not edited', undefined, undefined],
    ],
  )
})

test('a message that was taken back says so, and what it said before is an edit', async (t) => {
  const { messages } = await read(t, [
    ...message(1, 1, { text: null, date_retracted: 5, message_summary_info: summaryOf({}, [0]), handle_id: 1 }),
    ...message(2, 1, {
      text: null,
      date_edited: 5,
      message_summary_info: summaryOf({ 0: [[NOON, 'was said']] }, [0]),
      handle_id: 1,
    }),
    ...message(3, 1, {
      text: null,
      date_edited: 5,
      message_summary_info: Buffer.from('bplist00 spoilt'),
      handle_id: 1,
    }),
  ])
  assert.deepEqual(
    messages.map(({ body, edits, unsent }) => [body, edits, unsent]),
    [
      [undefined, undefined, true],
      [undefined, [{ time: '2026-03-01T12:00:00.000Z', body: 'was said' }], true],
      [undefined, undefined, undefined],
    ],
  )
})

test('deleted messages that iOS still keeps are counted and may never be read', async (t) => {
  const { table, database } = await read(t, [
    ...message(1, 1, { text: 'kept', handle_id: 1 }),
    ...message(2, null, { text: 'deleted', handle_id: 1 }),
    ['chat_recoverable_message_join', { chat_id: 1, message_id: 2, delete_date: 5 }],
    ['chat_recoverable_message_join', { chat_id: 1, message_id: null, delete_date: 5 }],
    ['deleted_messages', { guid: 'GUID-GONE' }],
  ])
  const [never] = table.never ?? []
  assert.equal(never?.reason, 'deleted')
  const count = (where: string) =>
    database.all(`SELECT m.ROWID AS id FROM ${table.from} WHERE ${where}`).map(({ id }) => id)
  assert.deepEqual(count(String(never?.where)), [2])
  assert.deepEqual(count(`NOT (${never?.where})`), [1])
})

test('attachments are named with their size, and found where the source keeps them', async (t) => {
  const rows = [
    ...message(1, 1, { text: '\ufffc\ufffc', handle_id: 1 }),
    ...message(2, 1, { text: 'none', handle_id: 1 }),
    [
      'attachment',
      {
        ROWID: 5,
        guid: 'A5',
        filename: '~/Library/SMS/Attachments/ab/11/A5/IMG_1.HEIC',
        transfer_name: 'IMG_1.HEIC',
        mime_type: 'image/heic',
        total_bytes: 12,
      },
    ],
    ['attachment', { ROWID: 6, guid: 'A6', filename: '/var/mobile/Library/SMS/Attachments/cd/12/A6/note.pdf' }],
    [
      'attachment',
      {
        ROWID: 7,
        guid: 'A7',
        filename: '~/Library/SMS/Attachments/cd/13/A7/X.pluginPayloadAttachment',
        transfer_name: 'X.pluginPayloadAttachment',
      },
    ],
    ['attachment', { ROWID: 8, guid: 'A8' }],
    ...[6, 5, 7, 8, 99].map((id): Row => ['message_attachment_join', { message_id: 1, attachment_id: id }]),
  ] as Row[]
  const expected = [
    { name: 'IMG_1.HEIC', media_type: 'image/heic', bytes: 12, taken: false },
    { name: 'note.pdf', taken: false },
    { name: '', taken: false },
  ]
  for (const [path, file] of [
    ['HomeDomain/Library/SMS/sms.db', 'MediaDomain/Library/SMS/Attachments/ab/11/A5/IMG_1.HEIC'],
    ['private/var/mobile/Library/SMS/sms.db', 'private/var/mobile/Library/SMS/Attachments/ab/11/A5/IMG_1.HEIC'],
    ['filesystem2/mobile/Library/SMS/sms.db', 'filesystem2/mobile/Library/SMS/Attachments/ab/11/A5/IMG_1.HEIC'],
    ['phone/sms.db', 'phone/Attachments/ab/11/A5/IMG_1.HEIC'],
  ] as const) {
    const { messages, table, all } = await read(t, rows, { path, files: { [file]: 'a picture' } })
    assert.deepEqual(
      messages.map(({ attachments }) => attachments),
      [expected, []],
    )
    assert.deepEqual(
      all.map(({ row }) => table.attachmentFiles?.(row).map((found) => found?.path)),
      [[file, undefined, undefined], []],
    )
  }
})

test('whatever stands in a row, SQL decides by the text, the conversation and the people that its record shows', async (t) => {
  const text = fc.oneof(
    fc.constantFrom(null, '', '\ufffc', 'a\ufffcb', 'a\0b', Buffer.from('bytes')),
    fc.string({ unit: 'grapheme' }),
  )
  const archive = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'grapheme' }).map((one) => archiveOf(one)),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  )
  const values = fc.record({
    text,
    attributedBody: archive,
    handle_id: fc.constantFrom(0, 1, 2, 3, 4, 9),
    is_from_me: fc.constantFrom(0, 1, null),
    associated_message_type: fc.constantFrom(0, 0, null, 2, 1000, 2003, 3001),
    item_type: fc.constantFrom(0, 0, 1, 3, null),
    other_handle: fc.constantFrom(0, 2, 3),
    date_edited: fc.constantFrom(0, 5, null),
    date: fc.constantFrom(0, NOON, null, 'soon', 1.5, -1, BigInt(NOON) * NANO),
    message_summary_info: fc.constantFrom(
      null,
      summaryOf({ 0: [[NOON, 'one']] }),
      summaryOf({}, [0]),
      Buffer.from('bplist00'),
    ),
  })
  const chat = fc.constantFrom(null, 1, 2, 77)
  const [rows] = fc.sample(fc.array(fc.tuple(values, chat), { minLength: 400, maxLength: 400 }), {
    numRuns: 1,
    seed: 3,
  })
  const { messages } = await read(
    t,
    (rows ?? []).flatMap(([one, chat], at) => message(at + 1, chat, one as Values)),
  )
  assert.equal(messages.length, 400)
})

test('a database of iOS 6 is read by the columns that it has', async (t) => {
  const { messages } = await read(t, message(1, 1, { text: 'old', handle_id: 1, date: 400_000_000 }), {
    schema: IOS_6,
    rows: PEOPLE.map(withoutName),
  })
  assert.equal(messages[0]?.body, 'old')
  assert.equal(messages[0]?.time, '2013-09-04T15:06:40.000Z')
})

test('a conversation of two without its member is known by its own name', async (t) => {
  const { messages } = await read(t, [
    ['chat', { ROWID: 8, guid: 'SMS;-;66777', style: 45, chat_identifier: '66777' }],
    ...message(1, 8, { text: 'x', handle_id: 0, is_from_me: 1 }),
  ])
  assert.deepEqual(messages[0]?.to, [{ address: '66777' }])
})

test('messages as iOS 5 kept them, and any other schema, are named and not read as none', async (t) => {
  const old = await make(t, { path: 'sms.db', schema: `${IOS_5} PRAGMA user_version = 15` })
  assert.deepEqual(iosSms.describe(old.database, old.context), {
    notRecognised:
      'messages as iOS 5 and older kept them: no column message.guid, no column message.handle_id, no column message.is_from_me (user_version 15)',
  })
  const other = await make(t, { path: 'sms.db', schema: 'CREATE TABLE letter (x); PRAGMA user_version = 3' })
  assert.deepEqual(iosSms.describe(other.database, other.context), {
    notRecognised: 'no table message (user_version 3)',
  })
})

test('the database is found by its place in every layout, and by its tables where it lies loose', async (t) => {
  const blob = '3d0d7e5fb2ce288813306e4d4636395e047a3d28'
  for (const path of [
    PATH,
    'private/var/mobile/Library/SMS/sms.db',
    'sms.db',
    'chat.db',
    `3d/${blob}`,
    blob,
    'Users/x/Library/Messages/chat.db',
  ])
    assert.ok(iosSms.locates(path), path)
  for (const path of [
    'Library/SMS/sms.db-wal',
    'data/com.android.providers.telephony/databases/mmssms.db',
    'Documents/chat.db',
    'SMS.DB',
  ])
    assert.ok(!iosSms.locates(path), path)
  const { database } = await make(t, { path: PATH, schema: IOS_6 })
  assert.ok(iosSms.recognises(database.tables))
  assert.ok(!iosSms.recognises(new Map([['message', new Set(['_id', 'text'])]])))
})
