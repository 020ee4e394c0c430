/**
 * An iPhone of the story: databases as iOS 17 keeps them, files beside them, and a truth that follows from the story alone.
 * Knows the schemas, units and habits of iOS and its apps. Does not know what readers make of them.
 * Invariant: one pass over the messages, whatever their number; the same story gives the same bytes.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Story } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { writeBackup } from './backup.ts'
import { writeCalls } from './calls.ts'
import { writeCamera } from './camera.ts'
import { writeContacts } from './contacts.ts'
import { writeFileSystem } from './file-system.ts'
import { MessagesWriter } from './messages.ts'
import { Phone } from './phone.ts'
import { writeSurroundings } from './surroundings.ts'
import { WhatsAppWriter } from './whatsapp.ts'
import { writeWhatsAppCalls } from './whatsapp-calls.ts'
import { writeWhatsAppContacts } from './whatsapp-contacts.ts'

export type IosKind = 'ios-backup' | 'ios-backup-encrypted' | 'ios-files'

/** Writes the phone to `folder`, which must not be there yet, and its records to `truth`. */
export async function writeIosPhone(
  kind: IosKind,
  folder: string,
  story: Story,
  truth: Truth,
  password: string,
): Promise<void> {
  const making = `${folder}.making`
  mkdirSync(making, { recursive: true })
  const phone = new Phone(making)
  try {
    const messages = new MessagesWriter(story, truth, phone)
    const whatsapp = new WhatsAppWriter(story, truth, phone)
    for (const message of story.messages()) (message.app === 'sms' ? messages : whatsapp).add(message)
    messages.end()
    whatsapp.end()
    writeCalls(story, truth, phone)
    writeWhatsAppCalls(story, truth, phone)
    writeContacts(story, truth, phone)
    writeWhatsAppContacts(story, truth, phone)
    writeCamera(story, truth, phone)
    writeSurroundings(story, phone)
    mkdirSync(folder)
    if (kind === 'ios-files') writeFileSystem(folder, story, phone.files)
    else
      await writeBackup(folder, story, phone.files, {
        making: join(making, 'Manifest.db'),
        ...(kind === 'ios-backup-encrypted' ? { password } : {}),
      })
  } finally {
    phone.dispose()
  }
}
