import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Story } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { writeCallLog } from './contacts/call-log.ts'
import { type ContactPhoto, writeAddressBook } from './contacts/address-book.ts'
import type { PhoneFiles } from './phone-files.ts'
import { type MessageStore, makeMessageStore } from './telephony/message-store.ts'
import { makeMsgstore } from './whatsapp/msgstore.ts'
import { makeOldMsgstore } from './whatsapp/old-msgstore.ts'
import { writeWaContacts } from './whatsapp/wa-contacts.ts'

export const TELEPHONY = 'com.android.providers.telephony'
export const CONTACTS = 'com.android.providers.contacts'
export const WHATSAPP = 'com.whatsapp'
/** The databases of a phone, each in the folder of its app. */
export const DATABASES = [
  [TELEPHONY, 'mmssms.db'],
  [CONTACTS, 'calllog.db'],
  [CONTACTS, 'contacts2.db'],
  [WHATSAPP, 'msgstore.db'],
  [WHATSAPP, 'wa.db'],
] as const

/** Writes calllog.db, contacts2.db and wa.db under `<folder>/<package>/databases/`, and adds their records. */
export function writePeople(folder: string, story: Story, truth: Truth): readonly ContactPhoto[] {
  const path = (app: string, name: string) => join(databaseFolder(folder, app), name)
  for (const call of writeCallLog(path(CONTACTS, 'calllog.db'), story)) truth.add(call)
  const { records, photos } = writeAddressBook(path(CONTACTS, 'contacts2.db'), story)
  for (const contact of records) truth.add(contact)
  for (const contact of writeWaContacts(path(WHATSAPP, 'wa.db'), story)) truth.add(contact)
  return photos
}

/** Writes msgstore.db and, where `sms` is absent, mmssms.db, in one pass over the messages; otherwise hands those to `sms`. */
export function writeMessages(folder: string, story: Story, files: PhoneFiles, truth: Truth, sms?: MessageStore): void {
  const make = story.oldWhatsapp ? makeOldMsgstore : makeMsgstore
  const whatsapp = make(join(databaseFolder(folder, WHATSAPP), 'msgstore.db'), story, files)
  const telephony = sms ?? makeMessageStore(join(databaseFolder(folder, TELEPHONY), 'mmssms.db'), story, files)
  for (const message of story.messages()) {
    if (message.app === 'whatsapp') for (const record of whatsapp.write(message)) truth.add(record)
    else truth.add(telephony.write(message))
  }
  for (const call of whatsapp.calls.records) truth.add(call)
  whatsapp.close()
  telephony.close()
}

function databaseFolder(folder: string, app: string): string {
  const path = join(folder, app, 'databases')
  mkdirSync(path, { recursive: true })
  return path
}
