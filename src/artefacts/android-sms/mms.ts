import type { SqliteReader } from '../../acquisition/index.ts'
import type { Message } from '../../records/index.ts'
import type { ReadContext, RecordTable } from '../artefact.ts'
import { Oddities } from '../oddities.ts'
import { selectList } from '../schema.ts'
import { UNSENT_MMS } from '../telephony/message-types.ts'
import { subjectText } from '../telephony/subject.ts'
import type { Conversations } from './conversations.ts'
import { INCOMING, MmsAddresses } from './mms-parties.ts'
import { MmsParts } from './mms-parts.ts'

/** `pdu.m_type` (PduHeaders): sent, announced and not yet fetched, received. The others report delivery or reading. */
const ANNOUNCED = 130
const IS_MESSAGE = 'coalesce(p.m_type, 132) IN (128, 130, 132)'

/** Describes `pdu` with `part` and `addr`: one row a message, `date` in SECONDS. */
export function mmsTable(database: SqliteReader, context: ReadContext, conversations: Conversations): RecordTable {
  const odd = new Oddities(context)
  const addresses = new MmsAddresses(database, conversations, IS_MESSAGE)
  const parts = new MmsParts(database, context)
  const columns = ['thread_id', 'date', 'msg_box', 'm_type', 'm_id', 'sub', 'sub_cs']

  return {
    kind: 'message',
    table: 'pdu',
    from: `pdu p${parts.join}`,
    key: 'p._id',
    where: IS_MESSAGE,
    app: 'sms',
    time: { sql: 'p.date', encoding: 'unix_seconds' },
    parties: [{ key: 'p._id', addresses: () => addresses.byMessage() }],
    body: parts.body,
    thread: 'p.thread_id',
    columns: `p._id AS id, ${INCOMING} AS incoming, ${parts.body} AS body, ${selectList(database.tables, 'pdu', 'p', columns)}`,

    read(row): Message {
      const incoming = row.incoming === 1
      const { from, to } = addresses.of({ id: row.id as number, incoming, thread: row.thread_id })
      const subject = subjectText(row.sub, row.sub_cs)
      const system = row.m_type === ANNOUNCED ? 'not downloaded' : UNSENT_MMS[row.msg_box as number]
      const time = odd.time('pdu.date', row.date, 'unix_seconds')
      return {
        kind: 'message',
        app: 'sms',
        ...time,
        direction: incoming ? 'in' : 'out',
        ...(from === undefined ? {} : { from: { address: from } }),
        to: to.map((address) => ({ address })),
        ...(row.thread_id === null ? {} : { thread: String(row.thread_id) }),
        service: 'MMS',
        ...(subject === undefined ? {} : { subject }),
        ...(typeof row.body === 'string' && row.body !== '' ? { body: row.body } : {}),
        ...(typeof row.m_id === 'string' && row.m_id !== '' ? { message_id: row.m_id } : {}),
        ...(system === undefined ? {} : { system }),
        attachments: parts.attachments(row.id),
      }
    },

    attachmentFiles: (row) => parts.files(row.id),
  }
}
