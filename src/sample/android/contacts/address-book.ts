import type { Contact } from '../../../records/index.ts'
import { thumbnailBytes } from '../../media/file-bytes.ts'
import { NOBODY } from '../../story/make-story.ts'
import type { Story, StoryContact } from '../../story/types.ts'
import { type Insert, makeDatabase } from '../phone-database.ts'
import { CONTACTS_TABLES, CONTACTS_TRIGGERS, CONTACTS_VERSION, PHONEBOOK } from './schema.ts'

const ITEM = 'vnd.android.cursor.item/'
const MIMETYPES = [
  'email_v2',
  'im',
  'nickname',
  'organization',
  'phone_v2',
  'sip_address',
  'name',
  'postal-address_v2',
  'identity',
  'photo',
  'group_membership',
  'note',
  'vnd.com.whatsapp.profile',
  'vnd.com.whatsapp.voip.call',
] as const
type Mimetype = (typeof MIMETYPES)[number]

/** `data2` of telephone numbers and of e-mail addresses. */
const PHONE = { home: 1, mobile: 2, work: 3, other: 7 } as const
const EMAIL = { home: 1, work: 2, other: 3, mobile: 4 } as const
const DISPLAY_NAME_FROM = { organisation: 30, name: 40 } as const

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
  const account = db.into('accounts', 'account_name, account_type, x_is_default')
  const own = account(story.owner.email, 'com.google', 1)
  const whatsapp = account('WhatsApp', 'com.whatsapp', 0)
  const mimetype = db.into('mimetypes', 'mimetype')
  const types = new Map<Mimetype, number>(MIMETYPES.map((name) => [name, mimetype(`${ITEM}${name}`)]))
  const contact = db.into(
    'contacts',
    `name_raw_contact_id, photo_id, photo_file_id, has_phone_number, lookup, contact_last_updated_timestamp`,
  )
  const rawContact = db.into(
    'raw_contacts',
    `account_id, sourceid, version, deleted, contact_id, aggregation_needed, display_name, display_name_alt,
    display_name_source, sort_key, phonebook_label, phonebook_bucket, sort_key_alt, phonebook_label_alt,
    phonebook_bucket_alt`,
  )
  const data = dataOf(db.into('data', `mimetype_id, raw_contact_id, data1, data2, data3, data4, data14, data15`), types)
  const lookup = db.into('phone_lookup', 'data_id, raw_contact_id, normalized_number, min_match')
  const nameLookup = db.into('name_lookup', 'data_id, raw_contact_id, normalized_name, name_type')
  const searchIndex = db.into('search_index', 'docid, contact_id, content, name, tokens')
  const photoFile = db.into('photo_files', 'height, width, filesize')
  const visible = db.into('visible_contacts', '_id')
  const photos: ContactPhoto[] = []
  let rows = 0
  let people = 0

  const raw = (accountId: number, name: string, from: number, deleted: 0 | 1, person: number) => {
    const initial = name.slice(0, 1).toUpperCase()
    rows += 1
    return rawContact(
      accountId,
      `s${rows}`,
      2,
      deleted,
      deleted ? null : person,
      0,
      name,
      name,
      from,
      name,
      initial,
      initial.charCodeAt(0) - 64,
      name,
      initial,
      initial.charCodeAt(0) - 64,
    )
  }

  const write = (each: StoryContact) => {
    const name = displayName(each)
    people += 1
    const first = raw(
      own,
      name,
      nameOf(each) === undefined ? DISPLAY_NAME_FROM.organisation : DISPLAY_NAME_FROM.name,
      0,
      people,
    )
    let photo: number | null = null
    let photoFileId: number | null = null
    if (nameOf(each) !== undefined) {
      const row = data('name', first, name, each.first ?? null, each.last ?? null)
      nameLookup(row, first, name.normalize('NFKD').toLowerCase(), 2)
    }
    for (const { address, type, label } of each.addresses) {
      if (type === 'email') data('email_v2', first, address, label ? EMAIL[label] : null)
      else {
        const normal = story.people.find(({ id }) => id === each.person)?.number?.e164 ?? null
        const row = data('phone_v2', first, address, label ? PHONE[label] : null, null, normal)
        if (normal !== null) lookup(row, first, normal, [...normal].reverse().join('').slice(0, 7))
      }
    }
    if (each.organisation !== undefined) data('organization', first, each.organisation, 1)
    if (each.note !== undefined) data('note', first, each.note)
    if (each.photo !== undefined) {
      const bytes = thumbnailBytes({ id: `contact-${people}`, scene: 'portrait' }, each.photo, story.seed)
      photoFileId = photoFile(48, 64, bytes.length)
      photo = data('photo', first, null, null, null, null, photoFileId, bytes)
      photos.push({ path: `files/photos/${photoFileId}`, bytes })
    }
    if (each.whatsapp) {
      const second = raw(whatsapp, name, DISPLAY_NAME_FROM.name, 0, people)
      const number = `+${each.whatsapp.jid.split('@')[0]}`
      data('name', second, name, each.first ?? null, each.last ?? null)
      data('phone_v2', second, number, PHONE.mobile, null, number)
      data('vnd.com.whatsapp.profile', second, each.whatsapp.jid, 'WhatsApp', `Message ${number}`)
      data('vnd.com.whatsapp.voip.call', second, each.whatsapp.jid, 'WhatsApp', `Voice call ${number}`)
    }
    contact(
      first,
      photo,
      photoFileId,
      each.addresses.some(({ type }) => type === 'phone') ? 1 : 0,
      `0r${people}`,
      1_772_000_000_000,
    )
    visible(people)
    searchIndex(people, people, name, name.toLowerCase(), name.toLowerCase())
  }

  for (const each of story.contacts) if (!each.walOnly) write(each)
  // Deleted by the user and not yet by the account: the row stays, marked, until it has been synchronised.
  const marked = raw(own, story.deletedContact, DISPLAY_NAME_FROM.name, 1, 0)
  data('name', marked, story.deletedContact, story.deletedContact)
  data('phone_v2', marked, NOBODY.national, PHONE.mobile, null, NOBODY.e164)
  const erased = raw(own, story.deletedContact, DISPLAY_NAME_FROM.name, 0, 0)
  db.run('DELETE FROM raw_contacts WHERE _id = ?', erased)
  searchIndex(1_000_000, 1_000_000, story.indexed.contacts, '', '')
  db.settle({ triggers: CONTACTS_TRIGGERS, replace: PHONEBOOK })
  db.run("INSERT INTO properties VALUES ('sample', '1')")
  for (const each of story.contacts) if (each.walOnly) write(each)
  db.close()
  return { records: story.contacts.flatMap(recordsOf), photos }
}

function dataOf(insert: Insert, types: ReadonlyMap<Mimetype, number>) {
  return (
    type: Mimetype,
    contact: number,
    data1: string | null,
    data2: string | number | null = null,
    data3: string | null = null,
    data4: string | null = null,
    data14: number | null = null,
    data15: Uint8Array | null = null,
  ) => insert(types.get(type) ?? 0, contact, data1, data2, data3, data4, data14, data15)
}

function nameOf({ first, last }: StoryContact): string | undefined {
  const name = [first, last].filter((part) => part !== undefined).join(' ')
  return name === '' ? undefined : name
}

function displayName(contact: StoryContact): string {
  return nameOf(contact) ?? contact.organisation ?? ''
}

function recordsOf(contact: StoryContact): Contact[] {
  const name = displayName(contact)
  const common = { kind: 'contact', app: 'contacts', name, attachments: [] } as const
  const own: Contact = {
    ...common,
    ...(contact.organisation !== undefined && { organisation: contact.organisation }),
    addresses: contact.addresses,
    ...(contact.note !== undefined && { note: contact.note }),
  }
  if (!contact.whatsapp) return [own]
  const { jid } = contact.whatsapp
  const number = `+${jid.split('@')[0]}`
  const addresses = [
    { address: number, type: 'phone', label: 'mobile' },
    { address: jid, type: 'whatsapp' },
  ]
  return [own, { ...common, addresses }]
}
