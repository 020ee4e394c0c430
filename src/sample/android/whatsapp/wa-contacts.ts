import type { Contact } from '../../../records/index.ts'
import type { Story, StoryContact } from '../../story/types.ts'
import { makeDatabase } from '../phone-database.ts'

const VERSION = 74
const TABLES = [
  `CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL, is_whatsapp_user BOOLEAN NOT NULL, status TEXT, status_timestamp INTEGER, number TEXT, raw_contact_id INTEGER, display_name TEXT, phone_type INTEGER, phone_label TEXT, unseen_msg_count INTEGER, photo_ts INTEGER, thumb_ts INTEGER, photo_id_timestamp INTEGER, given_name TEXT, family_name TEXT, wa_name TEXT, sort_name TEXT, nickname TEXT, company TEXT, title TEXT, status_autodownload_disabled INTEGER, keep_timestamp INTEGER, is_spam_reported INTEGER, is_sidelist_synced BOOLEAN DEFAULT 0, is_business_synced BOOLEAN DEFAULT 0, disappearing_mode_duration INTEGER, disappearing_mode_timestamp LONG, history_sync_initial_phash TEXT)`,
  'CREATE INDEX is_wa_index ON wa_contacts (is_whatsapp_user)',
  'CREATE INDEX jid_index ON wa_contacts (jid)',
  'CREATE TABLE wa_vnames (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL UNIQUE, serial INTEGER NOT NULL, issuer TEXT NOT NULL, expires INTEGER, verified_name TEXT, industry TEXT, city TEXT, country TEXT, verified_level INTEGER, cert_blob BLOB)',
  'CREATE TABLE wa_block_list (jid TEXT NOT NULL UNIQUE)',
  'CREATE TABLE wa_group_descriptions (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL UNIQUE, description TEXT, description_id_string TEXT, description_time INTEGER, description_setter_jid TEXT)',
]

type Known = StoryContact & { readonly whatsapp: NonNullable<StoryContact['whatsapp']> }

/** Writes wa.db at `path`: who of the address book WhatsApp knows, and groups, which stand among them. Returns the records. */
export function writeWaContacts(path: string, story: Story): Contact[] {
  const db = makeDatabase(path, VERSION, TABLES)
  const insert = db.into('wa_contacts')
  const people = new Map(story.people.map((person) => [person.id, person]))
  const records: Contact[] = []
  const write = ({ whatsapp, person, first, last, organisation, addresses }: Known) => {
    const name = [first, last].filter((part) => part !== undefined).join(' ')
    const number = addresses.find(({ type }) => type === 'phone')?.address ?? `+${whatsapp.jid.split('@')[0]}`
    insert({
      jid: whatsapp.jid,
      is_whatsapp_user: 1,
      status: whatsapp.about ?? null,
      number,
      raw_contact_id: records.length + 1,
      display_name: name,
      given_name: first ?? null,
      family_name: last ?? null,
      wa_name: (person === undefined ? undefined : people.get(person)?.push) ?? null,
      sort_name: name,
      company: organisation ?? null,
    })
    records.push({
      kind: 'contact',
      app: 'whatsapp',
      name,
      ...(organisation !== undefined && { organisation }),
      addresses: [
        { address: number, type: 'phone' },
        { address: whatsapp.jid, type: 'whatsapp' },
      ],
      ...(whatsapp.about !== undefined && { note: whatsapp.about }),
      attachments: [],
    })
  }
  const group = db.into('wa_contacts')
  const known = story.contacts.filter((contact) => contact.whatsapp !== undefined) as Known[]
  for (const contact of known) if (!contact.walOnly) write(contact)
  for (const { groupJid: jid, title = '', app } of story.conversations) {
    if (app !== 'whatsapp' || jid === undefined) continue
    group({ jid, is_whatsapp_user: 1, display_name: title, sort_name: title })
    const addresses = [{ address: jid, type: 'whatsapp' }]
    records.push({ kind: 'contact', app: 'whatsapp', name: title, addresses, attachments: [] })
  }
  db.settle({})
  db.run("INSERT INTO wa_block_list VALUES ('447700900666@s.whatsapp.net')")
  for (const contact of known) if (contact.walOnly) write(contact)
  db.close()
  return records
}
