/** An event of the chat, that no person wrote. */
export const SYSTEM_TYPE = 7
/** Taken back, by the sender or by an administrator of the group. */
export const UNSENT_TYPES = [15, 64] as const
export const CONTACT_TYPES = [4, 14] as const
export const LOCATION_TYPES = [5, 16] as const
export const DOCUMENT_TYPE = 9
/** Types whose caption the sender wrote. On text with a link the old schema keeps the page's title in the same column. */
export const CAPTIONED_TYPES = [1, 3, 13, 42, 43] as const
/** Types of which a media row is no file that was sent: text with a link preview, places, events, what was taken back. */
export const FILELESS_TYPES = [0, 5, 7, 15, 16, 64] as const
/** Events in which somebody wrote something: the group's subject and its description. */
export const WRITTEN_EVENTS = [1, 27] as const

const TYPES: Readonly<Record<number, string>> = {
  1: 'image',
  2: 'voice message or audio',
  3: 'video',
  4: 'contact card',
  5: 'location',
  8: 'call',
  9: 'document',
  10: 'missed call',
  11: 'waiting for this message',
  13: 'GIF',
  14: 'contact cards',
  16: 'live location',
  20: 'sticker',
  42: 'view-once image',
  43: 'view-once video',
  66: 'poll',
  90: 'call',
}

const EVENTS: Readonly<Record<number, string>> = {
  1: 'group subject changed',
  4: 'joined the group',
  5: 'left the group',
  6: 'group picture changed',
  7: 'removed from the group',
  10: 'telephone number changed',
  11: 'group created',
  12: 'joined the group',
  14: 'removed from the group',
  15: 'made an administrator of the group',
  18: 'security code changed',
  19: 'messages are now end-to-end encrypted',
  20: 'joined the group by link',
  27: 'group description changed',
  46: 'chat with a business',
  58: 'contact blocked or unblocked',
  67: 'messages are end-to-end encrypted',
}

/** What stands instead of text, for a message of this type and event; undefined for plain text. */
export function typeInWords(type: number, event: number | undefined): string | undefined {
  if (type === 0 || (UNSENT_TYPES as readonly number[]).includes(type)) return undefined
  if (type === SYSTEM_TYPE) return event === undefined ? 'event' : (EVENTS[event] ?? `event ${event}`)
  return TYPES[type] ?? `message type ${type}`
}
