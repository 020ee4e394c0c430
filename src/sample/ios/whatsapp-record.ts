import type { Attachment, Message } from '../../records/index.ts'
import type { StoryMessage } from '../story/types.ts'
import { fromAppleSeconds } from './apple-time.ts'
import type { WhatsAppChat } from './whatsapp-chats.ts'

const TYPE = { text: 0, image: 1, video: 2, audio: 3, location: 5, event: 6, link: 7, unsent: 14 } as const

/** Group events: ZGROUPEVENTTYPE, and what it stands for. */
export const EVENTS = {
  renamed: [1, 'group subject changed'],
  joined: [2, 'joined the group'],
  left: [3, 'left the group'],
  created: [12, 'group created'],
} as const

/** ZMESSAGETYPE. */
export function typeOf(message: StoryMessage, file: Attachment | undefined): number {
  if (message.unsent) return TYPE.unsent
  if (message.event) return TYPE.event
  if (message.place) return TYPE.location
  if (message.preview) return TYPE.link
  const media = file?.media_type
  if (media === undefined) return TYPE.text
  return media.startsWith('image/') ? TYPE.image : media.startsWith('video/') ? TYPE.video : TYPE.audio
}

/** What a row of ZWAMESSAGE was given besides the story. */
export interface WhatsAppRow {
  readonly chat: WhatsAppChat
  readonly seconds: number | null
  readonly stanza: string
  /** stanza id of the message answered */
  readonly answered?: string
  readonly file?: Attachment
}

/** The record that a message of the story is, once it stands in `ChatStorage.sqlite`. */
export function whatsAppRecord(message: StoryMessage, row: WhatsAppRow): Message {
  const { event, member, place } = message
  const { chat, seconds, answered, file } = row
  const from = member === undefined ? undefined : chat.parties[member]
  const body = bodyOf(message)
  const system = event ? EVENTS[event.type][1] : place ? 'location' : undefined
  return {
    kind: 'message',
    app: 'whatsapp',
    ...(seconds === null ? {} : { time: fromAppleSeconds(seconds), time_raw: String(seconds) }),
    direction: message.direction,
    ...(from ? { from } : {}),
    to: chat.parties.filter((party) => party !== from),
    thread: chat.jid,
    ...(chat.title === undefined ? {} : { thread_name: chat.title }),
    ...(body === undefined ? {} : { body }),
    ...(message.unsent ? { unsent: true } : {}),
    ...(answered === undefined ? {} : { reply_to: answered }),
    message_id: row.stanza,
    ...(system === undefined ? {} : { system }),
    ...(place ? { place: { lat: place.lat, lon: place.lon } } : {}),
    attachments: file ? [file] : [],
  }
}

/** A new title is what somebody wrote; so is the name of a place. */
function bodyOf({ body, event, place, unsent }: StoryMessage): string | undefined {
  if (unsent) return undefined
  if (place) return place.label
  return event ? (event.type === 'renamed' ? event.title : undefined) : body
}
