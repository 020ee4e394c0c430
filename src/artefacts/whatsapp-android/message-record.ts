import type { Attachment, Message } from '../../records/index.ts'
import type { Sides } from '../whatsapp/jid.ts'
import { baseName, mediaType, numberOf, placeOf, telephonesOn, textOf, timeOf } from '../whatsapp/values.ts'
import { CONTACT_TYPES, DOCUMENT_TYPE, SYSTEM_TYPE, typeInWords, UNSENT_TYPES } from './message-type.ts'

type Row = Readonly<Record<string, unknown>>

/** What the two schemas say of a message in columns of their own; the rest of a row has the same names in both. */
export interface Particulars {
  readonly sides: Sides
  readonly thread: string | undefined
  readonly threadName: string | undefined
  readonly path: string | undefined
  readonly vcards: string | undefined
}

/** Makes a record of a row of either schema. */
export function messageOf(row: Row, { sides, thread, threadName, path, vcards }: Particulars): Message {
  const type = numberOf(row.type) ?? 0
  const body = textOf(row.body)
  const { from, to } = sides
  const attachments = path === undefined ? [] : [attachmentOf(row, type, path)]
  const system = systemOf(row, type, body, vcards, attachments.length > 0)
  const unsent = (UNSENT_TYPES as readonly number[]).includes(type) || row.revoked === 1
  const replyTo = textOf(row.quoted)
  const messageId = textOf(row.key_id)
  const time = timeOf(row.time, 'unix_milliseconds')
  return {
    kind: 'message',
    app: 'whatsapp',
    ...time,
    direction: row.mine === 1 ? 'out' : 'in',
    ...(from !== undefined && { from }),
    to,
    ...(thread !== undefined && { thread }),
    ...(threadName !== undefined && { thread_name: threadName }),
    ...(body !== undefined && { body }),
    // The file says that the text was another once, and not what it was.
    ...(numberOf(row.edited) && { edits: [time.time === undefined ? {} : { time: time.time }] }),
    ...(unsent && { unsent: true as const }),
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(messageId !== undefined && { message_id: messageId }),
    ...(system !== undefined && { system }),
    ...placeOf(row.lat, row.lon),
    attachments,
  }
}

function systemOf(
  row: Row,
  type: number,
  body: string | undefined,
  vcards: string | undefined,
  hasFile: boolean,
): string | undefined {
  const words = typeInWords(type, numberOf(row.event))
  if (words === undefined) return undefined
  if ((CONTACT_TYPES as readonly number[]).includes(type)) {
    const numbers = telephonesOn(vcards)
    return numbers.length === 0 ? words : `${words}: ${numbers.join(', ')}`
  }
  const carried = textOf(row.event_text)
  if (type === SYSTEM_TYPE && carried !== undefined && carried !== body) return `${words}: ${carried}`
  // A picture that is there needs no word for it.
  return hasFile ? undefined : words
}

function attachmentOf(row: Row, type: number, path: string): Attachment {
  const media = mediaType(row.mime)
  const bytes = numberOf(row.bytes)
  const name = type === DOCUMENT_TYPE ? textOf(row.media_name) : undefined
  return {
    name: name ?? baseName(path),
    ...(media !== undefined && { media_type: media }),
    ...(bytes !== undefined && bytes > 0 && { bytes }),
    taken: false,
  }
}
