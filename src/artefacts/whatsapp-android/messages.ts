import type { SqliteReader } from '../../acquisition/index.ts'
import type { ReadContext, RecordTable } from '../artefact.ts'
import { ChildRows } from '../child-rows.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { numberOf, placeSql, textOf } from '../whatsapp/values.ts'
import { deletedSql } from './deleted.ts'
import { mediaFile } from './media-file.ts'
import { messageOf } from './message-record.ts'
import {
  CAPTIONED_TYPES,
  CONTACT_TYPES,
  DOCUMENT_TYPE,
  FILELESS_TYPES,
  LOCATION_TYPES,
  SYSTEM_TYPE,
  UNSENT_TYPES,
  WRITTEN_EVENTS,
} from './message-type.ts'
import type { People } from './people.ts'

/** What a file must have for its messages to be read by the schema of 2020 and later. */
export const WANTED = {
  message: ['_id', 'chat_row_id', 'from_me', 'key_id', 'timestamp', 'text_data', 'message_type'],
  chat: ['_id', 'jid_row_id'],
  jid: ['_id', 'raw_string'],
} as const

/** The row with which the app starts the table, and which its own views leave out: it belongs to no chat and is no message. */
export const NOT_PLACEHOLDER = "NOT (m.chat_row_id IS -1 AND m.key_id IS '-1')"

/** Every message of the table `message` as one record. */
export function messageTable(
  database: SqliteReader,
  columns: Columns,
  people: People,
  context: ReadContext,
): RecordTable {
  const m = (column: string) => columns.of('message', 'm', column)
  const d = (column: string) => columns.of('message_media', 'd', column)
  const l = (column: string) => columns.of('message_location', 'l', column)
  const type = 'm.message_type'
  const event = columns.of('message_system', 's', 'action_type')
  const revoked = columns.has('message_revoked', 'message_row_id') ? 'r.message_row_id IS NOT NULL' : '0'
  const body = `CASE
    WHEN ${type} IN (${UNSENT_TYPES.join()}) OR ${revoked} THEN NULL
    WHEN ${type} = ${SYSTEM_TYPE} AND coalesce(${event}, 0) NOT IN (${WRITTEN_EVENTS.join()}) THEN NULL
    ELSE coalesce(${columns.text('message', 'm', 'text_data')}, CASE
      WHEN ${type} IN (${[...CAPTIONED_TYPES, DOCUMENT_TYPE].join()}) THEN ${columns.text('message_media', 'd', 'media_caption')}
      WHEN ${type} IN (${LOCATION_TYPES.join()}) THEN ${columns.text('message_location', 'l', 'place_name')} END) END`
  const place = placeSql(`${type} IN (${LOCATION_TYPES.join()})`, l('latitude'), l('longitude'))
  const sent = `${type} NOT IN (${FILELESS_TYPES.join()}) AND NOT (${revoked})`
  const satellites = [
    columns.one('chat', 'c', '_id', 'm.chat_row_id'),
    ...(
      [
        ['message_media', 'd'],
        ['message_location', 'l'],
        ['message_system', 's'],
        ['message_quoted', 'q'],
        ['message_revoked', 'r'],
        ['message_edit_info', 'e'],
      ] as const
    ).map(([table, alias]) => columns.one(table, alias, 'message_row_id', 'm._id')),
  ]
  const never = deletedSql(columns, { id: 'm._id', chat: 'm.chat_row_id', starred: m('starred'), type })
  const vcards = columns.has('message_vcard', '_id', 'message_row_id', 'vcard')
    ? new ChildRows<{ vcard: string }>(database, 'message_vcard', 'message_row_id', 'vcard', '_id')
    : undefined
  return {
    kind: 'message',
    table: 'message',
    from: `message m${satellites.join('')}`,
    key: 'm._id',
    where: NOT_PLACEHOLDER,
    ...(never !== undefined && { never: [{ reason: 'deleted' as const, where: never }] }),
    app: 'whatsapp',
    time: { sql: 'm.timestamp', encoding: 'unix_milliseconds' },
    parties: [
      { key: 'm.chat_row_id', addresses: () => people.addressesByChat() },
      { key: m('sender_jid_row_id'), addresses: () => people.addressesByRow() },
    ],
    body,
    place,
    thread: 'm.chat_row_id',
    columns: `m._id AS row, m.timestamp AS time, m.from_me AS mine, ${type} AS type, ${event} AS event, ${body} AS body,
      CASE WHEN ${type} = ${SYSTEM_TYPE} THEN m.text_data END AS event_text, m.key_id AS key_id,
      c.jid_row_id AS chat, ${columns.text('chat', 'c', 'subject')} AS subject, ${m('sender_jid_row_id')} AS sender,
      ${columns.of('message_quoted', 'q', 'key_id')} AS quoted, ${revoked} AS revoked,
      ${columns.of('message_edit_info', 'e', 'edited_timestamp')} AS edited, ${place.lat} AS lat, ${place.lon} AS lon,
      CASE WHEN ${sent} THEN ${d('file_path')} END AS path, ${d('mime_type')} AS mime,
      coalesce(nullif(${d('file_length')}, 0), ${d('file_size')}) AS bytes, ${d('media_name')} AS media_name`,
    read: (row) => {
      const chat = numberOf(row.chat)
      return messageOf(row, {
        sides: people.sidesAt(row.mine === 1, chat, numberOf(row.sender)),
        thread: people.id(chat),
        threadName: textOf(row.subject),
        path: textOf(row.path),
        vcards: (CONTACT_TYPES as readonly unknown[]).includes(row.type)
          ? vcards
              ?.of(row.row)
              .map(({ vcard }) => vcard)
              .join('\n')
          : undefined,
      })
    },
    attachmentFiles: (row) => {
      const path = textOf(row.path)
      return path === undefined ? [] : [mediaFile(path, context)]
    },
  }
}
