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
  store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])({ Z_VERSION: 1, Z_UUID: uuid(story.seed, 'ContactsV2', 0) })
  store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'])({
    Z_ENT: 1,
    Z_NAME: 'WAAddressBookContact',
    Z_SUPER: 0,
    Z_MAX: story.contacts.length,
  })
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
    insert({
      Z_ENT: 1,
      Z_OPT: 1,
      ZPHONESTATUS: 0,
      ZSORT: nth * 1000,
      ZABOUTTEXT: whatsapp.about ?? null,
      ZFULLNAME: name,
      ZGIVENNAME: contact.first ?? null,
      ZIDENTIFIER: uuid(story.seed, 'contact', nth),
      ZPHONENUMBER: number,
      ZPHONENUMBERLABEL: '_$!<Mobile>!$_',
      ZWHATSAPPID: whatsapp.jid,
    })
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
