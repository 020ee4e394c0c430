import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Message, rfc3339 } from '../../records/index.ts'
import { make, open, type Row, readAll, TESTDATA, tablesOf, without } from '../opened.fixture.ts'
import { iosSms } from './ios-sms.ts'
import { IOS_11 } from './schema.fixture.ts'
import { readSummary } from './summary.ts'

const CHAT_DB = 'ios-messages/imessage_chat.db'
const MVT = 'ios-messages/3d0d7e5fb2ce288813306e4d4636395e047a3d28'
const JOSH = 'ios-messages/expected/sms.sms.josh_ios15_ffs.json'

test('chat.db of plaso holds the ten messages that plaso finds in it', { skip: without(CHAT_DB) }, async (t) => {
  const opened = await open(t, join(TESTDATA, CHAT_DB), 'imessage_chat.db')
  assert.ok(iosSms.recognises(opened.database.tables))
  const [table] = tablesOf(iosSms, opened)
  assert.ok(table)
  const all = readAll(table, opened)
  const messages = all.map(({ found }) => found as Message)
  // What sqlite3 prints for `message`: ROWID, date as plaso converts it, sender or not, length of the text.
  assert.deepEqual(
    messages.map(({ time, direction, body }, at) => [all[at]?.key, time, direction, body?.length]),
    [
      [1, '2015-11-22T18:09:46.000Z', 'in', 336],
      [2, '2015-11-22T23:01:12.000Z', 'out', 170],
      [3, '2015-11-22T23:04:46.000Z', 'in', 90],
      [4, '2015-11-23T19:13:57.000Z', 'in', 79],
      [5, '2015-11-23T19:24:56.000Z', 'out', 36],
      [6, '2015-11-23T19:26:14.000Z', 'out', 102],
      [7, '2015-11-23T19:26:35.000Z', 'in', 14],
      [8, '2015-11-30T10:48:40.000Z', 'in', 33],
      [9, '2015-11-30T12:19:52.000Z', 'out', 20],
      [10, '2015-12-02T19:24:53.000Z', 'out', 73],
    ],
  )
  assert.deepEqual(
    messages.map(({ from, to }) => [from?.address, ...to.map(({ address }) => address)]),
    [1, 1, 1, 1, 1, 1, 1, 2, 2, 1].map((handle, at) => {
      const address = handle === 1 ? '447775455555' : 'xxxxxx2015@icloud.com'
      return messages[at]?.direction === 'in' ? [address] : [undefined, address]
    }),
  )
  assert.ok(messages.every(({ service, thread }) => service === 'iMessage' && thread?.startsWith('iMessage;-;')))
  assert.ok(all.every(({ found, body }) => (found as Message).body === body))
  assert.deepEqual(opened.problems, [])
})

test('sms.db of a backup holds the one message that MVT finds, without any conversation', {
  skip: without(MVT),
}, async (t) => {
  const opened = await open(t, join(TESTDATA, MVT), '3d0d7e5fb2ce288813306e4d4636395e047a3d28')
  assert.ok(iosSms.locates(opened.database.path))
  const [table] = tablesOf(iosSms, opened)
  assert.ok(table)
  const [only, ...others] = readAll(table, opened)
  assert.deepEqual(others, [])
  assert.deepEqual(only?.found, {
    kind: 'message',
    app: 'sms',
    direction: 'in',
    from: { address: 'apple' },
    to: [],
    time: '2019-08-29T23:13:30.539Z',
    time_raw: '588813210539788032',
    message_id: 'FDC6EC94-9D5A-434D-90FA-BF170E10A311',
    body: 'Please click here https://badbadbad.example.org/',
    attachments: [],
  })
})

test('the 48 rows that iLEAPP finds on an iOS 15 phone come out alike, row by row', {
  skip: without(JOSH),
}, async (t) => {
  const rows = JSON.parse(readFileSync(join(TESTDATA, JOSH), 'utf8')).data as Cells[]
  const inserted: Row[] = []
  const handles = [...new Set(rows.map(([, , , , , , , , , , , contact]) => contact))]
  for (const [at, id] of handles.entries()) inserted.push(['handle', { ROWID: at + 1, id, service: 'any' }])
  const chats = new Set<number>()
  for (const cells of rows) {
    const [seconds, , text, service, , , , , , , , contact, name, , , type, bytes, id, guid, chat, mine] = cells
    const handle = handles.indexOf(contact) + 1
    if (!chats.has(chat)) {
      chats.add(chat)
      inserted.push(['chat', { ROWID: chat, guid: `any;-;${contact}`, style: 45, chat_identifier: contact }])
      inserted.push(['chat_handle_join', { chat_id: chat, handle_id: handle }])
    }
    const date = BigInt(seconds - 978_307_200) * 1_000_000_000n
    const values = { ROWID: id, guid, text, service, date, is_from_me: mine, handle_id: handle }
    inserted.push(['message', { ...values, item_type: text === null ? 4 : 0 }])
    inserted.push(['chat_message_join', { chat_id: chat, message_id: id }])
    if (name === null) continue
    inserted.push([
      'attachment',
      { ROWID: id, guid: `A${id}`, transfer_name: name, mime_type: type, total_bytes: bytes },
    ])
    inserted.push(['message_attachment_join', { message_id: id, attachment_id: id }])
  }
  const opened = await make(t, { path: 'HomeDomain/Library/SMS/sms.db', schema: IOS_11, rows: inserted })
  const [table] = tablesOf(iosSms, opened)
  assert.ok(table)
  const found = readAll(table, opened).map((row) => ({ key: row.key, message: row.found as Message }))
  assert.equal(found.length, 48)
  assert.deepEqual(
    found.map(({ key, message }) => ({
      key,
      time: message.time,
      body: message.body ?? null,
      service: message.service,
      direction: message.direction,
      with: message.from?.address ?? message.to[0]?.address,
      attachments: message.attachments,
      guid: message.message_id,
    })),
    rows.map(([seconds, , text, service, direction, , , , , , , contact, name, , , type, bytes, id, guid]) => ({
      key: id,
      time: rfc3339(seconds * 1000),
      // On purpose: attachments leave no mark in a text.
      body: text?.replaceAll('\ufffc', '') || null,
      service,
      direction: direction === 'Incoming' ? 'in' : 'out',
      with: contact,
      // On purpose: previews of links are no attachments of a message.
      attachments:
        name === null || name.endsWith('.pluginPayloadAttachment')
          ? []
          : [{ name, ...(type !== null && { media_type: type }), bytes, taken: false }],
      guid,
    })),
  )
})

/** The columns of iLEAPP's table, in its order. */
type Cells = [
  seconds: number,
  read: unknown,
  text: string | null,
  service: string,
  direction: string,
  sent: unknown,
  delivered: unknown,
  deliveredAt: unknown,
  isRead: unknown,
  account: unknown,
  login: unknown,
  contact: string,
  name: string | null,
  file: unknown,
  at: unknown,
  type: string | null,
  bytes: number | null,
  id: number,
  guid: string,
  chat: number,
  mine: number,
]

const EDITED = 'ios-messages/edited_message'

for (const [name, expected] of [
  [
    'Edited',
    {
      edits: [
        [690513474.2725511, 'First message  '],
        [690513480.4685576, 'Edit 1'],
        [690513485.9718602, 'Edit 2'],
      ],
      current: 'Edited message',
      unsent: false,
    },
  ],
  [
    'EditedToLink',
    {
      edits: [[690514004.2710001, 'here we go!']],
      current: 'https://github.com/ReagentX/imessage-exporter/issues/10',
      unsent: false,
    },
  ],
  ['Deleted', { edits: [], current: null, unsent: true }],
] as const)
  test(`the history ${name} of a real phone is read`, { skip: without(`${EDITED}/${name}.plist`) }, () => {
    const edits = expected.edits.map(([seconds, body]) => ({
      time: rfc3339(Math.round((seconds + 978_307_200) * 1000)),
      body,
    }))
    assert.deepEqual(readSummary(readFileSync(join(TESTDATA, EDITED, `${name}.plist`))), { ...expected, edits })
  })
