import type { SqliteReader } from '../../acquisition/index.ts'
import type { Message } from '../../records/index.ts'
import type { ReadContext, RecordTable } from '../artefact.ts'
import { selectList } from '../schema.ts'
import { isSomebody, NOBODY } from '../telephony/addresses.ts'
import { SMS_TYPES } from '../telephony/message-types.ts'
import type { Conversations } from './conversations.ts'
import { Oddities } from '../oddities.ts'

/** The address, and NULL where Android wrote that it knows none: then the conversation says who it is. */
const ADDRESS = `CASE WHEN s.address NOT IN (${NOBODY.map((address) => `'${address}'`).join(',')}) THEN s.address END`

/** Describes `sms`, or another table of its form: one row a message, `date` in milliseconds. */
export function smsTable(
  database: SqliteReader,
  context: ReadContext,
  conversations: Conversations,
  table: string,
): RecordTable {
  const odd = new Oddities(context)

  return {
    kind: 'message',
    table,
    from: `${table} s`,
    key: 's._id',
    app: 'sms',
    time: { sql: 's.date', encoding: 'unix_milliseconds' },
    parties: [
      { address: ADDRESS },
      { key: `CASE WHEN ${ADDRESS} IS NULL THEN s.thread_id END`, addresses: () => conversations.all() },
    ],
    body: 's.body',
    thread: 's.thread_id',
    columns: selectList(database.tables, table, 's', ['thread_id', 'address', 'date', 'type', 'subject', 'body']),

    read(row): Message {
      const { type, address } = row
      const known = typeof type === 'number' && type in SMS_TYPES
      if (!known) odd.once(`${table}.type`, 'a type outside 1 to 6; read as received')
      const incoming = !known || type === 1
      const others = isSomebody(address) ? [address] : conversations.members(row.thread_id)
      // The one other person of a conversation is the sender; in a group the phone does not say which of them it was.
      const from = incoming && others.length === 1 ? others[0] : undefined
      const system = known ? SMS_TYPES[type] : undefined
      const time = odd.time(`${table}.date`, row.date, 'unix_milliseconds')
      return {
        kind: 'message',
        app: 'sms',
        ...time,
        direction: incoming ? 'in' : 'out',
        ...(from === undefined ? {} : { from: { address: from } }),
        to: from === undefined ? others.map((one) => ({ address: one })) : [],
        ...(row.thread_id === null ? {} : { thread: String(row.thread_id) }),
        service: 'SMS',
        ...(typeof row.subject === 'string' && row.subject !== '' ? { subject: row.subject } : {}),
        ...(typeof row.body === 'string' && row.body !== '' ? { body: row.body } : {}),
        ...(system === undefined ? {} : { system }),
        attachments: [],
      }
    },
  }
}
