import type { ReadContext, RecordTable } from '../artefact.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { placeSql, textOf } from '../whatsapp/values.ts'
import { deletedSql } from './deleted.ts'
import { mediaFile, pathInSerialised, SERIALISED_BYTES } from './media-file.ts'
import { messageOf } from './message-record.ts'
import {
  CAPTIONED_TYPES,
  FILELESS_TYPES,
  LOCATION_TYPES,
  SYSTEM_TYPE,
  UNSENT_TYPES,
  WRITTEN_EVENTS,
} from './message-type.ts'
import type { People } from './people.ts'

/** What a file must have for its messages to be read by the schema of before 2022. */
export const LEGACY_WANTED = {
  messages: ['_id', 'key_remote_jid', 'key_from_me', 'key_id', 'status', 'data', 'timestamp', 'media_wa_type'],
} as const

/** `status` of rows that are events of the chat. */
const EVENT_STATUS = 6

/**
 * Every message of the old table `messages` as one record. Where the app was moving its messages to the new table, those that
 * have arrived there (under the same key) are read from there and not here.
 */
export function legacyMessageTable(
  columns: Columns,
  people: People,
  context: ReadContext,
  moving: boolean,
): RecordTable {
  const m = (column: string) => columns.of('messages', 'm', column)
  const d = (column: string) => columns.of('message_media', 'd', column)
  // Written as text or as a number, by version. An event is a text with a status, and what happened in the size of its media.
  const type = `CASE WHEN m.status = ${EVENT_STATUS} THEN ${SYSTEM_TYPE} ELSE coalesce(CAST(m.media_wa_type AS INTEGER), 0) END`
  const event = `CASE WHEN m.status = ${EVENT_STATUS} THEN ${m('media_size')} END`
  const text = columns.text('messages', 'm', 'data')
  const caption = columns.text('messages', 'm', 'media_caption')
  const name = columns.text('messages', 'm', 'media_name')
  const body = `CASE
    WHEN (${type}) IN (${UNSENT_TYPES.join()}) THEN NULL
    WHEN (${type}) = ${SYSTEM_TYPE} THEN CASE WHEN ${event} IN (${WRITTEN_EVENTS.join()}) THEN ${text} END
    WHEN (${type}) IN (4, 14) THEN ${name}
    WHEN (${type}) IN (${LOCATION_TYPES.join()}) THEN ${name}
    WHEN (${type}) IN (${CAPTIONED_TYPES.join()}) THEN coalesce(${text}, ${caption})
    ELSE ${text} END`
  const place = placeSql(`(${type}) IN (${LOCATION_TYPES.join()})`, m('latitude'), m('longitude'))
  const sent = `(${type}) NOT IN (${FILELESS_TYPES.join()}, 4, 14)`
  const key = "NOT (m.key_remote_jid IS '-1' AND m.key_id IS '-1')"
  const arrived = 'NOT EXISTS (SELECT 1 FROM message n WHERE n._id = m._id AND n.key_id = m.key_id)'
  const hasChats = columns.has('chat', '_id', 'jid_row_id') && columns.has('jid', '_id', 'raw_string')
  const chat =
    '(SELECT c._id FROM jid j JOIN chat c ON c.jid_row_id = j._id WHERE j.raw_string = m.key_remote_jid LIMIT 1)'
  const never = hasChats
    ? deletedSql(columns, { id: 'm._id', chat, starred: m('starred'), type: `(${type})` })
    : undefined
  const quotes = columns.has('messages', 'quoted_row_id')
    ? columns.one('messages_quotes', 'q', '_id', 'm.quoted_row_id')
    : ''
  return {
    kind: 'message',
    table: 'messages',
    from: `messages m${columns.one('message_media', 'd', 'message_row_id', 'm._id')}${quotes}`,
    key: 'm._id',
    where: moving ? `${key} AND ${arrived}` : key,
    ...(never !== undefined && { never: [{ reason: 'deleted' as const, where: never }] }),
    app: 'whatsapp',
    time: { sql: 'm.timestamp', encoding: 'unix_milliseconds' },
    parties: ['key_remote_jid', 'remote_resource']
      .filter((column) => columns.has('messages', column))
      .map((column) => ({
        key: `m.${column}`,
        addresses: () =>
          people.addressesById(`SELECT DISTINCT ${column} AS id FROM messages`, column === 'key_remote_jid'),
      })),
    body,
    place,
    thread: 'm.key_remote_jid',
    columns: `m.timestamp AS time, m.key_from_me AS mine, ${type} AS type, ${event} AS event, ${body} AS body,
      CASE WHEN m.status = ${EVENT_STATUS} THEN m.data END AS event_text, m.key_id AS key_id, m.key_remote_jid AS chat,
      ${m('remote_resource')} AS sender, ${quotes === '' ? 'NULL' : columns.of('messages_quotes', 'q', 'key_id')} AS quoted,
      0 AS revoked, NULL AS edited, ${place.lat} AS lat, ${place.lon} AS lon,
      CASE WHEN ${sent} THEN ${d('file_path')} END AS path,
      CASE WHEN ${sent} AND typeof(${m('thumb_image')}) = 'blob' THEN substr(${m('thumb_image')}, 1, ${SERIALISED_BYTES}) END AS serialised,
      coalesce(${d('mime_type')}, ${m('media_mime_type')}) AS mime,
      CASE WHEN m.status <> ${EVENT_STATUS} THEN ${m('media_size')} END AS bytes, ${name} AS media_name,
      CASE WHEN (${type}) IN (4, 14) THEN substr(m.data, 1, 65536) END AS vcards`,
    read: (row) => {
      const thread = textOf(row.chat)
      return messageOf(row, {
        sides: people.sidesOf(row.mine === 1, thread, row.sender),
        thread,
        threadName: thread === undefined ? undefined : people.subjectOf(thread),
        path: pathOf(row),
        vcards: textOf(row.vcards),
      })
    },
    attachmentFiles: (row) => {
      const path = pathOf(row)
      return path === undefined ? [] : [mediaFile(path, context)]
    },
  }
}

function pathOf(row: Readonly<Record<string, unknown>>): string | undefined {
  return textOf(row.path) ?? (row.serialised instanceof Uint8Array ? pathInSerialised(row.serialised) : undefined)
}
