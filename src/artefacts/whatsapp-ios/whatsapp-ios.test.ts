import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../records/index.ts'
import { concerning, onPhone, type ReadRow, rowsOf } from '../whatsapp/generated-phone.ts'
import { CHAT_STORAGE } from './chat-storage.ts'
import { whatsappIos } from './whatsapp-ios.ts'

const ME = '447700900999@s.whatsapp.net'
const SAM = '447700900123@s.whatsapp.net'
const KIM = '447700900456@s.whatsapp.net'
const LEE = '205690463334636@lid'
const GROUP = '120363000000000001@g.us'
const FOLDER = 'private/var/mobile/Containers/Shared/AppGroup/694FBBC5-2E69-480A-A25B-FF8CC038BEF8'
const DATABASE = `${FOLDER}/ChatStorage.sqlite`
const PICTURE = 'Media/447700900123@s.whatsapp.net/a/b/picture.jpg'

const ROWS = `
INSERT INTO ZWACHATSESSION (Z_PK, ZCONTACTJID, ZPARTNERNAME, ZSESSIONTYPE) VALUES
  (1, '${SAM}', 'Sam Example', 0), (2, '${GROUP}', 'Sunday football', 1), (3, '447700900456@status', NULL, 3),
  (4, '${LEE}', 'Lee', 0);
INSERT INTO ZWAGROUPMEMBER (Z_PK, ZCHATSESSION, ZMEMBERJID, ZCONTACTNAME, ZFIRSTNAME, ZISACTIVE) VALUES
  (1, 2, '${SAM}', 'Sam Example', 'Sam', 1), (2, 2, '${KIM}', NULL, NULL, 1), (3, 2, '${ME}', NULL, NULL, 1), (4, 2, '${LEE}', NULL, NULL, 0);
INSERT INTO ZWAPROFILEPUSHNAME (Z_PK, ZJID, ZPUSHNAME) VALUES (1, '${KIM}', 'kim 🌻'), (2, '${SAM}', 'sammy');
INSERT INTO ZWAMEDIAITEM (Z_PK, ZMESSAGE, ZMEDIALOCALPATH, ZTITLE, ZVCARDSTRING, ZVCARDNAME, ZFILESIZE, ZLATITUDE, ZLONGITUDE, ZXMPPTHUMBPATH, ZMETADATA) VALUES
  (1, 3, '${PICTURE}', 'the harbour', 'image/jpeg', 'hash', 4096, 452, 603, 'Media/a.thumb', NULL),
  (2, 4, '/Media/x/doc.pdf', 'Invoice.pdf', 'application/pdf', NULL, 100, 0, 0, NULL, NULL),
  (3, 5, NULL, 'The Anchor', NULL, NULL, 0, 51.5, -0.125, 'Media/map.thumb', NULL),
  (4, 6, 'Media/preview.jpg', 'page title', NULL, NULL, 0, 0, 0, NULL, NULL),
  (5, 7, NULL, NULL, NULL, NULL, 0, 0, 0, NULL, CAST(x'2A1433413236363439413041343936333737434230319A0108' || 'their words' AS BLOB)),
  (6, 8, NULL, NULL, 'BEGIN:VCARD' || char(10) || 'FN:Pat' || char(10) || 'TEL;type=CELL:+44 7700 900789' || char(10) || 'END:VCARD', 'Pat', 0, 0, 0, NULL, NULL),
  (7, 9, 'Media/gone.jpg', 'gone', 'image/jpeg', NULL, 5, 0, 0, NULL, NULL);
INSERT INTO ZWAMESSAGEDATAITEM (Z_PK, ZMESSAGE, ZTITLE, ZSUMMARY) VALUES (1, 6, 'page title', 'page summary');
INSERT INTO ZWAMESSAGE (Z_PK, ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZGROUPEVENTTYPE, ZMESSAGEDATE, ZFROMJID, ZTOJID, ZGROUPMEMBER, ZMEDIAITEM, ZTEXT, ZSTANZAID) VALUES
  (1, 1, 0, 0, 0, 700000000.25, '${SAM}', '${ME}', NULL, NULL, 'see you at six', 'A1'),
  (2, 1, 1, 0, 0, 700000060, NULL, '${SAM}', NULL, NULL, 'fine', 'A2'),
  (3, 1, 0, 1, 0, 700000120, '${SAM}', NULL, NULL, 1, NULL, 'A3'),
  (4, 1, 1, 8, 0, 700000180, NULL, '${SAM}', NULL, 2, NULL, 'A4'),
  (5, 1, 0, 5, 0, 700000240, '${SAM}', NULL, NULL, 3, NULL, 'A5'),
  (6, 1, 0, 7, 0, 700000300, '${SAM}', NULL, NULL, 4, 'look https://example.org/x', 'A6'),
  (7, 2, 0, 0, 0, 700000360, '${GROUP}', NULL, 2, 5, 'yes', 'A7'),
  (8, 2, 0, 4, 0, 700000420, '${GROUP}', NULL, 1, 6, NULL, 'A8'),
  (9, 2, 0, 14, 0, 700000480, '${GROUP}', NULL, 2, 7, 'was here', 'A9'),
  (10, 2, 0, 6, 1, 700000540, '${GROUP}', '${ME}', 1, NULL, 'Saturday football', 'A10'),
  (11, 2, 0, 6, 7, 700000600, '${GROUP}', '${ME}', 2, NULL, '${SAM}', 'A11'),
  (12, 2, 1, 0, 0, 700000660, NULL, '${GROUP}', NULL, NULL, 'all right', 'A12'),
  (13, 3, 0, 1, 0, 700000720, 'status@broadcast', NULL, NULL, NULL, NULL, 'A13'),
  (14, 4, 0, 0, 0, NULL, '${KIM}', NULL, NULL, NULL, 'who is this', 'A14'),
  (15, NULL, 0, 0, 0, 700000840, NULL, NULL, NULL, 99, 'alone', 'A15'),
  (16, 1, 0, 3, 0, 700000900, '${SAM}', NULL, NULL, 98, NULL, 'A16');
`

async function messages(): Promise<Map<number, ReadRow & { found: Message }>> {
  return onPhone(
    whatsappIos,
    DATABASE,
    CHAT_STORAGE + ROWS,
    (described) => {
      const rows = rowsOf(described, described.tables[0]!) as (ReadRow & { found: Message })[]
      return new Map(rows.map((row) => [row.key, row]))
    },
    [`${FOLDER}/Message/${PICTURE}`],
  )
}

test('every row of ZWAMESSAGE is one record, with the text and the place that SQL sees', async () => {
  const rows = await messages()
  assert.equal(rows.size, 16)
  for (const { found, sqlBody, sqlPlace } of rows.values()) {
    assert.equal(found.body ?? null, sqlBody)
    assert.deepEqual([found.place?.lat ?? null, found.place?.lon ?? null], sqlPlace)
  }
})

test('a message says which way it went, from and to whom, and when, to the millisecond', async () => {
  const rows = await messages()
  assert.deepEqual(rows.get(1)?.found, {
    kind: 'message',
    app: 'whatsapp',
    time: '2023-03-08T20:26:40.250Z',
    time_raw: '700000000.25',
    direction: 'in',
    from: { address: SAM, name: 'Sam Example' },
    to: [],
    thread: SAM,
    body: 'see you at six',
    message_id: 'A1',
    attachments: [],
  })
  assert.equal(rows.get(2)?.found.direction, 'out')
  assert.equal(rows.get(2)?.found.from, undefined)
  assert.deepEqual(rows.get(2)?.found.to, [{ address: SAM, name: 'Sam Example' }])
  assert.equal(rows.get(14)?.found.time, undefined)
})

test('a caption is the text of its picture; a document has its name; a picture has no place, whatever its size', async () => {
  const rows = await messages()
  const picture = rows.get(3)!
  assert.equal(picture.found.body, 'the harbour')
  assert.equal(picture.found.place, undefined)
  assert.deepEqual(picture.found.attachments, [
    { name: 'picture.jpg', media_type: 'image/jpeg', bytes: 4096, taken: false },
  ])
  assert.deepEqual(picture.files, [`${FOLDER}/Message/${PICTURE}`])
  const document = rows.get(4)!
  assert.equal(document.found.attachments[0]?.name, 'Invoice.pdf')
  assert.equal(document.found.body, undefined)
  assert.deepEqual(document.files, [undefined])
})

test('a place is taken from a message of a place, and its map is not a file that was sent', async () => {
  const place = (await messages()).get(5)!
  assert.deepEqual(place.found.place, { lat: 51.5, lon: -0.125 })
  assert.equal(place.found.body, 'The Anchor')
  assert.deepEqual(place.found.attachments, [])
})

test('nothing of a link preview is taken', async () => {
  const link = (await messages()).get(6)!
  assert.equal(link.found.body, 'look https://example.org/x')
  assert.deepEqual(link.found.attachments, [])
  assert.doesNotMatch(JSON.stringify(link), /page (title|summary)|preview\.jpg/)
})

test('an answer names the message that it answers and holds none of its words', async () => {
  const answer = (await messages()).get(7)!
  assert.equal(answer.found.reply_to, '3A26649A0A496377CB01')
  assert.doesNotMatch(JSON.stringify(answer.found), /their words/)
})

test('everybody in a group but the device user is a party, past members too, and who wrote is the sender', async () => {
  const rows = await messages()
  const { from, to, thread, thread_name } = rows.get(7)!.found
  assert.deepEqual(from, { address: KIM, name: 'kim 🌻' })
  assert.deepEqual(to, [{ address: SAM, name: 'Sam Example' }, { address: LEE }])
  assert.deepEqual([thread, thread_name], [GROUP, 'Sunday football'])
  assert.deepEqual(
    rows.get(12)!.found.to.map(({ address }) => address),
    [SAM, KIM, LEE],
  )
  for (const { found } of rows.values()) assert.doesNotMatch(JSON.stringify([found.from, found.to]), /447700900999/)
})

test('a shared contact is its name and its numbers', async () => {
  const card = (await messages()).get(8)!.found
  assert.equal(card.body, 'Pat')
  assert.equal(card.system, 'contact card: +44 7700 900789')
})

test('what was taken back has neither text nor file', async () => {
  const unsent = (await messages()).get(9)!.found
  assert.equal(unsent.unsent, true)
  assert.equal(unsent.body, undefined)
  assert.deepEqual(unsent.attachments, [])
})

test('events are records in words; only what somebody wrote is text', async () => {
  const rows = await messages()
  assert.equal(rows.get(10)?.found.body, 'Saturday football')
  assert.equal(rows.get(10)?.found.system, 'group subject changed')
  assert.equal(rows.get(11)?.found.body, undefined)
  assert.equal(rows.get(11)?.found.system, `removed from the group: ${SAM}`)
  assert.equal(rows.get(16)?.found.system, 'voice message or audio')
})

test("somebody's status is theirs, and a pseudonym and a number of one conversation are one person", async () => {
  const rows = await messages()
  assert.deepEqual(rows.get(13)?.found.from, { address: '447700900456@status', also: [KIM] })
  assert.deepEqual(rows.get(14)?.found.from, { address: KIM, also: [LEE], name: 'Lee' })
  assert.deepEqual(rows.get(15)?.found.to, [])
})

test('a scope that names somebody finds the same rows by SQL as in the records', async () => {
  await onPhone(whatsappIos, DATABASE, CHAT_STORAGE + ROWS, (described) => {
    for (const address of ['+44 7700 900123', '07700900456', LEE, ME, GROUP, '07700 900001']) {
      const { sql, read } = concerning(described, described.tables[0]!, address)
      assert.deepEqual(sql, read, address)
    }
    assert.deepEqual(concerning(described, described.tables[0]!, '07700900456').sql, [7, 8, 9, 10, 11, 12, 13, 14])
    assert.deepEqual(concerning(described, described.tables[0]!, ME).sql, [])
  })
})

test('an unknown schema is named with what it lacks, never read as no messages', async () => {
  const other = 'CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZTEXT); PRAGMA user_version = 9'
  await onPhone(whatsappIos, 'ChatStorage.sqlite', other, ({ notRecognised }) => {
    assert.match(notRecognised ?? '', /no column ZWAMESSAGE\.ZCHATSESSION.*no table ZWACHATSESSION \(user_version 9\)/)
  })
})

test('a database whose media items promise no unique key still gives one record a message', async () => {
  const odd = `CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID);
    CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION, ZISFROMME, ZMESSAGEDATE, ZMESSAGETYPE, ZTEXT);
    CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZMEDIALOCALPATH, ZTITLE);
    INSERT INTO ZWAMESSAGE VALUES (1, 7, 0, 700000000, 1, NULL), (2, 7, 0, x'00', 'x', 5);
    INSERT INTO ZWAMEDIAITEM VALUES (1, 1, 'Media/a.jpg', 'a'), (2, 1, 'Media/b.jpg', 'b')`
  await onPhone(whatsappIos, 'ChatStorage.sqlite', odd, (described) => {
    const rows = rowsOf(described, described.tables[0]!)
    assert.deepEqual(
      rows.map(({ key, sqlBody }) => [key, sqlBody]),
      [
        [1, 'a'],
        [2, null],
      ],
    )
  })
})

test('knows its file in every layout, and by its tables', () => {
  for (const path of [
    DATABASE,
    'AppDomainGroup-group.net.whatsapp.WhatsApp.shared/ChatStorage.sqlite',
    'AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared/ChatStorage.sqlite',
    '7c/7c7fba66680ef796b916b067077cc246adacf01d',
    'ChatStorage.sqlite',
  ])
    assert.ok(whatsappIos.locates(path), path)
  assert.ok(!whatsappIos.locates('ChatStorage.sqlite-wal'))
  const columns = new Set(['zisfromme', 'zmessagedate'])
  assert.ok(
    whatsappIos.recognises(
      new Map([
        ['ZWAMESSAGE', columns],
        ['ZWACHATSESSION', new Set()],
      ]),
    ),
  )
})
