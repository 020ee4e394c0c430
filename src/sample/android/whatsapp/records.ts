import type { Message, Party } from '../../../records/index.ts'
import { rfc3339 } from '../../../records/index.ts'
import { hexDigits } from '../../random.ts'
import type { Story, StoryFile, StoryMessage } from '../../story/types.ts'
import type { PhoneFiles } from '../phone-files.ts'
import type { Chat } from './chats.ts'
import type { Jids } from './jids.ts'

/** The message's own key: as WhatsApp's web and business clients make it, 20 hexadecimal digits. */
export function keyOf(story: Story, n: number): string {
  return `3EB0${hexDigits(`${story.seed}/whatsapp`, n).slice(0, 16)}`
}

/** `message_type` of msgstore.db, `media_wa_type` of the tables before it. */
export const TYPE = {
  text: 0,
  image: 1,
  audio: 2,
  video: 3,
  contact: 4,
  location: 5,
  system: 7,
  document: 9,
  revoked: 15,
} as const

export function typeOf(message: StoryMessage, file: StoryFile | undefined): number {
  if (message.event) return TYPE.system
  if (message.unsent) return TYPE.revoked
  if (message.place) return TYPE.location
  if (file === undefined) return TYPE.text
  if (file.type.startsWith('image/')) return TYPE.image
  if (file.type.startsWith('video/')) return TYPE.video
  return file.type.startsWith('audio/') ? TYPE.audio : TYPE.document
}

/** `action_type` of a system message. */
export const ACTION = { renamed: 1, left: 5, created: 11, joined: 20 } as const

/** WhatsApp puts one file to a message. */
export function fileOf(story: Story, message: StoryMessage): StoryFile | undefined {
  const id = message.attachments?.[0]
  return id === undefined || message.unsent ? undefined : story.files.get(id)
}

const FOLDERS: readonly (readonly [type: string, folder: string])[] = [
  ['image/', 'WhatsApp Images'],
  ['video/', 'WhatsApp Video'],
  ['audio/', 'WhatsApp Audio'],
  ['', 'WhatsApp Documents'],
]

/** Where a file of a message lies, from WhatsApp's own folder: as `message_media.file_path` writes it. */
export function mediaPath(file: StoryFile): string {
  const folder = FOLDERS.find(([type]) => file.type.startsWith(type))?.[1] ?? ''
  return `Media/${folder}/${file.name}`
}

/** The record that a message of WhatsApp means. */
export function recordOf(
  story: Story,
  { conversation, jid }: Chat,
  message: StoryMessage,
  jids: Jids,
  files: PhoneFiles,
): Message {
  const sender = message.member === undefined ? undefined : conversation.members[message.member]
  const to: Party[] = []
  for (const member of conversation.members)
    if (message.direction === 'out' || member !== sender) to.push({ address: jids.resolved(member.address) })
  const file = fileOf(story, message)
  const body = message.unsent || message.event ? undefined : message.body
  return {
    kind: 'message',
    app: 'whatsapp',
    ...(message.at !== undefined && { time: rfc3339(message.at), time_raw: String(message.at) }),
    direction: message.direction,
    ...(message.direction === 'in' && sender && { from: { address: jids.resolved(sender.address) } }),
    to,
    thread: jid,
    ...(conversation.title !== undefined && { thread_name: conversation.title }),
    service: 'WhatsApp',
    ...(body !== undefined && { body }),
    ...(message.unsent && { unsent: true }),
    ...(message.reply && { reply_to: quotedKey(story, message) }),
    message_id: keyOf(story, message.n),
    ...(message.event && { system: `action ${ACTION[message.event.type]}` }),
    ...(message.place && { place: { lat: message.place.lat, lon: message.place.lon } }),
    attachments: file ? [files.attachment(file)] : [],
  }
}

/** Key of the message that a reply answers, which may be gone. */
export function quotedKey(story: Story, message: StoryMessage): string {
  return keyOf(story, message.reply?.to ?? story.count + message.n)
}
