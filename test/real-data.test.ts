import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import type { PeelRecord } from '../src/records/index.ts'
import * as phones from './real-data/phones.ts'
import { rowsFound, TESTDATA, without } from './real-data/phones.ts'
import { asFound, takeEverything } from './real-data/take-everything.ts'
import { stateOf } from './real-data/untouched.ts'

// Real phones through the whole path: what is given, the extraction, the container, the records, field by field. The last
// test prints the table, and another holds that no byte of what was given has changed.

const FOLDERS = [
  'ios-messages',
  'ios-contacts-and-calls',
  'ios-apps-chat',
  'ios-backup-whole',
  'android-messages-calls-contacts',
  'whatsapp-android-backups',
  'adb-backup-and-triage-bundles',
  'locations-and-media',
]
const MISSING_ALL = existsSync(TESTDATA) ? false : 'the folder of real phone data is not here'

const scratch = mkdtempSync(join(tmpdir(), 'peel-real-data-'))
after(() => rmSync(scratch, { recursive: true }))

const state = () => Object.fromEntries(FOLDERS.map((name) => [name, stateOf(join(TESTDATA, name))]))
let untouched: ReturnType<typeof state>
before(() => {
  if (!MISSING_ALL) untouched = state()
})

const table: [file: string, expected: string, found: string, says: string][] = []

interface Case {
  /** what is named in the table, below the folder of test data */
  readonly file: string
  /** where it is read from, if not where it lies */
  readonly place?: () => string
  readonly password?: string
  readonly expected: () => readonly unknown[]
  /** a record as `expected` shows it */
  readonly shown?: (record: PeelRecord) => unknown
  readonly problems?: readonly string[]
  readonly says: string
}

function holds({ file, place, password, expected, shown, problems = [], says }: Case): void {
  test(`${file}: ${says}`, { skip: without(file) }, async () => {
    const wanted = expected()
    const { records, result } = await takeEverything(place?.() ?? join(TESTDATA, file), password)
    const row: (typeof table)[number] = [file, counted(wanted), counted(records), says]
    table.push(row)
    try {
      assert.deepEqual(records.map(shown ?? asFound), wanted)
      assert.deepEqual([...new Set(result.problems.map(({ code }) => code))], problems)
    } catch (error) {
      row[2] += ', and they DIFFER'
      throw error
    }
    for (const { total, taken, left } of Object.values(result.records)) assert.deepEqual([taken, left], [total, {}])
  })
}

function counted(records: readonly unknown[]): string {
  const kinds = new Map<string, number>()
  for (const { kind } of records as { kind: string }[]) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  return [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ') || 'nothing'
}

/** Copies a file, with its write-ahead log, into a folder of its own, under its own name or another. */
function alone(file: string, as = basename(file)): string {
  const folder = mkdtempSync(join(scratch, 'alone-'))
  mkdirSync(dirname(join(folder, as)), { recursive: true })
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(join(TESTDATA, file + end))) copyFileSync(join(TESTDATA, file + end), join(folder, as + end))
  return folder
}

const digested = (record: PeelRecord) => {
  const found = asFound(record)
  return 'body' in found ? { ...found, body: hash('sha256', found.body ?? '').slice(0, 12) } : found
}

// Messages of iOS

const CHAT = 'ios-messages/imessage_chat.db'
const SMS_BLOB = 'ios-messages/3d0d7e5fb2ce288813306e4d4636395e047a3d28'
const FILES = 'a database given by itself'

holds({ file: CHAT, says: FILES, shown: digested, expected: () => phones.CHAT_DB })
holds({
  file: CHAT,
  says: 'loose in a folder, under its own name; the attachment row of a message that is gone gives nothing',
  place: () => alone(CHAT),
  shown: digested,
  expected: () => phones.CHAT_DB,
})
holds({ file: SMS_BLOB, says: FILES, expected: () => [phones.MVT_SMS] })
holds({
  file: SMS_BLOB,
  says: 'loose under the name of its blob',
  place: () => alone(SMS_BLOB),
  expected: () => [phones.MVT_SMS],
})
holds({
  file: SMS_BLOB,
  says: 'loose under a name that says nothing',
  place: () => alone(SMS_BLOB, 'export/exhibit 7.bin'),
  expected: () => [phones.MVT_SMS],
})
holds({
  file: 'ios-messages',
  says: 'a folder with both databases and files that are no databases',
  shown: (record) => (record.provenance.file === 'imessage_chat.db' ? digested(record) : asFound(record)),
  expected: () => [phones.MVT_SMS, ...phones.CHAT_DB],
})

// WhatsApp on iOS

const WA_BLOB = 'ios-apps-chat/7c7fba66680ef796b916b067077cc246adacf01d'
holds({ file: WA_BLOB, says: FILES, expected: () => phones.MVT_WHATSAPP })
holds({
  file: WA_BLOB,
  says: 'loose under the name of its blob',
  place: () => alone(WA_BLOB),
  expected: () => phones.MVT_WHATSAPP,
})
holds({
  file: 'ios-apps-chat',
  says: 'a folder with databases of other apps beside it, of which nothing is taken',
  problems: ['schema_not_recognised'],
  expected: () => phones.MVT_WHATSAPP,
})

const IOS15 = 'ios-apps-chat/testdata.whatsApp.whatsAppMessages.josh_ios15_ffs.zip'
holds({
  file: IOS15,
  says: 'the 32 messages of iLEAPP: time, direction, party, name, text, file, place',
  problems: ['attachment_missing'],
  shown: (record) => {
    assert.ok(record.kind === 'message')
    const other = record.direction === 'out' ? record.to[0] : record.from
    return {
      kind: 'message',
      time: Math.floor(Date.parse(record.time ?? '') / 1000),
      direction: record.direction,
      // The conversation stands for who it is with where nobody is named.
      other: other?.address ?? record.thread,
      name: other?.name ?? record.thread_name,
      text: record.body ?? null,
      file: record.attachments[0]?.name ?? '',
      lat: record.place?.lat ?? '',
      lon: record.place?.lon ?? '',
    }
  },
  expected: () =>
    rowsFound('ios-apps-chat/expected/whatsApp.whatsAppMessages.josh_ios15_ffs.20250621193412.json').map(
      ([time, sender, from, receiver, to, text, file, , , , , lat, lon]) => ({
        kind: 'message',
        time,
        direction: sender === 'Local User' ? 'out' : 'in',
        other: sender === 'Local User' ? to : from,
        name: sender === 'Local User' ? receiver : sender,
        text,
        file: String(file).replace('mock_hash_for_', ''),
        lat,
        lon,
      }),
    ),
})

holds({
  file: 'ios-apps-chat/testdata.whatsApp.whatsAppCallHistory.josh_ios15_ffs.zip',
  says: 'the 4 calls and 9 contacts of iLEAPP: begin, length, direction, party, outcome; name, text, number, label, id',
  shown: (record) => {
    if (record.kind === 'call') {
      const seconds = Math.floor(record.duration_seconds ?? -1)
      return {
        kind: 'call',
        begin: Math.floor(Date.parse(record.time ?? '') / 1000),
        length: [3600, 60, 1].map((unit, at) => String(Math.floor(seconds / unit) % (at ? 60 : 100)).padStart(2, '0')),
        direction: record.direction,
        other: (record.direction === 'out' ? record.to[0] : record.from)?.address,
        outcome: record.outcome,
      }
    }
    assert.ok(record.kind === 'contact')
    const phone = record.addresses.find(({ type }) => type === 'phone')
    return {
      kind: 'contact',
      name: record.name,
      about: record.note ?? null,
      phone: phone?.address ?? null,
      label: phone?.label ?? '',
      id: record.addresses.find(({ type }) => type === 'whatsapp')?.address ?? null,
    }
  },
  expected: () => [
    ...rowsFound('ios-apps-chat/expected/whatsApp.whatsAppCallHistory.josh_ios15_ffs.20250621193412.json').map(
      ([begin, , length, direction, , other]) => ({
        kind: 'call',
        begin,
        length: String(length).split(':'),
        direction: direction === 'Outgoing' ? 'out' : 'in',
        other,
        // iLEAPP says of each that it was ended, which is what a call does that was answered.
        outcome: 'answered',
      }),
    ),
    ...rowsFound('ios-apps-chat/expected/whatsApp.whatsAppContacts.josh_ios15_ffs.20250621193412.json').map(
      ([name, about, , phone, label, id]) => ({ kind: 'contact', name, about, phone, label, id }),
    ),
  ],
})
holds({
  file: 'ios-apps-chat/testdata.whatsApp.whatsAppCallHistory.mvs_ios_2023.zip',
  says: 'an empty WhatsApp in a zip with absolute names: nothing, and no error',
  expected: () => [],
})

// Contacts of iOS

const BOOK15 = 'ios-contacts-and-calls/testdata.addressBook.addressBook.josh_ios15_ffs.zip'
holds({
  file: BOOK15,
  says: 'the 9 contacts of iLEAPP: name, company, numbers, e-mail addresses',
  shown: (record) => {
    assert.ok(record.kind === 'contact')
    const joined = (type: string) =>
      record.addresses
        .filter((entry) => entry.type === type)
        .map(({ label, address }) => `${label ?? ' '}: ${address}`)
        .join('\r') || null
    return {
      kind: 'contact',
      name: record.name ?? '',
      company: record.organisation ?? null,
      phones: joined('phone'),
      emails: joined('email'),
    }
  },
  expected: () =>
    rowsFound('ios-contacts-and-calls/expected/addressBook.addressBook.josh_ios15_ffs.20250621194251.json').map(
      ([, , , first, last, company, phones, emails]) => ({
        kind: 'contact',
        name: [first, last].filter((part) => part !== null).join(' '),
        company,
        phones,
        emails,
      }),
    ),
})
holds({
  file: 'ios-contacts-and-calls/testdata.addressBook.addressBook.mvs_ios_2023.zip',
  says: 'all of the database stands in the write-ahead log, and it has no contacts',
  expected: () => [],
})

// A whole iOS backup

const BACKUP = 'ios-backup-whole/mvt-ios14'
holds({
  file: BACKUP,
  says: 'the message, the three WhatsApp messages and the contacts of MVT; what is listed and not there is told of',
  // MVT put shorter files in the places of the phone's own, and the list still has the sizes of those.
  problems: ['count_differs', 'file_damaged', 'file_missing'],
  expected: () => [...phones.MVT_WHATSAPP, ...phones.MVT_CONTACTS, phones.MVT_SMS],
})
test(`${BACKUP}: of 3,721 entries 1,089 are files, of which 10 are there and three opened`, {
  skip: without(BACKUP),
}, async () => {
  const { result } = await takeEverything(join(TESTDATA, BACKUP))
  // The other entries are 2,618 folders and 14 links, which hold nothing. The eleventh file of the folder is not listed.
  assert.deepEqual(result.files, { not_opened: 7, opened: 3, missing: 1079 })
  const missing = result.problems.filter(({ code }) => code === 'file_missing').map(({ file }) => file)
  assert.deepEqual(missing, [
    'AppDomainGroup-group.net.whatsapp.WhatsApp.shared/CallHistory.sqlite',
    'HomeDomain/Library/AddressBook/AddressBook.sqlitedb',
    'HomeDomain/Library/CallHistoryDB/CallHistory.storedata',
  ])
})

// Android

const MMSSMS = 'android-messages-calls-contacts/mmssms.db'
const CALLLOG = 'android-messages-calls-contacts/calllog.db'
const CONTACTS2 = 'android-messages-calls-contacts/contacts2.db'
holds({ file: MMSSMS, says: FILES, expected: () => phones.MMSSMS })
holds({ file: MMSSMS, says: 'loose in a folder', place: () => alone(MMSSMS), expected: () => phones.MMSSMS })
holds({
  file: MMSSMS,
  says: 'where it lies on a phone',
  place: () => alone(MMSSMS, 'data/user_de/0/com.android.providers.telephony/databases/mmssms.db'),
  expected: () => phones.MMSSMS,
})
holds({ file: CALLLOG, says: FILES, expected: () => [phones.CALLLOG_CALL] })
holds({
  file: CALLLOG,
  says: 'loose, with its empty write-ahead log',
  place: () => alone(CALLLOG),
  expected: () => [phones.CALLLOG_CALL],
})
holds({
  file: CONTACTS2,
  says: 'three calls; its contacts are of no version known, which is told',
  place: () => alone(CONTACTS2),
  problems: ['schema_not_recognised'],
  expected: () => phones.CONTACTS2_CALLS,
})
holds({
  file: 'android-messages-calls-contacts',
  says: 'the three databases together',
  problems: ['schema_not_recognised'],
  expected: () => [phones.CALLLOG_CALL, ...phones.CONTACTS2_CALLS, ...phones.MMSSMS],
})

const MSGSTORE = 'whatsapp-android-backups/msgstore.db'
holds({
  file: MSGSTORE,
  says: 'loose: of its ten rows nine are messages, none with a time or a text',
  place: () => alone(MSGSTORE),
  problems: ['attachment_missing'],
  expected: () => phones.MSGSTORE,
})
holds({
  file: 'whatsapp-android-backups',
  says: 'beside its encrypted copies, which are not read',
  problems: ['attachment_missing'],
  expected: () => phones.MSGSTORE,
})

const PLAIN = 'adb-backup-and-triage-bundles/backup.ab'
const SEALED = 'adb-backup-and-triage-bundles/backup2.ab'
holds({
  file: PLAIN,
  says: 'a backup without a password',
  expected: () => [phones.BACKUP_SMS, phones.BACKUP_MMS],
})
holds({
  file: SEALED,
  says: 'a backup under AES-256',
  password: '123456',
  expected: () => [phones.BACKUP_SMS],
})

// Pictures

holds({
  file: 'locations-and-media/DSCN0010.jpg',
  says: 'and iphone_hdr_YES.jpg in a DCIM folder: time and place as exiftool prints them, and the files themselves',
  place: () => {
    const folder = mkdtempSync(join(scratch, 'pictures-'))
    mkdirSync(join(folder, 'DCIM/100APPLE'), { recursive: true })
    for (const file of globSync('*.jpg', { cwd: join(TESTDATA, 'locations-and-media') }))
      copyFileSync(join(TESTDATA, 'locations-and-media', file), join(folder, 'DCIM/100APPLE', file))
    return folder
  },
  shown: (record) => {
    const { place, ...found } = asFound(record)
    assert.ok(place)
    const rounded = (degrees: number) => Number(degrees.toFixed(6))
    return { ...found, place: { lat: rounded(place.lat), lon: rounded(place.lon) } }
  },
  expected: () =>
    phones.PICTURES.map((picture) => {
      const bytes = readFileSync(join(TESTDATA, 'locations-and-media', picture.name))
      const attachments = picture.attachments.map((attachment) => ({ ...attachment, sha256: hash('sha256', bytes) }))
      return { ...picture, attachments }
    }),
})

test('nothing of what was given has changed, and nothing was put beside it', { skip: MISSING_ALL }, () => {
  assert.deepEqual(state(), untouched)
})

test('the table of real phones: file, expected, found', { skip: MISSING_ALL }, (t) => {
  const width = (column: 0 | 1) => Math.max(...table.map((row) => row[column].length))
  for (const [file, expected, found, says] of table)
    t.diagnostic(
      `${file.padEnd(width(0))}  expected ${expected.padEnd(width(1))}  found ${found.padEnd(width(1))}  ${says}`,
    )
})
