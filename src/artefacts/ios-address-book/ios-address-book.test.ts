import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Contact } from '../../records/index.ts'
import { make, type Opened, open, type Row, readAll, TESTDATA, tablesOf, without } from '../opened.fixture.ts'
import { iosAddressBook } from './ios-address-book.ts'
import { IOS_15, IOS_5 } from './schema.fixture.ts'

const PATH = 'HomeDomain/Library/AddressBook/AddressBook.sqlitedb'
const FOLDER = 'ios-contacts-and-calls'

function contactsOf(opened: Opened): Contact[] {
  const [table] = tablesOf(iosAddressBook, opened)
  assert.ok(table)
  const all = readAll(table, opened)
  const [party] = table.parties
  assert.ok(party && 'addresses' in party)
  const addresses = party.addresses()
  for (const { found, key } of all)
    assert.deepEqual(
      (addresses.get(key) ?? []).toSorted(),
      (found as Contact).addresses.map(({ address }) => address).sort(),
    )
  return all.map(({ found }) => found as Contact)
}

async function read(t: TestContext, rows: readonly Row[], schema = IOS_15): Promise<Contact[]> {
  return contactsOf(await make(t, { path: PATH, schema, rows }))
}

const LABELS: Row[] = ['_$!<Mobile>!$_', '_$!<Home>!$_', 'Football'].map((value) => ['ABMultiValueLabel', { value }])

test('a contact has its names, every address by which it can be reached, and nothing else', async (t) => {
  const contacts = await read(t, [
    ...LABELS,
    ...['username', 'service', 'url'].map((value): Row => ['ABMultiValueEntryKey', { value }]),
    [
      'ABPerson',
      {
        ROWID: 1,
        Prefix: 'Dr',
        First: 'Sam',
        Middle: 'J',
        Last: 'Green',
        Organization: 'Old Mill',
        Note: 'met at work',
        CreationDate: 1,
      },
    ],
    ['ABMultiValue', { UID: 1, record_id: 1, property: 4, identifier: 0, label: 2, value: 'sam@example.org' }],
    ['ABMultiValue', { UID: 2, record_id: 1, property: 3, identifier: 1, label: 3, value: '07700 900002' }],
    ['ABMultiValue', { UID: 3, record_id: 1, property: 3, identifier: 0, label: 1, value: '07700 900001' }],
    ['ABMultiValue', { UID: 4, record_id: 1, property: 5, label: 2, value: null }],
    ['ABMultiValue', { UID: 5, record_id: 1, property: 22, label: 2, value: 'https://example.org' }],
    ['ABMultiValue', { UID: 6, record_id: 1, property: 46, label: null, value: null }],
    ['ABMultiValueEntry', { parent_id: 6, key: 3, value: 'https://social.example.org/samg' }],
    ['ABMultiValueEntry', { parent_id: 6, key: 1, value: 'samg' }],
    ['ABMultiValueEntry', { parent_id: 6, key: 2, value: 'Example' }],
    ['ABMultiValue', { UID: 7, record_id: 1, property: 3, label: 99, value: '' }],
    ['ABMultiValue', { UID: 8, record_id: 2, property: 3, label: 1, value: '07700 900003' }],
  ])
  assert.deepEqual(contacts, [
    {
      kind: 'contact',
      app: 'contacts',
      name: 'Dr Sam J Green',
      organisation: 'Old Mill',
      note: 'met at work',
      addresses: [
        { address: '07700 900001', type: 'phone', label: 'Mobile' },
        { address: '07700 900002', type: 'phone', label: 'Football' },
        { address: 'sam@example.org', type: 'email', label: 'Home' },
        { address: 'samg', type: 'social', label: 'Example' },
      ],
      attachments: [],
    },
  ])
})

test('a contact without a name is still a record', async (t) => {
  const contacts = await read(t, [
    ['ABPerson', { ROWID: 1 }],
    ['ABPerson', { ROWID: 2, Nickname: 'Mum' }],
    ['ABPerson', { ROWID: 3, Organization: 'Taxi', Kind: 1 }],
  ])
  assert.deepEqual(
    contacts.map(({ name, organisation }) => [name, organisation]),
    [
      [undefined, undefined],
      ['Mum', undefined],
      [undefined, 'Taxi'],
    ],
  )
})

test('contacts of iOS 5 are read by the columns that they have', async (t) => {
  const rows: Row[] = [
    ...LABELS,
    ['ABPerson', { ROWID: 1, First: 'Sam', Last: 'Green' }],
    ['ABMultiValue', { UID: 1, record_id: 1, property: 3, identifier: 0, label: 1, value: '07700 900001' }],
    ['ABMultiValue', { UID: 2, record_id: 1, property: 13, identifier: 0, label: 2, value: null }],
  ]
  const [contact] = await read(t, rows, IOS_5)
  assert.deepEqual(contact?.addresses, [{ address: '07700 900001', type: 'phone', label: 'Mobile' }])
})

test('a schema that is not known is named and not read as none', async (t) => {
  const { database, context } = await make(t, {
    path: PATH,
    schema: 'CREATE TABLE ABPerson (First); PRAGMA user_version = 9',
  })
  assert.deepEqual(iosAddressBook.describe(database, context), {
    notRecognised: 'no column ABPerson.last, no column ABPerson.organization, no table ABMultiValue (user_version 9)',
  })
  assert.ok(iosAddressBook.locates('31/31bb7ba8914766d4ba40d6dfb6113c8b614be442'))
  assert.ok(iosAddressBook.locates('private/var/mobile/Library/AddressBook/AddressBook.sqlitedb'))
  assert.ok(!iosAddressBook.locates('Library/AddressBook/AddressBookImages.sqlitedb'))
})

const JOSH = `${FOLDER}/testdata.addressBook.addressBook.josh_ios15_ffs.zip`
const EXPECTED = `${FOLDER}/expected/addressBook.addressBook.josh_ios15_ffs.20250621194251.json`
const MVS = `${FOLDER}/testdata.addressBook.addressBook.mvs_ios_2023.zip`

test('the contacts of an iOS 15 phone are those that iLEAPP finds, field by field', {
  skip: without(JOSH) || without(EXPECTED),
}, async (t) => {
  const rows = JSON.parse(readFileSync(join(TESTDATA, EXPECTED), 'utf8')).data as (string | null)[][]
  const opened = await open(t, join(TESTDATA, JOSH), 'Library/AddressBook/AddressBook.sqlitedb')
  assert.ok(opened.database.wal)
  assert.deepEqual(
    contactsOf(opened).map(({ name, organisation, addresses }) => ({ name, organisation, addresses })),
    rows.map(([, , , first, last, company, phones, emails]) => ({
      name: [first, last].filter(Boolean).join(' ') || undefined,
      organisation: company ?? undefined,
      addresses: [...listed(phones, 'phone'), ...listed(emails, 'email')],
    })),
  )
})

/** iLEAPP's cell: `Label: value`, one a line, a blank for no label. */
function listed(cell: string | null | undefined, type: string) {
  return (cell ?? '')
    .split('\r')
    .filter(Boolean)
    .map((line) => {
      const at = line.indexOf(': ')
      const label = line.slice(0, at).trim()
      return { address: line.slice(at + 2), type, ...(label !== '' && { label }) }
    })
}

test('a phone with all its data in the log and no contacts gives none, and no error', {
  skip: without(MVS),
}, async (t) => {
  const opened = await open(t, join(TESTDATA, MVS), 'Library/AddressBook/AddressBook.sqlitedb')
  assert.ok(opened.database.wal)
  assert.deepEqual(contactsOf(opened), [])
  assert.deepEqual(opened.problems, [])
})
