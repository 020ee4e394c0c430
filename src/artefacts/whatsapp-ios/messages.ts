import type { SqliteReader } from '../../acquisition/index.ts'
import type { Attachment, Message } from '../../records/index.ts'
import type { ReadContext, RecordTable } from '../artefact.ts'
import type { Columns } from '../whatsapp/columns.ts'
import {
  baseName,
  mediaType,
  numberOf,
  placeSql,
  telephonesOn,
  textOf,
  timeOf,
  usablePlace,
} from '../whatsapp/values.ts'
import type { Conversations } from './conversations.ts'
import { type MediaItem, MediaItems } from './media-items.ts'
import {
  CONTACT_TYPE,
  DOCUMENT_TYPE,
  FILELESS_TYPES,
  LOCATION_TYPES,
  SUBJECT_EVENT,
  SYSTEM_TYPES,
  TITLED_TYPES,
  typeInWords,
  UNSENT_TYPE,
} from './message-type.ts'
import { quotedStanza } from './quoted-stanza.ts'

type Row = Readonly<Record<string, unknown>>

/** How WhatsApp separates the names on several contact cards in one column. */
const NAME_SEPARATOR = '_$!<Name-Separator>!$_'

/** Every row of ZWAMESSAGE as one record. */
export function messageTable(
  database: SqliteReader,
  columns: Columns,
  conversations: Conversations,
  context: ReadContext,
): RecordTable {
  const m = (column: string) => columns.of('ZWAMESSAGE', 'm', column)
  const d = (column: string) => columns.of('ZWAMEDIAITEM', 'd', column)
  const type = 'm.ZMESSAGETYPE'
  // What went out went to ZTOJID; what came in came from ZFROMJID, and its ZTOJID is the device user.
  const jid = `CASE WHEN m.ZISFROMME = 1 THEN ${m('ZTOJID')} ELSE ${m('ZFROMJID')} END`
  const event = m('ZGROUPEVENTTYPE')
  const title = columns.text('ZWAMEDIAITEM', 'd', 'ZTITLE')
  const cardName = columns.text('ZWAMEDIAITEM', 'd', 'ZVCARDNAME')
  const body = `CASE
    WHEN ${type} IN (${UNSENT_TYPE}, 10, 12) OR ${type} = 6 AND ${event} IS NOT ${SUBJECT_EVENT} THEN NULL
    ELSE coalesce(${columns.text('ZWAMESSAGE', 'm', 'ZTEXT')}, CASE
      WHEN ${type} IN (${TITLED_TYPES.join()}) THEN ${title}
      WHEN ${type} = ${CONTACT_TYPE} THEN replace(${cardName}, '${NAME_SEPARATOR}', ', ') END) END`
  const place = placeSql(`${type} IN (${[...LOCATION_TYPES].join()})`, d('ZLATITUDE'), d('ZLONGITUDE'))
  const hasMedia = columns.has('ZWAMEDIAITEM', 'Z_PK')
  const media = new MediaItems(database, columns)
  return {
    kind: 'message',
    table: 'ZWAMESSAGE',
    from: `ZWAMESSAGE m${mediaJoin(columns)}`,
    key: 'm.Z_PK',
    app: 'whatsapp',
    time: { sql: 'm.ZMESSAGEDATE', encoding: 'apple_seconds' },
    parties: [
      { key: 'm.ZCHATSESSION', addresses: () => conversations.addressesByChat() },
      {
        key: jid,
        addresses: () => conversations.addressesBy(`SELECT DISTINCT ${jid} AS key, ${jid} AS jid FROM ZWAMESSAGE m`),
      },
      ...(columns.has('ZWAMESSAGE', 'ZGROUPMEMBER') && columns.has('ZWAGROUPMEMBER', 'Z_PK', 'ZMEMBERJID')
        ? [
            {
              key: 'm.ZGROUPMEMBER',
              addresses: () => conversations.addressesBy('SELECT Z_PK AS key, ZMEMBERJID AS jid FROM ZWAGROUPMEMBER'),
            },
          ]
        : []),
    ],
    body,
    place,
    thread: 'm.ZCHATSESSION',
    // Few columns, because they are what a million rows cost; what few rows have is asked for per row.
    columns: `m.ZMESSAGEDATE AS time, m.ZISFROMME AS mine, ${type} AS type, ${event} AS event, ${body} AS body,
      CASE WHEN ${type} IN (${SYSTEM_TYPES.join()}) THEN m.ZTEXT END AS event_text, m.ZCHATSESSION AS chat, ${jid} AS jid,
      ${m('ZGROUPMEMBER')} AS member, ${m('ZSTANZAID')} AS stanza, ${hasMedia ? 'd.Z_PK' : 'NULL'} AS media`,
    read: (row) => readMessage(row, conversations, media),
    attachmentFiles: (row) => {
      const path = sentPath(numberOf(row.type) ?? 0, media.of(row.media))
      return path === undefined ? [] : [mediaFile(path, context)]
    },
  }
}

function mediaJoin(columns: Columns): string {
  // Versions without the pointer in the message have one in the media item, which `one` keeps from multiplying rows.
  return columns.has('ZWAMESSAGE', 'ZMEDIAITEM')
    ? columns.one('ZWAMEDIAITEM', 'd', 'Z_PK', 'm.ZMEDIAITEM')
    : columns.one('ZWAMEDIAITEM', 'd', 'ZMESSAGE', 'm.Z_PK')
}

function readMessage(row: Row, conversations: Conversations, media: MediaItems): Message {
  const type = numberOf(row.type) ?? 0
  const fromMe = row.mine === 1
  const body = textOf(row.body)
  const chat = numberOf(row.chat)
  const { id: contact, groupName } = conversations.about(chat)
  const item = media.of(row.media)
  const attachments = attachmentsOf(type, item)
  const system = systemOf(row, type, body, item, attachments.length > 0)
  const messageId = textOf(row.stanza)
  const replyTo = item?.metadata instanceof Uint8Array ? quotedStanza(item.metadata) : undefined
  const { from, to } = conversations.sidesOf({ chat, fromMe, jid: row.jid, member: numberOf(row.member) })
  return {
    kind: 'message',
    app: 'whatsapp',
    ...timeOf(row.time, 'apple_seconds'),
    direction: fromMe ? 'out' : 'in',
    ...(from !== undefined && { from }),
    to,
    ...((contact ?? chat) !== undefined && { thread: contact ?? String(chat) }),
    ...(groupName !== undefined && { thread_name: groupName }),
    ...(body !== undefined && { body }),
    ...(type === UNSENT_TYPE && { unsent: true as const }),
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(messageId !== undefined && { message_id: messageId }),
    ...(system !== undefined && { system }),
    ...(item !== undefined && LOCATION_TYPES.has(type) && usablePlace(item.lat, item.lon)),
    attachments,
  }
}

/** Says what a row is where text does not, or not alone: events with what they carry, cards with their numbers. */
function systemOf(
  row: Row,
  type: number,
  body: string | undefined,
  item: MediaItem | undefined,
  hasFile: boolean,
): string | undefined {
  const words = typeInWords(type, numberOf(row.event) ?? 0)
  if (words === undefined) return undefined
  if (type === CONTACT_TYPE) {
    const numbers = telephonesOn(item?.card)
    return numbers.length === 0 ? words : `${words}: ${numbers.join(', ')}`
  }
  const carried = textOf(row.event_text)
  if (carried !== undefined && carried !== body) return `${words}: ${carried}`
  // A picture that is there needs no word for it.
  return hasFile ? undefined : words
}

/** The path of the file that was sent; undefined where the media item is none, or its file was never fetched. */
function sentPath(type: number, item: MediaItem | undefined): string | undefined {
  return FILELESS_TYPES.has(type) ? undefined : textOf(item?.path)
}

function attachmentsOf(type: number, item: MediaItem | undefined): Attachment[] {
  const path = sentPath(type, item)
  if (item === undefined || path === undefined) return []
  const media = mediaType(item.card)
  const bytes = numberOf(item.bytes)
  return [
    {
      name: (type === DOCUMENT_TYPE ? textOf(item.title) : undefined) ?? baseName(path),
      ...(media !== undefined && { media_type: media }),
      ...(bytes !== undefined && bytes > 0 && { bytes }),
      taken: false,
    },
  ]
}

/** Media lies in `Message/` beside the database, in a backup as on the phone; in a loose folder it may lie beside it. */
function mediaFile(path: string, context: ReadContext) {
  const folder = context.path.slice(0, context.path.lastIndexOf('/') + 1)
  const relative = path.replace(/^\/+/, '')
  return context.file(`${folder}Message/${relative}`) ?? context.file(`${folder}${relative}`)
}
