import type { Message } from '../../records/index.ts'
import type { RecordTable } from '../artefact.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { numberOf, textOf, timeOf } from '../whatsapp/values.ts'
import { deletedSql } from './deleted.ts'
import type { People } from './people.ts'

/** Whether this version keeps reactions in a table. */
export function hasReactions(columns: Columns): boolean {
  return (
    columns.has('message_add_on', '_id', 'chat_row_id', 'from_me', 'sender_jid_row_id', 'timestamp') &&
    columns.has('message_add_on', 'parent_message_row_id') &&
    columns.has('message_add_on_reaction', 'message_add_on_row_id', 'reaction')
  )
}

/** Every reaction as one record, which names the message that it is to and holds nothing of it. */
export function reactionTable(columns: Columns, people: People): RecordTable {
  const never = deletedSql(columns, {
    id: 'p._id',
    chat: 'p.chat_row_id',
    starred: columns.of('message', 'p', 'starred'),
    type: 'p.message_type',
  })
  return {
    kind: 'message',
    table: 'message_add_on_reaction',
    from: `message_add_on_reaction r${columns.one('message_add_on', 'a', '_id', 'r.message_add_on_row_id')}${columns.one(
      'message',
      'p',
      '_id',
      'a.parent_message_row_id',
    )}${columns.one('chat', 'c', '_id', 'a.chat_row_id')}`,
    key: 'r.rowid',
    ...(never !== undefined && { never: [{ reason: 'deleted' as const, where: never }] }),
    app: 'whatsapp',
    time: { sql: 'a.timestamp', encoding: 'unix_milliseconds' },
    parties: [
      { key: 'a.chat_row_id', addresses: () => people.addressesByChat() },
      { key: 'a.sender_jid_row_id', addresses: () => people.addressesByRow() },
    ],
    thread: 'a.chat_row_id',
    columns: `a.timestamp AS time, a.from_me AS mine, c.jid_row_id AS chat,
      ${columns.text('chat', 'c', 'subject')} AS subject, a.sender_jid_row_id AS sender, p.key_id AS parent,
      ${columns.of('message_add_on', 'a', 'key_id')} AS key_id, r.reaction AS reaction`,
    read: (row) => {
      const chat = numberOf(row.chat)
      const type = textOf(row.reaction)
      const thread = people.id(chat)
      const threadName = textOf(row.subject)
      const messageId = textOf(row.key_id)
      const found: Message = {
        kind: 'message',
        app: 'whatsapp',
        ...timeOf(row.time, 'unix_milliseconds'),
        direction: row.mine === 1 ? 'out' : 'in',
        ...people.sidesAt(row.mine === 1, chat, numberOf(row.sender)),
        ...(thread !== undefined && { thread }),
        ...(threadName !== undefined && { thread_name: threadName }),
        // A reaction that was taken back stays in its row, without the sign.
        reaction: {
          to: textOf(row.parent) ?? '',
          type: type ?? '',
          ...(type === undefined && { removed: true as const }),
        },
        ...(messageId !== undefined && { message_id: messageId }),
        attachments: [],
      }
      return found
    },
  }
}
