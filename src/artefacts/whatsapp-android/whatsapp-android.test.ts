import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call, Message } from '../../records/index.ts'
import { concerning, type Described, onPhone, type ReadRow, rowsOf } from '../whatsapp/generated-phone.ts'
import { LEGACY_MSGSTORE, MSGSTORE } from './msgstore.ts'
import { whatsappAndroid } from './whatsapp-android.ts'

const DATABASE = 'data/data/com.whatsapp/databases/msgstore.db'
const SAM = '447700900123@s.whatsapp.net'
const KIM = '447700900456@s.whatsapp.net'
const KIM_HIDDEN = '205690463334636@lid'
const PAT_HIDDEN = '305690463334636@lid'
const GROUP = '120363000000000001@g.us'
const PICTURE = 'Media/WhatsApp Images/IMG-20260304-WA0001.jpg'
const ON_DISK = `data/media/0/Android/media/com.whatsapp/WhatsApp/${PICTURE}`

const ROWS = `
INSERT INTO jid (_id, user, server, type, raw_string) VALUES (1, 'status_me', '', 11, 'status_me'),
  (2, '447700900123', 's.whatsapp.net', 0, '${SAM}'), (3, '447700900456', 's.whatsapp.net', 0, '${KIM}'),
  (4, '120363000000000001', 'g.us', 1, '${GROUP}'), (5, '205690463334636', 'lid', 18, '${KIM_HIDDEN}'),
  (6, '305690463334636', 'lid', 18, '${PAT_HIDDEN}'), (7, 'status', 'broadcast', 5, 'status@broadcast'),
  (8, '447700900999', 's.whatsapp.net', 0, '447700900999@s.whatsapp.net'),
  (9, '447700900999', 's.whatsapp.net', 17, '447700900999:7@s.whatsapp.net'),
  (10, '447700900123', 's.whatsapp.net', 17, '447700900123:2@s.whatsapp.net');
INSERT INTO jid_map (lid_row_id, jid_row_id) VALUES (5, 3);
INSERT INTO chat (_id, jid_row_id, subject) VALUES (1, 2, NULL), (2, 4, 'Sunday football'), (3, 5, NULL), (4, 7, NULL);
INSERT INTO group_participant_user (group_jid_row_id, user_jid_row_id) VALUES (4, 1), (4, 2), (4, 5), (4, 6), (4, 8);
INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data, starred) VALUES
  (1, -1, 0, '-1', NULL, NULL, NULL, NULL, NULL),
  (2, 1, 0, 'K2', 0, 1772648527123, 0, 'see you at six', 0),
  (3, 1, 1, 'K3', 0, 1772648587000, 0, 'fine', 0),
  (4, 1, 0, 'K4', 0, 1772648647000, 1, NULL, 0),
  (5, 1, 0, 'K5', 0, 1772648707000, 9, NULL, 0),
  (6, 1, 0, 'K6', 0, 1772648767000, 5, NULL, 0),
  (7, 1, 0, 'K7', 0, 1772648827000, 0, 'look https://example.org/x', 0),
  (8, 2, 0, 'K8', 5, 1772648887000, 0, 'yes', 0),
  (9, 2, 0, 'K9', 6, 1772648947000, 4, 'Pat', 0),
  (10, 2, 0, 'K10', 2, 1772649007000, 15, NULL, 0),
  (11, 2, 0, 'K11', 2, 1772649067000, 7, 'Saturday football', 0),
  (12, 2, 0, 'K12', 2, 1772649127000, 7, '447700900456', 0),
  (13, 3, 0, 'K13', 0, 1772649187000, 0, 'hidden number', 0),
  (14, 4, 0, 'K14', 3, 0, 1, NULL, 0),
  (15, 2, 1, 'K15', 0, 1772649307000, 0, 'all right', 0),
  (16, 1, 0, 'K16', 0, 1772649367000, 0, 'as it reads now', 0),
  (17, 9, 0, 'K17', 99, 1772649427000, 0, 'of no chat', 0),
  (18, 1, 0, 'K18', 0, 1772649487000, 2, NULL, 0);
INSERT INTO message_media (message_row_id, file_path, mime_type, file_length, file_size, media_name, media_caption) VALUES
  (4, '${PICTURE}', 'image/jpeg', 4096, 4000, NULL, 'the harbour'),
  (5, 'Media/WhatsApp Documents/DOC-1.pdf', 'application/pdf', 0, 100, 'Invoice.pdf', NULL),
  (7, 'Media/preview.jpg', 'image/jpeg', 9, 9, NULL, NULL), (10, 'Media/gone.jpg', 'image/jpeg', 9, 9, NULL, 'gone');
INSERT INTO message_location (message_row_id, latitude, longitude, place_name) VALUES (6, 51.5, -0.125, 'The Anchor');
INSERT INTO message_text (message_row_id, page_title, description) VALUES (7, 'page title', 'page summary');
INSERT INTO message_quoted (message_row_id, chat_row_id, parent_message_chat_row_id, from_me, key_id, text_data) VALUES (8, 2, 2, 0, 'K2', 'their words');
INSERT INTO message_vcard (message_row_id, vcard) VALUES (9, 'BEGIN:VCARD' || char(10) || 'TEL;waid=1:+44 7700 900789' || char(10) || 'END:VCARD');
INSERT INTO message_revoked (message_row_id, revoked_key_id) VALUES (10, 'K10');
INSERT INTO message_system VALUES (11, 1), (12, 4);
INSERT INTO message_edit_info VALUES (16, 'K16', 1772649400000, 1772649399000);
INSERT INTO message_add_on (_id, chat_row_id, from_me, key_id, sender_jid_row_id, parent_message_row_id, timestamp, message_add_on_type) VALUES
  (1, 2, 0, 'R1', 5, 15, 1772649500000, 56), (2, 1, 1, 'R2', NULL, 2, 1772649600000, 56), (3, 1, 0, 'R3', 2, 3, 1772649700000, 56);
INSERT INTO message_add_on_reaction VALUES (1, '👍', 1772649499000), (2, '❤', 1772649599000), (3, '', 1772649699000);
INSERT INTO call_log (_id, jid_row_id, from_me, call_id, timestamp, video_call, duration, call_result, group_jid_row_id, call_creator_device_jid_row_id) VALUES
  (1, 2, 0, 'call:1', 1772650000000, 0, 65, 5, 0, 10), (2, 3, 1, 'call:2', 1772650100000, 1, 0, 2, 0, 9),
  (3, 2, 0, 'call:3', 1772650200000, 0, 0, 4, 0, 10), (4, 4, 0, 'call:4', 1772650300000, 1, 30, 5, 4, 10);
INSERT INTO call_log_participant_v2 (call_log_row_id, jid_row_id, call_result) VALUES (4, 2, 5), (4, 6, 5), (4, 8, 5);
`

const byKey = <T>(rows: readonly ReadRow[]) => new Map(rows.map((row) => [row.key, row as ReadRow & { found: T }]))
const tableOf = ({ tables }: Described, name: string) => {
  const table = tables.find((each) => each.table === name)
  assert.ok(table, name)
  return table
}

async function messages() {
  return onPhone(
    whatsappAndroid,
    DATABASE,
    MSGSTORE + ROWS,
    (found) => byKey<Message>(rowsOf(found, tableOf(found, 'message'))),
    [ON_DISK],
  )
}

test('every message is one record, with the text and the place that SQL sees; the placeholder is none', async () => {
  const rows = await messages()
  assert.deepEqual(
    [...rows.keys()],
    Array.from({ length: 17 }, (_, at) => at + 2),
  )
  for (const { found, sqlBody, sqlPlace } of rows.values()) {
    assert.equal(found.body ?? null, sqlBody)
    assert.deepEqual([found.place?.lat ?? null, found.place?.lon ?? null], sqlPlace)
  }
})

test('a message says which way it went, from and to whom, and when', async () => {
  const rows = await messages()
  assert.deepEqual(rows.get(2)?.found, {
    kind: 'message',
    app: 'whatsapp',
    time: '2026-03-04T18:22:07.123Z',
    time_raw: '1772648527123',
    direction: 'in',
    from: { address: SAM },
    to: [],
    thread: SAM,
    body: 'see you at six',
    message_id: 'K2',
    attachments: [],
  })
  assert.equal(rows.get(3)?.found.direction, 'out')
  assert.deepEqual([rows.get(3)?.found.from, rows.get(3)?.found.to], [undefined, [{ address: SAM }]])
  assert.equal(rows.get(14)?.found.time, undefined)
})

test('a number hidden behind a pseudonym is known under both, in conversations, groups and statuses', async () => {
  const rows = await messages()
  const kim = { address: KIM, also: [KIM_HIDDEN] }
  assert.deepEqual(rows.get(13)?.found.from, kim)
  assert.deepEqual(rows.get(8)?.found.from, kim)
  assert.deepEqual(rows.get(14)?.found.from, kim)
  assert.equal(rows.get(13)?.found.thread, KIM_HIDDEN)
})

test('everybody in a group but the device user is a party', async () => {
  const rows = await messages()
  assert.deepEqual(rows.get(8)?.found.to, [{ address: SAM }, { address: PAT_HIDDEN }])
  assert.deepEqual(
    rows.get(15)?.found.to.map(({ address }) => address),
    [SAM, KIM, PAT_HIDDEN],
  )
  assert.deepEqual([rows.get(8)?.found.thread, rows.get(8)?.found.thread_name], [GROUP, 'Sunday football'])
})

test('captions are text, documents have names, media is found on the shared storage', async () => {
  const rows = await messages()
  assert.equal(rows.get(4)?.found.body, 'the harbour')
  assert.deepEqual(rows.get(4)?.found.attachments, [
    { name: 'IMG-20260304-WA0001.jpg', media_type: 'image/jpeg', bytes: 4096, taken: false },
  ])
  assert.deepEqual(rows.get(4)?.files, [ON_DISK])
  assert.deepEqual(rows.get(5)?.found.attachments, [
    { name: 'Invoice.pdf', media_type: 'application/pdf', bytes: 100, taken: false },
  ])
  assert.deepEqual(rows.get(5)?.files, [undefined])
  assert.deepEqual(rows.get(6)?.found.place, { lat: 51.5, lon: -0.125 })
  assert.equal(rows.get(6)?.found.body, 'The Anchor')
})

test('nothing of a link preview, of what is quoted, or of what was taken back is read', async () => {
  const rows = await messages()
  assert.deepEqual(rows.get(7)?.found.attachments, [])
  assert.equal(rows.get(8)?.found.reply_to, 'K2')
  assert.equal(rows.get(10)?.found.unsent, true)
  assert.doesNotMatch(JSON.stringify([...rows.values()]), /page title|page summary|preview|their words|gone/)
})

test('events, cards and edits are told in words; only what somebody wrote is text', async () => {
  const rows = await messages()
  assert.equal(rows.get(9)?.found.system, 'contact card: +44 7700 900789')
  assert.deepEqual(
    [rows.get(11)?.found.body, rows.get(11)?.found.system],
    ['Saturday football', 'group subject changed'],
  )
  assert.deepEqual(
    [rows.get(12)?.found.body, rows.get(12)?.found.system],
    [undefined, 'joined the group: 447700900456'],
  )
  assert.deepEqual(rows.get(16)?.found.edits, [{ time: '2026-03-04T18:36:07.000Z' }])
  assert.equal(rows.get(18)?.found.system, 'voice message or audio')
})

test('a reaction is a record of its own, that names its message by key', async () => {
  await onPhone(whatsappAndroid, DATABASE, MSGSTORE + ROWS, (found) => {
    const rows = byKey<Message>(rowsOf(found, tableOf(found, 'message_add_on_reaction')))
    assert.deepEqual(rows.get(1)?.found, {
      kind: 'message',
      app: 'whatsapp',
      time: '2026-03-04T18:38:20.000Z',
      time_raw: '1772649500000',
      direction: 'in',
      from: { address: KIM, also: [KIM_HIDDEN] },
      to: [{ address: SAM }, { address: PAT_HIDDEN }],
      thread: GROUP,
      thread_name: 'Sunday football',
      reaction: { to: 'K15', type: '👍' },
      message_id: 'R1',
      attachments: [],
    })
    assert.equal(rows.get(2)?.found.direction, 'out')
    assert.deepEqual(rows.get(3)?.found.reaction, { to: 'K3', type: '', removed: true })
  })
})

test('calls say who called whom, for how long and how it ended', async () => {
  await onPhone(whatsappAndroid, DATABASE, MSGSTORE + ROWS, (found) => {
    const rows = byKey<Call>(rowsOf(found, tableOf(found, 'call_log')))
    assert.deepEqual(rows.get(1)?.found, {
      kind: 'call',
      app: 'whatsapp',
      time: '2026-03-04T18:46:40.000Z',
      time_raw: '1772650000000',
      direction: 'in',
      from: { address: SAM },
      to: [],
      duration_seconds: 65,
      outcome: 'answered',
      attachments: [],
    })
    const out = rows.get(2)!.found
    assert.deepEqual([out.direction, out.outcome, out.video], ['out', 'unanswered', true])
    assert.deepEqual(out.to, [{ address: KIM, also: [KIM_HIDDEN] }])
    assert.equal(rows.get(3)?.found.outcome, 'missed')
    const group = rows.get(4)!.found
    assert.equal(group.from?.address, '447700900123:2@s.whatsapp.net')
    // 447700900999 is the device user: their own calls say so.
    assert.deepEqual(group.to, [{ address: SAM }, { address: PAT_HIDDEN }])
  })
})

test('a scope that names somebody finds the same rows by SQL as in the records, under any spelling', async () => {
  await onPhone(whatsappAndroid, DATABASE, MSGSTORE + ROWS, (found) => {
    for (const table of found.tables)
      for (const address of ['07700 900123', KIM, KIM_HIDDEN, PAT_HIDDEN, GROUP, '07700900999', '07700900001']) {
        const { sql, read } = concerning(found, table, address)
        assert.deepEqual(sql, read, `${table.table} ${address}`)
      }
    assert.deepEqual(concerning(found, tableOf(found, 'message'), KIM).sql, [8, 9, 10, 11, 12, 13, 14, 15])
    assert.deepEqual(concerning(found, tableOf(found, 'call_log'), PAT_HIDDEN).sql, [4])
  })
})

test('what the user has deleted and the app not yet cleared away is counted and never read', async () => {
  const job = `INSERT INTO deleted_chat_job (chat_row_id, deleted_message_row_id, deleted_starred_message_row_id, deleted_categories_message_row_id, deleted_message_categories)
    VALUES (1, 5, 2, 7, '"9""0"'); UPDATE message SET starred = 1 WHERE _id = 4`
  await onPhone(whatsappAndroid, DATABASE, MSGSTORE + ROWS + job, (found) => {
    const rows = rowsOf(found, tableOf(found, 'message'))
    // Starred ones were kept; of the later ones only texts and documents went.
    assert.deepEqual(
      rows.filter(({ never }) => never).map(({ key }) => key),
      [2, 3, 5, 7],
    )
    const reactions = rowsOf(found, tableOf(found, 'message_add_on_reaction'))
    assert.deepEqual(
      reactions.filter(({ never }) => never).map(({ key }) => key),
      [2, 3],
    )
  })
})

test('files of before jid_map, reactions, edits and calls are read without them', async () => {
  const early = `CREATE TABLE jid (_id INTEGER PRIMARY KEY, raw_string TEXT); CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER);
    CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, key_id TEXT, timestamp INTEGER, text_data TEXT, message_type INTEGER);
    INSERT INTO jid VALUES (1, '${SAM}'); INSERT INTO chat VALUES (1, 1); INSERT INTO message VALUES (2, 1, 0, 'K', 1772648527123, 'hello', 0)`
  await onPhone(whatsappAndroid, 'msgstore.db', early, (found) => {
    assert.deepEqual(
      found.tables.map(({ table }) => table),
      ['message'],
    )
    const [row] = rowsOf(found, found.tables[0]!) as (ReadRow & { found: Message })[]
    assert.deepEqual([row?.found.body, row?.found.from?.address], ['hello', SAM])
    assert.deepEqual(concerning(found, found.tables[0]!, SAM).sql, [2])
  })
})

const LEGACY_ROWS = `
INSERT INTO chat_list (key_remote_jid, subject) VALUES ('${GROUP}', 'Sunday football'), ('${SAM}', NULL);
INSERT INTO group_participants (gjid, jid) VALUES ('${GROUP}', ''), ('${GROUP}', '${SAM}'), ('${GROUP}', '${KIM}');
INSERT INTO messages_quotes (_id, key_remote_jid, key_id, data) VALUES (7, '${SAM}', 'K2', 'their words');
INSERT INTO messages (_id, key_remote_jid, key_from_me, key_id, status, data, timestamp, media_wa_type, media_mime_type, media_size, media_name, media_caption, latitude, longitude, remote_resource, quoted_row_id, thumb_image) VALUES
  (2, '${SAM}', 0, 'K2', 0, 'see you at six', 1488648127123, '0', NULL, 0, NULL, 'page title', 0, 0, '', 0, NULL),
  (3, '${SAM}', 1, 'K3', 13, 'fine', 1488648128000, '0', NULL, 0, NULL, NULL, 0, 0, NULL, 7, NULL),
  (4, '${GROUP}', 0, 'K4', 0, NULL, 1488648129000, '1', 'image/jpeg', 4096, NULL, 'the harbour', 0, 0, '${KIM}', 0,
    x'aced000573720074002d${Buffer.from(PICTURE).toString('hex')}78'),
  (5, '${GROUP}', 0, 'K5', 6, 'Saturday football', 1488648130000, '0', NULL, 1, NULL, NULL, 0, 0, '${SAM}', 0, NULL),
  (6, '${GROUP}', 0, 'K6', 6, NULL, 1488648131000, '0', NULL, 4, NULL, NULL, 0, 0, '${SAM}', 0, NULL),
  (7, '${SAM}', 0, 'K7', 0, NULL, 1488648132000, '5', NULL, 0, 'The Anchor', NULL, 51.5, -0.125, NULL, 0, NULL),
  (8, '${SAM}', 0, 'K8', 0, 'BEGIN:VCARD' || char(10) || 'TEL:+44 7700 900789', 1488648133000, '4', NULL, 0, 'Pat', NULL, 0, 0, NULL, 0, NULL),
  (9, '${SAM}', 0, 'K9', 0, 'was here', 1488648134000, '15', NULL, 0, NULL, NULL, 0, 0, NULL, 0, NULL),
  (10, '${GROUP}', 1, 'K10', 5, 'all right', 1488648135000, '0', NULL, 0, NULL, NULL, 0, 0, NULL, 0, NULL);
`

test('the old schema gives the same records: texts, groups, events, places, cards and media', async () => {
  const disk = `data/media/0/WhatsApp/${PICTURE}`
  await onPhone(
    whatsappAndroid,
    DATABASE,
    LEGACY_MSGSTORE + LEGACY_ROWS,
    (found) => {
      const rows = byKey<Message>(rowsOf(found, tableOf(found, 'messages')))
      assert.deepEqual([...rows.keys()], [2, 3, 4, 5, 6, 7, 8, 9, 10])
      for (const { found: message, sqlBody } of rows.values()) assert.equal(message.body ?? null, sqlBody)
      const first = rows.get(2)!.found
      assert.deepEqual(
        [first.body, first.from, first.time],
        ['see you at six', { address: SAM }, '2017-03-04T17:22:07.123Z'],
      )
      assert.deepEqual([rows.get(3)?.found.reply_to, rows.get(3)?.found.direction], ['K2', 'out'])
      const picture = rows.get(4)!
      assert.deepEqual([picture.found.from, picture.found.to], [{ address: KIM }, [{ address: SAM }]])
      assert.deepEqual([picture.found.body, picture.found.thread_name], ['the harbour', 'Sunday football'])
      assert.deepEqual(picture.files, [disk])
      assert.deepEqual(
        [rows.get(5)?.found.body, rows.get(5)?.found.system],
        ['Saturday football', 'group subject changed'],
      )
      assert.deepEqual([rows.get(6)?.found.body, rows.get(6)?.found.system], [undefined, 'joined the group'])
      assert.deepEqual(rows.get(7)?.found.place, { lat: 51.5, lon: -0.125 })
      assert.deepEqual([rows.get(8)?.found.body, rows.get(8)?.found.system], ['Pat', 'contact card: +44 7700 900789'])
      assert.deepEqual([rows.get(9)?.found.unsent, rows.get(9)?.found.body], [true, undefined])
      assert.doesNotMatch(JSON.stringify([...rows.values()]), /their words|page title|was here/)
      for (const address of ['+447700900123', KIM, '07700900001']) {
        const { sql, read } = concerning(found, tableOf(found, 'messages'), address)
        assert.deepEqual(sql, read, address)
      }
      assert.deepEqual(concerning(found, tableOf(found, 'messages'), KIM).sql, [4, 5, 6, 10])
    },
    [disk],
  )
})

test('a file that was being moved to the new schema gives each message once', async () => {
  const moved =
    LEGACY_MSGSTORE + LEGACY_ROWS + MSGSTORE + ROWS.replaceAll(/\((\d+), 1, ([01]), 'K(\d+)'/g, "($1, 1, $2, 'K$3'")
  await onPhone(whatsappAndroid, DATABASE, moved, (found) => {
    const now = rowsOf(found, tableOf(found, 'message')).map(({ key }) => key)
    const before = rowsOf(found, tableOf(found, 'messages')).map(({ key }) => key)
    assert.equal(now.length, 17)
    assert.deepEqual(before, [])
  })
  const half = `${LEGACY_MSGSTORE}${LEGACY_ROWS}${MSGSTORE}INSERT INTO message (_id, chat_row_id, from_me, key_id) VALUES (1, -1, 0, '-1'), (2, 1, 0, 'K2'), (3, 1, 0, 'other')`
  await onPhone(whatsappAndroid, DATABASE, half, (found) => {
    const keys = (name: string) => rowsOf(found, tableOf(found, name)).map(({ key }) => key)
    assert.deepEqual(keys('message'), [2, 3])
    assert.deepEqual(keys('messages'), [3, 4, 5, 6, 7, 8, 9, 10])
  })
})

test('an unknown schema is named with what it lacks, and a table that cannot be read is told of', async () => {
  const none = 'CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id, key_id); PRAGMA user_version = 3'
  await onPhone(whatsappAndroid, 'msgstore.db', none, ({ notRecognised }) => {
    assert.match(notRecognised ?? '', /no column message\.from_me.*no table jid \(user_version 3\)/)
  })
  const mixed = `${LEGACY_MSGSTORE}CREATE TABLE message (_id INTEGER PRIMARY KEY, words TEXT); INSERT INTO message VALUES (1, ''), (2, 'x');
    CREATE TABLE call_log (_id INTEGER PRIMARY KEY)`
  await onPhone(whatsappAndroid, 'msgstore.db', mixed, ({ tables, problems }) => {
    assert.deepEqual(
      tables.map(({ table }) => table),
      ['messages'],
    )
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['schema_not_recognised', 'schema_not_recognised'],
    )
  })
})

test('knows its file in every layout, and by its tables', () => {
  for (const path of [
    DATABASE,
    'data/user/0/com.whatsapp/databases/msgstore.db',
    'apps/com.whatsapp/db/msgstore.db',
    'apps/com.whatsapp.w4b/db/msgstore.db',
    'msgstore.db',
  ])
    assert.ok(whatsappAndroid.locates(path), path)
  assert.ok(!whatsappAndroid.locates('msgstore.db.crypt14'))
  assert.ok(whatsappAndroid.recognises(new Map([['message', new Set(['chat_row_id', 'key_id'])]])))
  assert.ok(whatsappAndroid.recognises(new Map([['messages', new Set(['key_remote_jid', 'media_wa_type'])]])))
  assert.ok(!whatsappAndroid.recognises(new Map([['message', new Set(['guid'])]])))
})
