import type { Direction, Message } from '../../../records/index.ts'
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
const EVENTS = {
  renamed: 'group subject changed',
  left: 'left the group',
  created: 'group created',
  joined: 'joined the group by link',
} as const

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
export function recordOf(story: Story, chat: Chat, message: StoryMessage, jids: Jids, files: PhoneFiles): Message {
  const file = fileOf(story, message)
  const { event, place } = message
  const written = event?.type === 'renamed' ? event.title : event ? undefined : message.body
  const body = message.unsent ? undefined : (written ?? place?.label)
  const time = message.at === undefined ? undefined : rfc3339(message.at)
  return {
    kind: 'message',
    app: 'whatsapp',
    ...(time !== undefined && { time, time_raw: String(message.at) }),
    direction: message.direction,
    ...sides(chat, message.direction, message.member, jids),
    thread: chat.jid,
    ...(chat.conversation.title !== undefined && { thread_name: chat.conversation.title }),
    ...(body !== undefined && { body }),
    // The file says that the text was another once, and not what it was.
    ...(message.edits && { edits: [time === undefined ? {} : { time }] }),
    ...(message.unsent && { unsent: true }),
    ...(message.reply && { reply_to: quotedKey(story, message) }),
    message_id: keyOf(story, message.n),
    ...(event && { system: eventWords(event) }),
    ...(place && { system: 'location', place: { lat: place.lat, lon: place.lon } }),
    attachments: file ? [files.attachment(file)] : [],
  }
}

/** The records of what others put on a message, each of which is a row of its own. */
export function reactionsOf(story: Story, chat: Chat, message: StoryMessage, jids: Jids): Message[] {
  return (message.emoji ?? []).map(({ member, emoji }) => ({
    kind: 'message',
    app: 'whatsapp',
    time: rfc3339(reactedAt(message)),
    time_raw: String(reactedAt(message)),
    direction: 'in',
    ...sides(chat, 'in', member, jids),
    thread: chat.jid,
    ...(chat.conversation.title !== undefined && { thread_name: chat.conversation.title }),
    reaction: { to: keyOf(story, message.n), type: emoji },
    message_id: reactionKey(story, message, member),
    attachments: [],
  }))
}

export function reactedAt({ at = 0 }: StoryMessage): number {
  return at + 90_000
}

export function reactionKey(story: Story, { n }: StoryMessage, member: number): string {
  return keyOf(story, 3 * story.count + n * 10 + member)
}

function sides({ conversation }: Chat, direction: Direction, member: number | undefined, jids: Jids) {
  const sender = member === undefined ? undefined : conversation.members[member]
  const to = conversation.members.filter((other) => direction === 'out' || other !== sender)
  return {
    ...(direction === 'in' && sender && { from: jids.party(sender.address) }),
    to: to.map(({ address }) => jids.party(address)),
  }
}

function eventWords({ type, title }: NonNullable<StoryMessage['event']>): string {
  return type === 'created' && title !== undefined ? `${EVENTS.created}: ${title}` : EVENTS[type]
}

/** Key of the message that a reply answers, which may be gone. */
export function quotedKey(story: Story, message: StoryMessage): string {
  return keyOf(story, message.reply?.to ?? story.count + message.n)
}
