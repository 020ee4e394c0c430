import type { Attachment, Message } from '../../records/index.ts'
import type { ReadContext, RecordTable } from '../artefact.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { baseName, mediaType, numberOf, placeOf, placeSql, telephonesOn, textOf, timeOf } from '../whatsapp/values.ts'
import type { Conversations } from './conversations.ts'
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

/** Bytes of `ZMETADATA` in which the id of an answered message is looked for: it stands before what is quoted. */
const METADATA_BYTES = 512
/** How WhatsApp separates the names on several contact cards in one column. */
const NAME_SEPARATOR = '_$!<Name-Separator>!$_'

/** Every row of ZWAMESSAGE as one record. */
export function messageTable(columns: Columns, conversations: Conversations, context: ReadContext): RecordTable {
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
  const place = placeSql(`${type} IN (${LOCATION_TYPES.join()})`, d('ZLATITUDE'), d('ZLONGITUDE'))
  const sent = `${type} NOT IN (${FILELESS_TYPES.join()})`
  return {
    kind: 'message',
    table: 'ZWAMESSAGE',
    from: `ZWAMESSAGE m${columns.one('ZWACHATSESSION', 'c', 'Z_PK', 'm.ZCHATSESSION')}${
      columns.has('ZWAMESSAGE', 'ZGROUPMEMBER') ? columns.one('ZWAGROUPMEMBER', 'g', 'Z_PK', 'm.ZGROUPMEMBER') : ''
    }${mediaJoin(columns)}`,
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
    columns: `m.ZMESSAGEDATE AS time, m.ZISFROMME AS mine, ${type} AS type, ${event} AS event, ${body} AS body,
      CASE WHEN ${type} IN (${SYSTEM_TYPES.join()}) THEN m.ZTEXT END AS event_text, m.ZCHATSESSION AS chat,
      c.ZCONTACTJID AS contact, ${columns.text('ZWACHATSESSION', 'c', 'ZPARTNERNAME')} AS contact_name, ${jid} AS jid,
      ${memberColumns(columns)}, ${m('ZSTANZAID')} AS stanza, ${place.lat} AS lat, ${place.lon} AS lon,
      CASE WHEN ${sent} THEN ${d('ZMEDIALOCALPATH')} END AS path,
      CASE WHEN ${type} = ${DOCUMENT_TYPE} THEN ${title} END AS document,
      CASE WHEN ${sent} THEN ${d('ZFILESIZE')} END AS bytes,
      CASE WHEN ${sent} THEN substr(${d('ZVCARDSTRING')}, 1, CASE ${type} WHEN ${CONTACT_TYPE} THEN 65536 ELSE 100 END) END AS card,
      substr(${d('ZMETADATA')}, 1, ${METADATA_BYTES}) AS metadata`,
    read: (row) => readMessage(row, conversations),
    attachmentFiles: (row) => {
      const path = textOf(row.path)
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

function memberColumns(columns: Columns): string {
  if (!columns.has('ZWAMESSAGE', 'ZGROUPMEMBER') || !columns.has('ZWAGROUPMEMBER', 'Z_PK', 'ZMEMBERJID'))
    return 'NULL AS member, NULL AS member_name'
  const names = ['ZCONTACTNAME', 'ZFIRSTNAME'].map((column) => columns.text('ZWAGROUPMEMBER', 'g', column))
  return `g.ZMEMBERJID AS member, coalesce(${names.join(', ')}) AS member_name`
}

function readMessage(row: Row, conversations: Conversations): Message {
  const type = numberOf(row.type) ?? 0
  const fromMe = row.mine === 1
  const body = textOf(row.body)
  const contact = textOf(row.contact)
  const chat = numberOf(row.chat)
  const isGroup = contact !== undefined && /@(g\.us|broadcast)$/.test(contact)
  const groupName = isGroup ? textOf(row.contact_name) : undefined
  const attachments = attachmentsOf(row)
  const system = systemOf(row, type, body, attachments.length > 0)
  const messageId = textOf(row.stanza)
  const replyTo = row.metadata instanceof Uint8Array ? quotedStanza(row.metadata) : undefined
  const { from, to } = conversations.sidesOf({
    chat,
    fromMe,
    contact,
    contactName: isGroup ? undefined : row.contact_name,
    jid: row.jid,
    member: row.member,
    memberName: row.member_name,
  })
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
    ...placeOf(row.lat, row.lon),
    attachments,
  }
}

/** Says what a row is where text does not, or not alone: events with what they carry, cards with their numbers. */
function systemOf(row: Row, type: number, body: string | undefined, hasFile: boolean): string | undefined {
  const words = typeInWords(type, numberOf(row.event) ?? 0)
  if (words === undefined) return undefined
  if (type === CONTACT_TYPE) {
    const numbers = telephonesOn(row.card)
    return numbers.length === 0 ? words : `${words}: ${numbers.join(', ')}`
  }
  const carried = textOf(row.event_text)
  if (carried !== undefined && carried !== body) return `${words}: ${carried}`
  // A picture that is there needs no word for it.
  return hasFile ? undefined : words
}

function attachmentsOf(row: Row): Attachment[] {
  const path = textOf(row.path)
  if (path === undefined) return []
  const type = mediaType(row.card)
  const bytes = numberOf(row.bytes)
  return [
    {
      name: textOf(row.document) ?? baseName(path),
      ...(type !== undefined && { media_type: type }),
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
