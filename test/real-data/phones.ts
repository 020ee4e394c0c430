import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Real phone data, beside the project; tests that need it are skipped where it is absent. */
export const TESTDATA = process.env['PEEL_TESTDATA'] ?? join(import.meta.dirname, '../../../shared/testdata')

/** The reason to skip a test that needs a file of the test data; false where the file is there. */
export function without(file: string): string | false {
  return existsSync(join(TESTDATA, file)) ? false : `no ${file} in the test data`
}

/** The rows that another tool found. */
export function rowsFound(file: string): (string | number | null)[][] {
  return (JSON.parse(readFileSync(join(TESTDATA, file), 'utf8')) as { data: (string | number | null)[][] }).data
}

// Expected records, written by hand from what sqlite3 prints of each file (exiftool for pictures, MVT's tests for backups).

const message = { kind: 'message', app: 'sms', attachments: [] }
const call = { kind: 'call', app: 'phone', attachments: [] }

/** chat.db of a Mac; the texts as the start of their SHA-256, because they are somebody's. */
export const CHAT_DB = (
  [
    [1, 'in', 1, 'C78A4031-C135-4746-A974-C455B0C4F5E4', '469908586', '2015-11-22T18:09:46.000Z', 'e823e39b341e'],
    [2, 'out', 1, '4E2CD16E-62E1-4DF0-9530-0E2F067384DD', '469926072', '2015-11-22T23:01:12.000Z', 'f894c68e8d24'],
    [3, 'in', 1, 'CAC3F476-B4FA-4CC4-83E7-BDB1E0038AD4', '469926286', '2015-11-22T23:04:46.000Z', 'abb11d7a02dd'],
    [4, 'in', 1, '8B8BEF05-8E26-4645-86C8-673B176E06D6', '469998837', '2015-11-23T19:13:57.000Z', 'ed90c362fb68'],
    [5, 'out', 1, '78959E6F-5F89-47BE-BE68-38F2B10DED23', '469999496', '2015-11-23T19:24:56.000Z', 'e7c66e1223a3'],
    [6, 'out', 1, '9ADFCC7B-A737-4ABF-A911-918E4278801E', '469999574', '2015-11-23T19:26:14.000Z', 'f99f35e106af'],
    [7, 'in', 1, '9B47BBD8-FDDD-4B0E-BA88-CC39D9F402B0', '469999595', '2015-11-23T19:26:35.000Z', '45a11e483e63'],
    [8, 'in', 2, '211C37F9-0128-4CE3-8DC3-DB2F713655F1', '470573320', '2015-11-30T10:48:40.000Z', 'f0d48fa5f41c'],
    [9, 'out', 2, 'CE68724E-4413-4F91-AD7C-0E55C1142B8B', '470578792', '2015-11-30T12:19:52.000Z', '13f02af6f5ad'],
    [10, 'out', 1, '9CB10CCD-5B14-4884-830D-2C492851BA6D', '470777093', '2015-12-02T19:24:53.000Z', 'acbe9ce66a6d'],
  ] as const
).map(([row, direction, handle, message_id, time_raw, time, body]) => {
  const party = { address: handle === 1 ? '447775455555' : 'xxxxxx2015@icloud.com' }
  return {
    ...message,
    direction,
    ...(direction === 'in' ? { from: party, to: [] } : { to: [party] }),
    message_id,
    time,
    time_raw,
    body,
    service: 'iMessage',
    thread: `iMessage;-;${handle === 1 ? '+447775446518' : 'jondoh2015@icloud.com'}`,
    at: `message ${row}`,
  }
})

/** sms.db of MVT's backup. */
export const MVT_SMS = {
  ...message,
  direction: 'in',
  from: { address: 'apple' },
  to: [],
  message_id: 'FDC6EC94-9D5A-434D-90FA-BF170E10A311',
  time: '2019-08-29T23:13:30.539Z',
  time_raw: '588813210539788032',
  body: 'Please click here https://badbadbad.example.org/',
  at: 'message 3',
}

const alice = { address: '14155550100@s.whatsapp.net', also: ['100000000000001@lid'], name: 'Alice Example' }
const whatsapp = { kind: 'message', app: 'whatsapp', attachments: [] }

/** ChatStorage.sqlite of MVT's backup. */
export const MVT_WHATSAPP = [
  {
    ...whatsapp,
    direction: 'in',
    from: alice,
    to: [],
    body: 'Hi',
    thread: '100000000000001@lid',
    time: '2025-08-27T15:06:40.000Z',
    time_raw: '778000000',
    at: 'ZWAMESSAGE 1',
  },
  {
    ...whatsapp,
    direction: 'out',
    to: [alice],
    body: 'Check https://example.org/news',
    thread: '100000000000001@lid',
    time: '2025-08-28T18:53:20.000Z',
    time_raw: '778100000',
    at: 'ZWAMESSAGE 2',
  },
  {
    ...whatsapp,
    direction: 'in',
    from: { address: '14155550101@s.whatsapp.net' },
    to: [],
    body: 'Welcome',
    thread: '120000000000000001@g.us',
    thread_name: 'Example Group',
    time: '2025-08-29T22:40:00.000Z',
    time_raw: '778200000',
    at: 'ZWAMESSAGE 3',
  },
]

/** ContactsV2.sqlite of MVT's backup: every text is written as bytes. */
export const MVT_CONTACTS = [
  {
    kind: 'contact',
    app: 'whatsapp',
    name: 'Alice Example',
    addresses: [
      { address: '+14155550100', type: 'phone' },
      { address: '14155550100@s.whatsapp.net', type: 'whatsapp' },
      { address: '100000000000001@lid', type: 'whatsapp' },
    ],
    note: 'Hey there! I am using WhatsApp.',
    attachments: [],
    at: 'ZWAADDRESSBOOKCONTACT 1',
  },
  {
    kind: 'contact',
    app: 'whatsapp',
    name: 'Bob Example',
    addresses: [
      { address: '+14155550101', type: 'phone' },
      { address: '14155550101@s.whatsapp.net', type: 'whatsapp' },
    ],
    attachments: [],
    at: 'ZWAADDRESSBOOKCONTACT 2',
  },
]

/** mmssms.db of plaso. */
export const MMSSMS = (
  [
    [1, 'out', '1383065788038', '2013-10-29T16:56:28.038Z', 'Yo Fred this is my new number.'],
    [2, 'out', '1383066235964', '2013-10-29T17:03:55.964Z', 'Did you get my message?'],
    [3, 'in', '1383066341303', '2013-10-29T17:05:41.303Z', 'What message?'],
    [4, 'in', '1383066376416', '2013-10-29T17:06:16.416Z', 'Who dis??'],
    [
      5,
      'out',
      '1383066469452',
      '2013-10-29T17:07:49.452Z',
      "It's me Barney! I got a new phone after BamBam smashed my other one. This is my new number.",
    ],
    [
      6,
      'in',
      '1383066658374',
      '2013-10-29T17:10:58.374Z',
      'Are we going bowling after the water buffalo meeting tonight?',
    ],
    [
      7,
      'out',
      '1383066847114',
      '2013-10-29T17:14:07.114Z',
      "You bet! I'm just going to write a reeeeealllllllyyyyy long message. I was thinking that this weekend we should head to the race track. I heard that Goggles Paesano is going to be there ;)",
    ],
    [8, 'in', '1383066944135', '2013-10-29T17:15:44.135Z', 'Oh noes, that last message did not get through!!!'],
    [9, 'out', '1383066977250', '2013-10-29T17:16:17.250Z', 'Guess the emulator was not happy with a long message'],
  ] as const
).map(([row, direction, time_raw, time, body]) => ({
  ...message,
  direction,
  ...(direction === 'in' ? { from: { address: '15555215554' }, to: [] } : { to: [{ address: '1 555-521-5554' }] }),
  service: 'SMS',
  thread: '1',
  time,
  time_raw,
  body,
  at: `sms ${row}`,
}))

const barney = { address: '5404561685', name: 'Barney' }

/** The calls of plaso's old contacts2.db. */
export const CONTACTS2_CALLS = [
  {
    ...call,
    direction: 'in',
    from: barney,
    to: [],
    duration_seconds: 0,
    outcome: 'missed',
    time: '2013-11-06T21:17:16.690Z',
    time_raw: '1383772636690',
    at: 'calls 714',
  },
  {
    ...call,
    direction: 'out',
    to: [barney],
    duration_seconds: 126,
    time: '2013-11-06T21:18:53.283Z',
    time_raw: '1383772733283',
    at: 'calls 715',
  },
  {
    ...call,
    direction: 'in',
    from: barney,
    to: [],
    duration_seconds: 639,
    outcome: 'answered',
    time: '2013-11-07T00:03:36.690Z',
    time_raw: '1383782616690',
    at: 'calls 717',
  },
]

/** The call of andriller's calllog.db: made, no second long, and so of no stated outcome. */
export const CALLLOG_CALL = {
  ...call,
  direction: 'out',
  to: [{ address: '+441234567890', name: 'Samuel Vimes' }],
  duration_seconds: 0,
  time: '2020-05-07T13:33:53.593Z',
  time_raw: '1588858433593',
  at: 'calls 1',
}

/** msgstore.db of wa-crypt-tools: statuses of WhatsApp's own, of which two have a file; the tenth row is the app's placeholder. */
export const MSGSTORE = (
  [
    [7, '1949745608522917871923533518570', ['512f6126774046e9999b4be9a1d5c2a5.jpg', 'image/jpeg', 240653]],
    [8, '1949745608522917414195130234434', 'video'],
    [10, '19497456085229173100869770147128', 'image'],
    [11, '1949745608522917627481594948383', 'image'],
    [12, '1949745608522917182593650736500', 'image'],
    [13, '1949745608522917604880777495761', 'image'],
    [15, '332535968766077819315322201444', 'video'],
    [16, '3325359687660773189400341288811', ['96848000accb45c4a7b7726f183a10c9.mp4', 'video/mp4', 2672158]],
    [17, '332535968766077495806258570447', 'video'],
  ] as const
).map(([row, message_id, what]) => ({
  ...whatsapp,
  direction: 'in',
  from: { address: '0@s.whatsapp.net' },
  to: [],
  message_id,
  thread: 'status@broadcast',
  time_raw: '0',
  ...(typeof what === 'string'
    ? { system: what }
    : { attachments: [{ name: what[0], media_type: what[1], bytes: what[2], taken: false }] }),
  at: `messages ${row}`,
}))

/** The queued message that is in both of MVT's Android backups. */
export const BACKUP_SMS = {
  ...message,
  direction: 'out',
  to: [{ address: '06543219' }],
  service: 'SMS',
  system: 'queued',
  time: '2022-02-22T15:29:41.956Z',
  time_raw: '1645543781956',
  body: 'Hi this is a test message to https://google.com/',
  at: 'file 1',
}

/** The MMS that is only in the plain one. */
export const BACKUP_MMS = {
  ...message,
  direction: 'in',
  from: { address: '+12345678' },
  to: [{ address: '+23456789' }],
  service: 'MMS',
  time: '2020-01-20T14:49:49.000Z',
  time_raw: '1579531789',
  body: 'Very suspicious MMS, click on this link http://google.com',
  at: 'file 1',
}

/** What exiftool prints of the two pictures. */
export const PICTURES = [
  {
    kind: 'media_item',
    app: 'camera',
    name: 'DSCN0010.jpg',
    media_type: 'image/jpeg',
    time: '2008-10-22T16:28:39.000Z',
    time_raw: '2008:10:22 16:28:39',
    time_zone: 'assumed_utc',
    place: { lat: 43.467448, lon: 11.885127 },
    width: 640,
    height: 480,
    camera: 'NIKON COOLPIX P6000',
    attachments: [{ name: 'DSCN0010.jpg', media_type: 'image/jpeg', bytes: 161713, taken: true }],
    at: 'file',
  },
  {
    kind: 'media_item',
    app: 'camera',
    name: 'iphone_hdr_YES.jpg',
    media_type: 'image/jpeg',
    time: '2015-04-10T20:12:23.550Z',
    time_raw: '2015:04:10 20:12:23',
    time_zone: 'assumed_utc',
    place: { lat: 40.446972, lon: -3.724753 },
    width: 3264,
    height: 2448,
    camera: 'Apple iPhone 6',
    attachments: [{ name: 'iphone_hdr_YES.jpg', media_type: 'image/jpeg', bytes: 1976579, taken: true }],
    at: 'file',
  },
]
