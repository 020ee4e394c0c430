import type { Contact } from '../../../records/index.ts'
import { thumbnailBytes } from '../../media/file-bytes.ts'
import { NOBODY } from '../../story/make-story.ts'
import type { Story, StoryContact } from '../../story/types.ts'
import { makeDatabase, type PhoneDatabase, type Value } from '../phone-database.ts'
import { CONTACTS_TABLES, CONTACTS_TRIGGERS, CONTACTS_VERSION, PHONEBOOK } from './schema.ts'

const ITEM = 'vnd.android.cursor.item/'
type Mimetype =
  | 'email_v2'
  | 'organization'
  | 'phone_v2'
  | 'name'
  | 'photo'
  | 'note'
  | 'vnd.com.whatsapp.profile'
  | 'vnd.com.whatsapp.voip.call'

/** `data2` of telephone numbers and of e-mail addresses. */
const PHONE = { home: 1, mobile: 2, work: 3, other: 7 } as const
const EMAIL = { home: 1, work: 2, other: 3, mobile: 4 } as const
/** `display_name_source` */
const FROM_ORGANISATION = 30
const FROM_NAME = 40
const UPDATED = 1_772_000_000_000

/** A picture of a contact in full size, which lies beside the database. */
export interface ContactPhoto {
  /** from the folder of the app, e.g. `files/photos/1` */
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * Writes contacts2.db at `path`: a raw contact of the device user's account for each contact of the story, and another of
 * WhatsApp's account for those who use it. Returns the records, one for each raw contact, and the pictures.
 */
export function writeAddressBook(path: string, story: Story): { records: Contact[]; photos: ContactPhoto[] } {
  const db = makeDatabase(path, CONTACTS_VERSION, CONTACTS_TABLES)
  const account = db.into('accounts')
  const own = account({ account_name: story.owner.email, account_type: 'com.google', x_is_default: 1 })
  const whatsapp = account({ account_name: 'WhatsApp', account_type: 'com.whatsapp', x_is_default: 0 })
  const raw = rawContacts(db)
  const data = dataRows(db)
  const contact = db.into('contacts')
  const lookup = db.into('phone_lookup')
  const nameLookup = db.into('name_lookup')
  const searchIndex = db.into('search_index')
  const visible = db.into('visible_contacts')
  const photo = photoTables(db, data)
  const normal = new Map(story.people.map((person) => [person.id, person.number?.e164]))
  let people = 0

  const write = (each: StoryContact) => {
    const name = displayName(each)
    const named = nameOf(each) !== undefined
    const person = ++people
    const row = raw(own, name, { person, source: named ? FROM_NAME : FROM_ORGANISATION })
    if (named) {
      const dataRow = data('name', row, { data1: name, data2: each.first ?? null, data3: each.last ?? null })
      const plain = name.normalize('NFKD').toLowerCase()
      nameLookup({ data_id: dataRow, raw_contact_id: row, normalized_name: plain, name_type: 2 })
    }
    for (const { address, type, label } of each.addresses) {
      const number = (each.person === undefined ? undefined : normal.get(each.person)) ?? null
      if (type === 'email') data('email_v2', row, { data1: address, data2: label ? EMAIL[label] : null })
      else {
        const kind = label ? PHONE[label] : null
        const dataRow = data('phone_v2', row, { data1: address, data2: kind, data4: number })
        const match = [...(number ?? '')].reverse().join('').slice(0, 7)
        if (number !== null)
          lookup({ data_id: dataRow, raw_contact_id: row, normalized_number: number, min_match: match })
      }
    }
    if (each.organisation !== undefined) data('organization', row, { data1: each.organisation, data2: 1 })
    if (each.note !== undefined) data('note', row, { data1: each.note })
    const { photoId, fileId } = each.photo === undefined ? NO_PHOTO : photo.write(row, each.photo, story.seed)
    if (each.whatsapp) writeWhatsApp(raw(whatsapp, name, { person, source: FROM_NAME }), each, name)
    contact({
      name_raw_contact_id: row,
      photo_id: photoId,
      photo_file_id: fileId,
      has_phone_number: each.addresses.some(({ type }) => type === 'phone') ? 1 : 0,
      lookup: `0r${person}`,
      contact_last_updated_timestamp: UPDATED,
    })
    visible({ _id: person })
    searchIndex({ docid: person, contact_id: person, content: name, name: name.toLowerCase() })
  }
  const writeWhatsApp = (row: number, each: StoryContact, name: string) => {
    const { jid, number } = whatsappOf(each)
    data('name', row, { data1: name, data2: each.first ?? null, data3: each.last ?? null })
    data('phone_v2', row, { data1: number, data2: PHONE.mobile, data4: number })
    data('vnd.com.whatsapp.profile', row, { data1: jid, data2: 'WhatsApp', data3: `Message ${number}` })
    data('vnd.com.whatsapp.voip.call', row, { data1: jid, data2: 'WhatsApp', data3: `Voice call ${number}` })
  }

  // Deleted at the end, and among the others, so that its bytes stay in a page that others keep.
  const erased = raw(own, story.deletedContact, { source: FROM_NAME })
  for (const each of story.contacts) if (!each.walOnly) write(each)
  // Deleted by the user and not yet by the account: the row stays, marked, until it has been synchronised.
  const marked = raw(own, story.deletedContact, { source: FROM_NAME })
  data('name', marked, { data1: story.deletedContact, data2: story.deletedContact })
  data('phone_v2', marked, { data1: NOBODY.national, data2: PHONE.mobile, data4: NOBODY.e164 })
  db.run('DELETE FROM raw_contacts WHERE _id = ?', erased)
  searchIndex({ docid: 1_000_000, contact_id: 1_000_000, content: story.indexed.contacts, name: '' })
  db.settle({ triggers: CONTACTS_TRIGGERS, replace: PHONEBOOK })
  db.run('UPDATE accounts SET should_sync = 1')
  for (const each of story.contacts) if (each.walOnly) write(each)
  db.close()
  return { records: story.contacts.flatMap(recordsOf), photos: photo.files }
}

/** Without a person the row is marked as deleted. */
function rawContacts(db: PhoneDatabase) {
  const insert = db.into('raw_contacts')
  let rows = 0
  return (account: number, name: string, { person, source }: { person?: number; source: number }) => {
    const label = name.slice(0, 1).toUpperCase()
    const bucket = label.charCodeAt(0) - 64
    rows += 1
    return insert({
      account_id: account,
      sourceid: `s${rows}`,
      version: 2,
      deleted: person === undefined ? 1 : 0,
      contact_id: person ?? null,
      aggregation_needed: 0,
      display_name: name,
      display_name_alt: name,
      display_name_source: source,
      sort_key: name,
      phonebook_label: label,
      phonebook_bucket: bucket,
      sort_key_alt: name,
      phonebook_label_alt: label,
      phonebook_bucket_alt: bucket,
    })
  }
}

type Data = Partial<Record<'data1' | 'data2' | 'data3' | 'data4' | 'data14' | 'data15', Value>>
const EMPTY = { data1: null, data2: null, data3: null, data4: null, data14: null, data15: null }

function dataRows(db: PhoneDatabase) {
  const mimetype = db.into('mimetypes')
  const insert = db.into('data')
  const types = new Map<Mimetype, number>()
  return (type: Mimetype, contact: number, row: Data): number => {
    const known = types.get(type) ?? mimetype({ mimetype: `${ITEM}${type}` })
    types.set(type, known)
    return insert({ mimetype_id: known, raw_contact_id: contact, ...EMPTY, ...row })
  }
}

const NO_PHOTO = { photoId: null, fileId: null }

function photoTables(db: PhoneDatabase, data: ReturnType<typeof dataRows>) {
  const photoFile = db.into('photo_files')
  const files: ContactPhoto[] = []
  return {
    files,
    write: (contact: number, word: string, seed: string) => {
      const bytes = thumbnailBytes({ id: `contact-${contact}`, scene: 'portrait' }, word, seed)
      const fileId = photoFile({ height: 48, width: 64, filesize: bytes.length })
      files.push({ path: `files/photos/${fileId}`, bytes })
      return { photoId: data('photo', contact, { data14: fileId, data15: bytes }), fileId }
    },
  }
}

function nameOf({ first, last }: StoryContact): string | undefined {
  const name = [first, last].filter((part) => part !== undefined).join(' ')
  return name === '' ? undefined : name
}

function displayName(contact: StoryContact): string {
  return nameOf(contact) ?? contact.organisation ?? ''
}

function whatsappOf({ whatsapp }: StoryContact): { jid: string; number: string } {
  const jid = whatsapp?.jid ?? ''
  return { jid, number: `+${jid.split('@')[0]}` }
}

function recordsOf(contact: StoryContact): Contact[] {
  const common = { kind: 'contact', app: 'contacts', name: displayName(contact), attachments: [] } as const
  const own: Contact = {
    ...common,
    ...(contact.organisation !== undefined && { organisation: contact.organisation }),
    addresses: contact.addresses,
    ...(contact.note !== undefined && { note: contact.note }),
  }
  if (!contact.whatsapp) return [own]
  const { jid, number } = whatsappOf(contact)
  const addresses = [
    { address: number, type: 'phone', label: 'mobile' },
    { address: jid, type: 'whatsapp' },
  ]
  return [own, { ...common, addresses }]
}
