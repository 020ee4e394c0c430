import assert from 'node:assert/strict'
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { exifBlock, heic, jpeg } from '../src/artefacts/dcim/sample-media.fixture.ts'
import { archiveOf, summaryOf } from '../src/artefacts/ios-sms/archive.fixture.ts'
import { makeSample } from '../src/sample/index.ts'
import { NEVER, NEVER_ON_IOS_ONLY } from '../src/sample/story/never-words.ts'
import {
  ANDROID_WHATSAPP,
  between,
  chatStorage,
  DCIM,
  GROUP_JID,
  IOS_WHATSAPP,
  IOS_WHATSAPP_FOLDER,
  IOS_WHATSAPP_MEDIA,
  KIM,
  milliseconds,
  msgstore,
  nanoseconds,
  PHOTOS,
  SAM,
  SAM_JID,
  seconds2001,
  SMS,
  smsDatabase,
} from './scope-traps/phones.ts'
import { takeFrom, TrappedPhone } from './scope-traps/trapped-phone.ts'

// DFW-1027 of SOLVE-IT, excluded data included: each trap on a phone with exactly that trap, and then a search of everything
// that the extraction left anywhere. Every test first holds that the trap is on the phone and that something beside it is taken.

const MESSAGES = { records: ['message'], apps: ['sms'] }
const WHATSAPP = { records: ['message'], apps: ['whatsapp'] }

test('DFW-1027: words of a left message that a taken answer quotes stay out (WhatsApp, iOS)', async () => {
  using phone = new TrappedPhone().database(
    IOS_WHATSAPP,
    chatStorage(`
      INSERT INTO ZWAMEDIAITEM (Z_PK, ZMESSAGE, ZMETADATA) VALUES
        (1, 2, CAST(x'2A1433413236363439413041343936333737434230319A0108' || 'quotedorchid' AS BLOB));
      INSERT INTO ZWAMESSAGE (Z_PK, ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE, ZFROMJID, ZTEXT, ZSTANZAID, ZMEDIAITEM) VALUES
        (1, 1, 0, 0, ${seconds2001(0)}, '${SAM_JID}', 'the quotedorchid is late', '3A26649A0A496377CB01', NULL),
        (2, 1, 1, 0, ${seconds2001(60)}, NULL, 'I know', 'A2', 1);`),
  )
  phone.holds('quotedorchid')
  const taken = await phone.take({ ...WHATSAPP, between: between(30, 90) })
  assert.deepEqual(taken.bodies, ['I know'])
  taken.nowhere('quotedorchid')
})

test('DFW-1027: words of a left message that a taken answer quotes stay out (WhatsApp, Android)', async () => {
  using phone = new TrappedPhone().database(
    ANDROID_WHATSAPP,
    msgstore(`
      INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data) VALUES
        (2, 1, 0, 'K2', 0, ${milliseconds(0)}, 0, 'the quotedorchid is late'), (3, 1, 1, 'K3', 0, ${milliseconds(60)}, 0, 'I know');
      INSERT INTO message_quoted (message_row_id, chat_row_id, parent_message_chat_row_id, from_me, key_id, text_data)
        VALUES (3, 1, 1, 0, 'K2', 'the quotedorchid is late');`),
  )
  phone.holds('quotedorchid')
  const taken = await phone.take({ ...WHATSAPP, between: between(30, 90) })
  assert.deepEqual(taken.bodies, ['I know'])
  taken.nowhere('quotedorchid')
})

test('DFW-1027: a reaction comes without the words of the left message that it quotes', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([
      { text: 'the quotedorchid is late', minute: 0 },
      { text: 'on my way', minute: 50 },
      {
        text: 'Liked “the quotedorchid is late”',
        minute: 60,
        more: {
          associated_message_type: 2001,
          associated_message_guid: 'p:0/G1',
          attributedBody: archiveOf('Liked “the quotedorchid is late”'),
          message_summary_info: summaryOf({ 0: [[1, 'the quotedorchid is late']] }),
        },
      },
    ]),
  )
  phone.holds('quotedorchid')
  const taken = await phone.take({ ...MESSAGES, between: between(30, 90) })
  assert.deepEqual(
    taken.records.map((record) => record.kind === 'message' && [record.body, record.reaction?.to]),
    [
      ['on my way', undefined],
      [undefined, 'G1'],
    ],
  )
  taken.nowhere('quotedorchid')
})

test('DFW-1027: thumbnails stay out, beside a picture that is taken and one that is left', async () => {
  using phone = new TrappedPhone()
    .database(
      IOS_WHATSAPP,
      chatStorage(`
        INSERT INTO ZWAMEDIAITEM (Z_PK, ZMESSAGE, ZMEDIALOCALPATH, ZVCARDSTRING, ZXMPPTHUMBPATH, ZFILESIZE) VALUES
          (1, 1, 'Media/one.jpg', 'image/jpeg', 'Media/one.thumb', 10), (2, 2, 'Media/two.jpg', 'image/jpeg', 'Media/two.thumb', 10);
        INSERT INTO ZWAMESSAGE (Z_PK, ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE, ZFROMJID, ZSTANZAID, ZMEDIAITEM) VALUES
          (1, 1, 0, 1, ${seconds2001(0)}, '${SAM_JID}', 'A1', 1), (2, 1, 0, 1, ${seconds2001(60)}, '${SAM_JID}', 'A2', 2);`),
    )
    .file(`${IOS_WHATSAPP_MEDIA}/Media/one.jpg`, 'leftpicture')
    .file(`${IOS_WHATSAPP_MEDIA}/Media/one.thumb`, 'leftthumbnail')
    .file(`${IOS_WHATSAPP_MEDIA}/Media/two.jpg`, 'takenpicture')
    .file(`${IOS_WHATSAPP_MEDIA}/Media/two.thumb`, 'takenthumbnail')
  phone.holds('leftpicture', 'leftthumbnail', 'takenpicture', 'takenthumbnail')
  const taken = await phone.take({ ...WHATSAPP, between: between(30, 90), attachments: true })
  assert.deepEqual(taken.placesOf('takenpicture'), ['the files taken'])
  taken.nowhere('leftpicture', 'leftthumbnail', 'takenthumbnail', 'one.jpg', '.thumb')
})

test('DFW-1027: thumbnails inside the database stay out (WhatsApp, Android)', async () => {
  using phone = new TrappedPhone().database(
    ANDROID_WHATSAPP,
    msgstore(`
      INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type) VALUES
        (2, 1, 0, 'K2', 0, ${milliseconds(0)}, 1);
      INSERT INTO message_media (message_row_id, file_path, mime_type) VALUES (2, 'Media/WhatsApp Images/IMG-1.jpg', 'image/jpeg');
      INSERT INTO message_thumbnail VALUES (2, CAST('leftthumbnail' AS BLOB));`),
  )
  phone.holds('leftthumbnail')
  const taken = await phone.take({ ...WHATSAPP, attachments: true })
  assert.equal(taken.records.length, 1)
  taken.nowhere('leftthumbnail')
})

test('DFW-1027: previews of links stay out, and so do the pictures that were fetched for them', async () => {
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase(
        [
          {
            text: 'https://example.org/x',
            more: {
              payload_data: Buffer.from('previewtitle'),
              balloon_bundle_id: 'com.apple.messages.URLBalloonProvider',
            },
          },
        ],
        (database) =>
          database.exec(`
            INSERT INTO attachment (ROWID, guid, filename, transfer_name, mime_type, total_bytes) VALUES
              (1, 'A1', '~/Library/SMS/Attachments/00/preview.pluginPayloadAttachment', 'preview.pluginPayloadAttachment', NULL, 12);
            INSERT INTO message_attachment_join VALUES (1, 1);`),
      ),
    )
    .file('private/var/mobile/Library/SMS/Attachments/00/preview.pluginPayloadAttachment', 'previewpicture')
    .database(
      IOS_WHATSAPP,
      chatStorage(`
        INSERT INTO ZWAMEDIAITEM (Z_PK, ZMESSAGE, ZTITLE, ZMEDIALOCALPATH) VALUES (1, 1, 'previewtitle', 'Media/preview.jpg');
        INSERT INTO ZWAMESSAGEDATAITEM (Z_PK, ZMESSAGE, ZTITLE, ZSUMMARY) VALUES (1, 1, 'previewtitle', 'previewsummary');
        INSERT INTO ZWAMESSAGE (Z_PK, ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE, ZFROMJID, ZTEXT, ZSTANZAID, ZMEDIAITEM) VALUES
          (1, 1, 0, 7, ${seconds2001(0)}, '${SAM_JID}', 'https://example.org/y', 'A1', 1);`),
    )
    .file(`${IOS_WHATSAPP_MEDIA}/Media/preview.jpg`, 'previewpicture')
  phone.holds('previewtitle', 'previewsummary', 'previewpicture')
  const taken = await phone.take({ records: ['message'], attachments: true })
  assert.deepEqual(taken.bodies, ['https://example.org/y', 'https://example.org/x'])
  taken.nowhere('previewtitle', 'previewsummary', 'previewpicture')
})

test('DFW-1027: pictures of contacts stay out, even of contacts that are taken', async () => {
  using phone = new TrappedPhone()
    .database(
      `${IOS_WHATSAPP_FOLDER}/ContactsV2.sqlite`,
      `CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZFULLNAME TEXT, ZPHONENUMBER TEXT, ZWHATSAPPID TEXT);
       INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1, 'Sam Example', '${SAM}', '${SAM_JID}')`,
    )
    .file(`${IOS_WHATSAPP_FOLDER}/Media/Profile/${SAM.slice(1)}-1700000000.jpg`, 'contactpicture')
    .database(
      'private/var/mobile/Library/AddressBook/AddressBookImages.sqlitedb',
      "CREATE TABLE ABFullSizeImage (record_id, data BLOB); INSERT INTO ABFullSizeImage VALUES (1, CAST('contactpicture' AS BLOB))",
    )
  phone.holds('contactpicture')
  const taken = await phone.take({ records: ['contact', 'media_item', 'message'], attachments: true })
  assert.deepEqual(taken.bodies, ['Sam Example'])
  taken.nowhere('contactpicture')
})

test('DFW-1027: full-text tables, which keep the words of left and of deleted messages, stay out', async () => {
  using phone = new TrappedPhone()
    .database(
      ANDROID_WHATSAPP,
      msgstore(`
        INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data) VALUES
          (2, 1, 0, 'K2', 0, ${milliseconds(60)}, 0, 'on my way');
        CREATE VIRTUAL TABLE message_ftsv2 USING fts4(content);
        INSERT INTO message_ftsv2 (docid, content) VALUES (1, 'indexedorchid'), (2, 'on my way');`),
    )
    .database(
      'data/user_de/0/com.android.providers.telephony/databases/mmssms.db',
      `CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, type INTEGER, body TEXT);
       CREATE TABLE threads (_id INTEGER PRIMARY KEY, recipient_ids TEXT, snippet TEXT);
       CREATE TABLE words (_id INTEGER PRIMARY KEY, index_text TEXT, source_id INTEGER, table_to_use INTEGER);
       INSERT INTO sms VALUES (1, 1, '${SAM}', ${milliseconds(60)}, 1, 'on my way too');
       INSERT INTO threads VALUES (1, '1', 'snippetorchid'); INSERT INTO words VALUES (9, 'indexedorchid', 9, 1);`,
    )
  phone.holds('indexedorchid', 'snippetorchid')
  const taken = await phone.take({ records: ['message'] })
  assert.deepEqual(taken.bodies.toSorted(), ['on my way', 'on my way too'])
  taken.nowhere('indexedorchid', 'snippetorchid')
})

test('DFW-1027: files of messages that were left stay out, by bytes and by name; so do files that no clause allows', async () => {
  const attachment = (row: number, name: string, message: number) => `
    INSERT INTO attachment (ROWID, guid, filename, transfer_name, mime_type, total_bytes) VALUES
      (${row}, 'A${row}', '~/Library/SMS/Attachments/${row}/${name}', '${name}', 'image/jpeg', 10);
    INSERT INTO message_attachment_join VALUES (${message}, ${row});`
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase(
        [
          { text: 'left', minute: 0 },
          { text: 'by a clause without files', minute: 60 },
          { text: 'by a clause with files', with: 2, minute: 60 },
        ],
        (database) =>
          database.exec(
            attachment(1, 'leftorchid.jpg', 1) + attachment(2, 'named.jpg', 2) + attachment(3, 'taken.jpg', 3),
          ),
      ),
    )
    .file('private/var/mobile/Library/SMS/Attachments/1/leftorchid.jpg', 'leftbytes')
    .file('private/var/mobile/Library/SMS/Attachments/2/named.jpg', 'namedbytes')
    .file('private/var/mobile/Library/SMS/Attachments/3/taken.jpg', 'takenbytes')
  phone.holds('leftbytes', 'namedbytes', 'takenbytes', 'leftorchid')
  const taken = await phone.take(
    { ...MESSAGES, between: between(30, 90), with: [SAM] },
    { ...MESSAGES, between: between(30, 90), with: [KIM], attachments: true },
  )
  assert.deepEqual(
    taken.records.map(({ attachments }) => attachments.map(({ name, taken: whole }) => [name, whole])),
    [[['named.jpg', false]], [['taken.jpg', true]]],
  )
  assert.deepEqual(taken.placesOf('takenbytes'), ['the files taken'])
  taken.nowhere('leftbytes', 'leftorchid', 'namedbytes')
  assert.ok(!taken.opened.some((path) => /leftorchid|named/.test(path)), 'they were not even opened')
})

test('DFW-1027: one file of two messages comes only for the one that may bring it', async () => {
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase([{ text: 'allowed' }, { text: 'without files', with: 2 }], (database) =>
        database.exec(`
          INSERT INTO attachment (ROWID, guid, filename, transfer_name, total_bytes) VALUES (1, 'A1', '~/Library/SMS/Attachments/1/a.jpg', 'a.jpg', 9);
          INSERT INTO message_attachment_join VALUES (1, 1), (2, 1);`),
      ),
    )
    .file('private/var/mobile/Library/SMS/Attachments/1/a.jpg', 'bytes of it')
  const taken = await phone.take({ ...MESSAGES, with: [SAM], attachments: true }, { ...MESSAGES, with: [KIM] })
  assert.deepEqual(
    taken.records.map(({ attachments }) =>
      attachments.map(({ taken: whole, sha256 }) => [whole, sha256 !== undefined]),
    ),
    [[[true, true]], [[false, false]]],
  )
})

test('DFW-1027: an edited message that is left leaves no version, and one is not taken for words that it no longer says', async () => {
  const edited = (versions: string[]) => ({
    date_edited: nanoseconds(61),
    message_summary_info: summaryOf({ 0: versions.map((text, at) => [794_059_200 + at, text] as const) }),
  })
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([
      { text: 'bring nothing', minute: 60, more: edited(['bring the formerorchid', 'bring nothing']) },
      { text: 'bring the lamp', minute: 62, more: edited(['bring the latterorchid', 'bring the lamp']) },
    ]),
  )
  const taken = await phone.take({ ...MESSAGES, containing: { any: ['formerorchid', 'lamp'] } })
  assert.deepEqual(taken.bodies, ['bring the lamp'])
  assert.deepEqual(
    taken.records.map((record) => record.kind === 'message' && record.edits?.map(({ body }) => body)),
    [['bring the latterorchid']],
    'what a taken message said before comes with it',
  )
  assert.deepEqual(taken.result.records.message?.left, { keyword: 1 })
  taken.nowhere('formerorchid', 'bring nothing')
})

test('DFW-1027: titles of groups of which every message was left stay out, and former titles of those that were taken', async () => {
  using phone = new TrappedPhone()
    .database(
      SMS,
      ...smsDatabase(
        [
          { text: null, minute: 0, chat: 4, more: { item_type: 2, group_title: 'Formerorchid' } },
          { text: 'see you', minute: 60, chat: 4 },
          { text: 'left', minute: 0, chat: 5 },
        ],
        (database) =>
          database.exec(`INSERT INTO chat (ROWID, guid, style, chat_identifier, display_name)
            VALUES (5, 'iMessage;+;chat5', 43, 'chat5', 'Otherorchid')`),
      ),
    )
    .database(
      IOS_WHATSAPP,
      chatStorage(`
        UPDATE ZWACHATSESSION SET ZPARTNERNAME = 'Thirdorchid' WHERE Z_PK = 3;
        INSERT INTO ZWAMESSAGE (Z_PK, ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZGROUPEVENTTYPE, ZMESSAGEDATE, ZFROMJID, ZTEXT, ZSTANZAID) VALUES
          (1, 3, 0, 6, 1, ${seconds2001(0)}, '${GROUP_JID}', 'Thirdorchid', 'A1');`),
    )
  phone.holds('Formerorchid', 'Otherorchid', 'Thirdorchid')
  const taken = await phone.take({ records: ['message'], between: between(30, 90) })
  assert.deepEqual(
    taken.records.map((record) => record.kind === 'message' && [record.body, record.thread_name]),
    [['see you', 'Sunday football']],
  )
  taken.nowhere('Formerorchid', 'Otherorchid', 'Thirdorchid')
})

test('DFW-1027: what the user deleted in the last 30 days is counted and never read, whoever asks (messages)', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([{ text: 'the deletedorchid' }, { text: 'kept' }], (database) =>
      database.exec(`DELETE FROM chat_message_join WHERE message_id = 1;
        INSERT INTO chat_recoverable_message_join (chat_id, message_id, delete_date) VALUES (1, 1, ${nanoseconds(70)})`),
    ),
  )
  phone.holds('deletedorchid')
  const taken = await phone.take(
    { records: ['message'] },
    { records: ['message'], containing: { any: ['deletedorchid'] } },
  )
  assert.deepEqual(taken.bodies, ['kept'])
  assert.deepEqual(taken.result.records.message, { total: 2, taken: 1, context: 0, left: { deleted: 1 } })
  // The word stands in the authorisation, which asks for it, and nowhere else.
  assert.deepEqual(taken.placesOf('the deletedorchid'), [])
})

test('DFW-1027: what the user deleted is no context either', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase(
      [
        { text: 'the deletedorchid', minute: 1 },
        { text: 'meet at six', minute: 2 },
        { text: 'fine', minute: 3 },
      ],
      (database) =>
        database.exec(
          `INSERT INTO chat_recoverable_message_join (chat_id, message_id, delete_date) VALUES (1, 1, ${nanoseconds(70)})`,
        ),
    ),
  )
  const taken = await phone.take({ records: ['message'], containing: { any: ['meet'] }, context: 5 })
  assert.deepEqual(taken.bodies, ['meet at six', 'fine'])
  taken.nowhere('deletedorchid')
})

const LIBRARY = `CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, ZTRASHEDSTATE INTEGER, ZDIRECTORY TEXT, ZFILENAME TEXT, ZTITLE TEXT);
  INSERT INTO ZASSET VALUES (1, 0, 'DCIM/100APPLE', 'IMG_0001.JPG', 'kept'), (2, 1, 'DCIM/100APPLE', 'IMG_0002.HEIC', 'libraryorchid'),
    (3, 1, 'PhotoData/CPLAssets', 'IMG_0001.JPG', NULL), (4, NULL, 'DCIM/100APPLE', 'IMG_0003.JPG', NULL)`

const camera = (comment: string) =>
  Buffer.concat([jpeg(exifBlock({ taken: '2026:03:01 12:00:00', offset: '+00:00' })), Buffer.from(comment)])

test('DFW-1027: pictures in Recently Deleted, and the films that belong to them, are counted and never opened', async () => {
  using phone = new TrappedPhone()
    .file(`${DCIM}/IMG_0001.JPG`, camera('keptbytes'))
    .file(`${DCIM}/IMG_0002.HEIC`, Buffer.concat([heic(exifBlock({})), Buffer.from('deletedbytes')]))
    .file(`${DCIM}/IMG_0002.MOV`, 'deletedbytes')
    .file(`${DCIM}/IMG_0003.JPG`, camera('third'))
    .database(PHOTOS, LIBRARY)
  phone.holds('deletedbytes', 'libraryorchid')
  const taken = await phone.take({ records: ['media_item'], attachments: true })
  assert.deepEqual(taken.bodies, ['IMG_0001.JPG', 'IMG_0003.JPG'])
  assert.deepEqual(taken.result.records.media_item, { total: 4, taken: 2, context: 0, left: { deleted: 2 } })
  assert.deepEqual(taken.opened, [`${DCIM}/IMG_0001.JPG`, `${DCIM}/IMG_0003.JPG`, PHOTOS])
  assert.deepEqual(
    taken.manifest.files.databases.map(({ path }) => path),
    [PHOTOS],
  )
  taken.nowhere('deletedbytes', 'IMG_0002', 'libraryorchid')
})

test('DFW-1027: the library of pictures is not opened unless pictures are asked for', async () => {
  using phone = new TrappedPhone().file(`${DCIM}/IMG_0001.JPG`, camera('')).database(PHOTOS, LIBRARY)
  const taken = await phone.take({ records: ['message', 'call', 'contact'] })
  assert.deepEqual(taken.opened, [])
})

for (const [says, table, code] of [
  ['of iOS 13 and before', 'ZGENERICASSET', undefined],
  ['of an unknown version', 'ZPICTURE', 'schema_not_recognised'],
] as const)
  test(`DFW-1027: a library of pictures ${says} ${code === undefined ? 'is read alike' : 'is told of'}`, async () => {
    using phone = new TrappedPhone()
      .file('CameraRollDomain/Media/DCIM/100APPLE/IMG_0001.JPG', camera(''))
      .file('CameraRollDomain/Media/DCIM/100APPLE/IMG_0002.HEIC', heic(exifBlock({})))
      .database('CameraRollDomain/Media/PhotoData/Photos.sqlite', LIBRARY.replaceAll('ZASSET', table))
    const { result } = await phone.take({ records: ['media_item'] })
    assert.deepEqual(result.records.media_item?.left, code === undefined ? { deleted: 1 } : {})
    assert.deepEqual(
      result.problems.map((problem) => problem.code),
      code === undefined ? [] : [code],
    )
  })

test('DFW-1027: a damaged library of pictures is told of, and the pictures are read', async () => {
  using phone = new TrappedPhone()
    .file(`${DCIM}/IMG_0001.JPG`, camera(''))
    .file(PHOTOS, 'SQLite format 3\0 and no more')
  const { result, bodies } = await phone.take({ records: ['media_item'] })
  assert.deepEqual([bodies, result.problems.map(({ code }) => code)], [['IMG_0001.JPG'], ['database_damaged']])
})

test('DFW-1027: rows that the write-ahead log deletes, and rows in free pages, stay out', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([{ text: 'kept' }, { text: 'deleted by the logorchid' }]),
  )
  const place = join(phone.phone, SMS)
  const database = new DatabaseSync(place)
  database.exec('PRAGMA secure_delete = off')
  const fill = database.prepare('INSERT INTO message (guid, text, date, handle_id, is_from_me) VALUES (?, ?, 1, 1, 0)')
  for (let row = 0; row < 40; row++) fill.run(`F${row}`, `in a freeorchid page ${'.'.repeat(900)}`)
  database.exec("DELETE FROM message WHERE guid LIKE 'F%'")
  database.exec(
    "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; DELETE FROM message WHERE text LIKE 'deleted%'",
  )
  const copy = join(phone.folder, 'copy/private/var/mobile/Library/SMS')
  mkdirSync(copy, { recursive: true })
  const from = join(place, '..')
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(copy, name))
  database.close()
  const bytes = readFileSync(join(copy, 'sms.db'))
  assert.ok(bytes.includes('logorchid') && bytes.includes('freeorchid'), 'the traps are on the phone')
  const taken = await takeFrom(join(phone.folder, 'copy'), [{ records: ['message'] }])
  assert.deepEqual(taken.bodies, ['kept'])
  assert.ok(taken.records.every(({ provenance }) => provenance.wal))
  taken.nowhere('logorchid', 'freeorchid')
})

test('DFW-1027: somebody whose number only looks like that of the person asked for is not that person', async () => {
  const others = [
    '+17700900123',
    '900123',
    '07700900124',
    '+4477009001234',
    'x447700900123@example.org',
    '447700900123@g.us',
  ]
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase(
      [
        { text: 'from the person' },
        ...others.map((_, at) => ({ text: `otherorchid${at}`, more: { handle_id: 10 + at }, chat: 10 + at })),
      ],
      (database) => {
        for (const [at, id] of others.entries())
          database.prepare("INSERT INTO handle (ROWID, id, service) VALUES (?, ?, 'SMS')").run(10 + at, id)
      },
    ),
  )
  const taken = await phone.take({ ...MESSAGES, with: [SAM] })
  assert.deepEqual(taken.bodies, ['from the person'])
  assert.deepEqual(taken.result.records.message?.left, { party: others.length })
  taken.nowhere('otherorchid', ...others.filter((other) => !SAM.includes(other) && other !== '447700900123@g.us'))
})

test('DFW-1027: a message with no date never passes a time window, nor one with no party a person, and both are counted', async () => {
  using phone = new TrappedPhone().database(
    SMS,
    ...smsDatabase([
      { text: 'dated', minute: 60 },
      { text: 'undatedorchid', minute: null },
      { text: 'zeroorchid', more: { date: 0 } },
      { text: 'nobodyorchid', minute: 60, more: { handle_id: 0 }, chat: 99 },
    ]),
  )
  const timed = await phone.take({ ...MESSAGES, between: between(0, 90), with: [SAM] })
  assert.deepEqual(timed.bodies, ['dated'])
  assert.deepEqual(timed.result.records.message, {
    total: 4,
    taken: 1,
    context: 0,
    left: { no_time: 2, no_party: 1 },
  })
  timed.nowhere('undatedorchid', 'zeroorchid', 'nobodyorchid')
})

test('DFW-1027: names of pictures that were left, odd or damaged, stay out of the problems too', async () => {
  using phone = new TrappedPhone()
    .file(`${DCIM}/taken.jpg`, camera(''))
    .file(`${DCIM}/oddorchid.jpg`, jpeg(exifBlock({ taken: '2026:02:31 12:00:00' })))
    .file(`${DCIM}/damagedorchid.jpg`, 'no picture')
    .file(`${DCIM}/typeorchid.png`, camera(''))
    .file('private/var/mobile/Media/DCIM/albumorchid/early.jpg', jpeg(exifBlock({ taken: '2020:01:01 12:00:00' })))
  symlinkSync('/etc/hostname', join(phone.phone, DCIM, 'linkorchid.jpg'))
  const taken = await phone.take({ records: ['media_item'], between: between(-1, 1), attachments: true })
  assert.deepEqual(taken.bodies, ['taken.jpg', 'typeorchid.png'])
  assert.ok(taken.result.problems.length >= 3, 'the oddities are told of')
  taken.nowhere('oddorchid', 'damagedorchid', 'linkorchid', 'albumorchid')
})

test('DFW-1027: a name that stands in another file is not put to the number of a message that is taken', async () => {
  using phone = new TrappedPhone().database(SMS, ...smsDatabase([{ text: 'hello' }])).database(
    `${IOS_WHATSAPP_FOLDER}/ContactsV2.sqlite`,
    `CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZFULLNAME TEXT, ZPHONENUMBER TEXT, ZWHATSAPPID TEXT);
     INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1, 'Sam Nameorchid', '${SAM}', '${SAM_JID}')`,
  )
  const taken = await phone.take({ records: ['message'] })
  assert.equal(taken.records.length, 1)
  taken.nowhere('nameorchid')
})

// The same on phones with every trap at once.

const WHERE: Readonly<Record<keyof typeof NEVER, string>> = {
  quoteInReply: 'words quoted in an answer to a message that is gone',
  quoteInReaction: 'words quoted by a reaction to a message that was deleted',
  previewInMessages: 'the preview of a link in Messages',
  previewInWhatsApp: 'the preview of a link in WhatsApp',
  thumbnail: 'a thumbnail',
  contactPhoto: 'the picture of a contact',
  secondContactPhoto: 'the picture of another contact',
  freePageInMessages: 'a free page of Messages',
  freePageInWhatsApp: 'a free page of WhatsApp',
  deletedByLog: 'a row that the write-ahead log deletes',
  deletedByLogInWhatsApp: 'a row of WhatsApp that the write-ahead log deletes',
  recoverable: 'a message deleted in the last 30 days',
  recoverableReactedTo: 'a deleted message that somebody reacted to',
  deletedContact: 'a deleted contact',
  deletedCall: 'a deleted call',
  searchIndex: 'a full-text index of messages',
  searchIndexOfContacts: 'a full-text index of contacts',
  bankingApp: 'the database of a banking app',
  healthApp: 'the database of a health app',
  datingApp: 'the database of a dating app',
}

const samples = mkdtempSync(join(tmpdir(), 'peel-trap-samples-'))
after(() => rmSync(samples, { recursive: true }))

for (const kind of ['ios-files', 'android-files'] as const) {
  let made: ReturnType<typeof everything> | undefined
  const everything = async () => {
    const { phone } = await makeSample(kind, join(samples, kind), { messages: 150, seed: '3' })
    const records = ['message', 'call', 'contact', 'media_item', 'location', 'web_visit', 'note', 'account']
    const bytes = globSync('**', { cwd: phone, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    return { taken: await takeFrom(phone, [{ records, attachments: true }]), phone: Buffer.concat(bytes) }
  }
  for (const [name, where] of Object.entries(WHERE) as [keyof typeof NEVER, string][])
    if (kind === 'ios-files' || !NEVER_ON_IOS_ONLY.includes(NEVER[name]))
      test(`DFW-1027: ${where} comes out of ${kind} under no authorisation, not even one that asks for everything`, async () => {
        made ??= everything()
        const { taken, phone } = await made
        assert.ok(phone.includes(NEVER[name]), 'the trap is on the phone')
        assert.ok(taken.records.length > 150)
        taken.nowhere(NEVER[name])
      })
}
