/** Rows that no person wrote: group events, events of the chat and of calls, notices. */
export const SYSTEM_TYPES = [6, 10, 12] as const
/** The sender took it back. */
export const UNSENT_TYPE = 14
export const LOCATION_TYPES: ReadonlySet<number> = new Set([5, 16])
export const CONTACT_TYPE = 4
export const DOCUMENT_TYPE = 8
/** Types whose `ZWAMEDIAITEM.ZTITLE` the sender wrote: a caption or the name of a place. On links it is the page's title. */
export const TITLED_TYPES = [1, 2, 5, 11, 16, 38, 39] as const
/** Types whose media item is not a file that was sent: reply metadata, maps, link previews, events, what was taken back. */
export const FILELESS_TYPES: ReadonlySet<number> = new Set([0, 5, 6, 7, 10, 12, 14, 16])

/** A group event in which somebody wrote something: the new subject of the group. */
export const SUBJECT_EVENT = 1

const TYPES: Readonly<Record<number, string>> = {
  1: 'image',
  2: 'video',
  3: 'voice message or audio',
  4: 'contact card',
  5: 'location',
  6: 'group event',
  8: 'document',
  10: 'event',
  11: 'GIF',
  12: 'notice',
  15: 'sticker',
  16: 'live location',
  38: 'view-once image',
  39: 'view-once video',
  46: 'poll',
  59: 'call',
}

const EVENTS: Readonly<Record<string, string>> = {
  '6/1': 'group subject changed',
  '6/2': 'joined the group',
  '6/3': 'left the group',
  '6/4': 'group picture changed',
  '6/5': 'group picture removed',
  '6/7': 'removed from the group',
  '6/10': 'made an administrator of the group',
  '6/12': 'group created',
  '6/50': 'joined the group',
  '10/1': 'missed voice call',
  '10/2': 'messages are now end-to-end encrypted',
  '10/3': 'security code changed',
  '10/4': 'missed video call',
  '10/22': 'missed group video call',
  '10/26': 'chat with a business',
  '10/34': 'contact blocked',
  '10/35': 'contact unblocked',
  '10/40': 'group call started',
  '10/41': 'group call started',
}

/** What stands instead of text, for a message of this type and event; undefined for plain text and links. */
export function typeInWords(type: number, event: number): string | undefined {
  if (type === 0 || type === 7 || type === UNSENT_TYPE) return undefined
  if (type === 6 || type === 10) return EVENTS[`${type}/${event}`] ?? `${TYPES[type]} ${event}`
  return TYPES[type] ?? `message type ${type}`
}
