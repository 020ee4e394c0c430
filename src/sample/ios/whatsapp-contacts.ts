import { uuid } from '../random.ts'
import type { Story, StoryContact } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { type Phone, WHATSAPP } from './phone.ts'
import { WHATSAPP_CONTACTS_INDEXES, WHATSAPP_CONTACTS_TABLES } from './schema/whatsapp.ts'
import { makeStore } from './store.ts'

/** Writes WhatsApp's copy of the address book, `ContactsV2.sqlite`: everybody in it who has WhatsApp. */
export function writeWhatsAppContacts(story: Story, truth: Truth, phone: Phone): void {
  const path = phone.database(WHATSAPP, 'ContactsV2.sqlite', { log: true })
  const store = makeStore(path, { tables: WHATSAPP_CONTACTS_TABLES, incrementalVacuum: true })
  store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])(1, uuid(story.seed, 'ContactsV2', 0))
  store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'])(
    1,
    'WAAddressBookContact',
    0,
    story.contacts.length,
  )
  const insert = store.into('ZWAADDRESSBOOKCONTACT', [
    'Z_ENT',
    'Z_OPT',
    'ZPHONESTATUS',
    'ZSORT',
    'ZABOUTTEXT',
    'ZFULLNAME',
    'ZGIVENNAME',
    'ZIDENTIFIER',
    'ZPHONENUMBER',
    'ZPHONENUMBERLABEL',
    'ZWHATSAPPID',
  ])
  const write = (contact: StoryContact, nth: number) => {
    const { whatsapp } = contact
    const number = contact.addresses.find(({ type }) => type === 'phone')?.address
    if (!whatsapp || number === undefined) return
    const name = [contact.first, contact.last].filter((part) => part !== undefined).join(' ')
    insert(
      1,
      1,
      0,
      nth * 1000,
      whatsapp.about ?? null,
      name,
      contact.first ?? null,
      uuid(story.seed, 'contact', nth),
      number,
      '_$!<Mobile>!$_',
      whatsapp.jid,
    )
    truth.add({
      kind: 'contact',
      app: 'whatsapp',
      name,
      addresses: [
        { address: number, type: 'phone', label: 'Mobile' },
        { address: whatsapp.jid, type: 'whatsapp' },
      ],
      ...(whatsapp.about === undefined ? {} : { note: whatsapp.about }),
      attachments: [],
    })
  }
  for (const [nth, contact] of story.contacts.entries()) if (!contact.walOnly) write(contact, nth)
  store.settle({ indexes: WHATSAPP_CONTACTS_INDEXES })
  for (const [nth, contact] of story.contacts.entries()) if (contact.walOnly) write(contact, nth)
  store.close(true)
}
