import type { Contact } from '../../records/index.ts'
import { thumbnailBytes } from '../media/file-bytes.ts'
import { uuid } from '../random.ts'
import { NOBODY } from '../story/make-story.ts'
import type { Story, StoryContact } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { appleSeconds } from './apple-time.ts'
import { severalPages } from './deleted-order.ts'
import { HOME, type Phone } from './phone.ts'
import {
  CONTACT_IMAGES,
  CONTACT_INDEXES,
  CONTACT_SEARCH,
  CONTACT_SEARCH_HERE,
  CONTACT_TABLES,
  CONTACT_TRIGGERS,
} from './schema/contacts.ts'
import { makeStore } from './store.ts'

const PROPERTY = { phone: 3, email: 4 } as const
const LABELS = ['mobile', 'home', 'work', 'other'] as const
const COMPANY = 1
const PERSON_KIND = 0
const PERSON = [
  'First',
  'Last',
  'Organization',
  'Note',
  'Kind',
  'CreationDate',
  'ModificationDate',
  'StoreID',
  'FirstSort',
  'LastSort',
  'FirstSortSection',
  'LastSortSection',
  'FirstSortLanguageIndex',
  'LastSortLanguageIndex',
] as const
const SEARCH = ['docid', 'First', 'Last', 'Organization', 'Note', 'Phone', 'Email'] as const
const SHOWN = { mobile: 'Mobile', home: 'Home', work: 'Work', other: 'Other' } as const

/** Writes `AddressBook.sqlitedb` and, beside it, the pictures of contacts. */
export function writeContacts(story: Story, truth: Truth, phone: Phone): void {
  const path = phone.database(HOME, 'Library/AddressBook/AddressBook.sqlitedb', { log: true })
  let guids = 0
  const store = makeStore(path, {
    tables: [...CONTACT_TABLES, CONTACT_SEARCH_HERE],
    functions: {
      ab_generate_guid: () => uuid(story.seed, 'AddressBook', guids++),
      ab_update_value_from_trigger: (value) => value,
    },
  })
  const made = appleSeconds(Date.UTC(2025, 8, 1))
  store.into('ABStore', ['Name', 'Type'])({ Type: 0 })
  const property = store.into('_SqliteDatabaseProperties', ['key', 'value'])
  property({ key: '_ClientVersion', value: '83' })
  property({ key: 'SortingCacheLanguage', value: 'en-GB' })
  const label = store.into('ABMultiValueLabel', ['value'])
  for (const name of LABELS) label({ value: `_$!<${SHOWN[name]}>!$_` })
  const person = store.into('ABPerson', PERSON, {
    CreationDate: made,
    ModificationDate: made,
    StoreID: 0,
    FirstSortLanguageIndex: 0,
    LastSortLanguageIndex: 0,
  })
  const address = store.into('ABMultiValue', ['record_id', 'property', 'identifier', 'label', 'value'])
  const lastFour = store.into('ABPhoneLastFour', ['multivalue_id', 'value'])
  const search = store.into('ABPersonFullTextSearch', SEARCH)
  const photos: [number, string][] = []

  const write = (contact: StoryContact, searchable: boolean): number => {
    const { first = null, last = null, organisation = null, note = null } = contact
    const sort = (first ?? organisation ?? '').toUpperCase()
    const other = (last ?? first ?? organisation ?? '').toUpperCase()
    const row = person({
      First: first,
      Last: last,
      Organization: organisation,
      Note: note,
      Kind: first === null && last === null ? COMPANY : PERSON_KIND,
      FirstSort: sort,
      LastSort: other,
      FirstSortSection: sort[0] ?? '#',
      LastSortSection: other[0] ?? '#',
    })
    for (const [at, each] of contact.addresses.entries()) {
      const key = address({
        record_id: row,
        property: PROPERTY[each.type],
        identifier: at,
        label: LABELS.indexOf(each.label ?? 'other') + 1,
        value: each.address,
      })
      if (each.type === 'phone') lastFour({ multivalue_id: key, value: each.address.slice(-4) })
    }
    if (searchable) {
      const text = (type: 'phone' | 'email') =>
        contact.addresses
          .filter((each) => each.type === type)
          .map((each) => each.address)
          .join(' ')
      search({
        docid: row,
        First: first,
        Last: last,
        Organization: organisation,
        Note: note,
        Phone: text('phone'),
        Email: text('email'),
      })
    }
    if (contact.photo !== undefined) photos.push([row, contact.photo])
    return row
  }

  for (const contact of story.contacts)
    if (!contact.walOnly) {
      write(contact, true)
      truth.add(asRecord(contact))
    }
  // What iOS forgot to take out of its index: text of a contact that is no more.
  search({ docid: 9_999, Note: story.indexed.contacts })
  store.settle({
    indexes: CONTACT_INDEXES,
    triggers: CONTACT_TRIGGERS,
    last: () => {
      const row = write(
        {
          first: story.deletedContact,
          note: severalPages(story.deletedContact),
          addresses: [{ address: NOBODY.e164, type: 'phone' }],
        },
        false,
      )
      return () => {
        store.run(
          'DELETE FROM ABPhoneLastFour WHERE multivalue_id IN (SELECT UID FROM ABMultiValue WHERE record_id = ?)',
          row,
        )
        store.run('DELETE FROM ABMultiValue WHERE record_id = ?', row)
        store.run('DELETE FROM ABPerson WHERE ROWID = ?', row)
      }
    },
    rewritten: { ABPersonFullTextSearch: CONTACT_SEARCH },
  })
  for (const contact of story.contacts)
    if (contact.walOnly) {
      write(contact, false)
      truth.add(asRecord(contact))
    }
  store.close(true)
  writePhotos(story, phone, photos)
}

function writePhotos(story: Story, phone: Phone, photos: readonly (readonly [row: number, word: string])[]): void {
  const path = phone.database(HOME, 'Library/AddressBook/AddressBookImages.sqlitedb', { log: false })
  const store = makeStore(path, { tables: CONTACT_IMAGES, pageSize: 8192 })
  const thumbnail = store.into('ABThumbnailImage', ['record_id', 'format', 'derived_from_format', 'data'])
  const whole = store.into('ABFullSizeImage', ['record_id', 'crop_x', 'crop_y', 'crop_width', 'data'])
  for (const [row, word] of photos) {
    const bytes = thumbnailBytes({ id: `contact${row}`, scene: 'portrait' }, word, story.seed)
    thumbnail({ record_id: row, format: 0, derived_from_format: 5, data: bytes })
    whole({ record_id: row, crop_x: 0, crop_y: 0, crop_width: 64, data: bytes })
  }
  store.settle()
  store.close(false)
}

function asRecord(contact: StoryContact): Contact {
  const name = [contact.first, contact.last].filter((part) => part !== undefined).join(' ')
  const typed = (type: 'phone' | 'email') =>
    contact.addresses
      .filter((each) => each.type === type)
      .map((each) => ({ address: each.address, type: each.type, label: SHOWN[each.label ?? 'other'] }))
  return {
    kind: 'contact',
    app: 'contacts',
    addresses: [...typed('phone'), ...typed('email')],
    attachments: [],
    ...(name === '' ? {} : { name }),
    ...(contact.organisation === undefined ? {} : { organisation: contact.organisation }),
    ...(contact.note === undefined ? {} : { note: contact.note }),
  }
}
