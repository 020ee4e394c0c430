import type { Message } from '../../../records/index.ts'
import { mix, scramble } from '../../random.ts'
import type { Story, StoryFile, StoryMessage } from '../../story/types.ts'
import { deletedRows } from '../deleted-rows.ts'
import { makeDatabase, type PhoneDatabase } from '../phone-database.ts'
import type { PhoneFiles } from '../phone-files.ts'
import { attachmentsOf, isMms, isoBytes, messageId, messageTimes, recordOf, UTF_8 } from './records.ts'
import { MMSSMS_INDICES, MMSSMS_TABLES, MMSSMS_TOKENIZER, MMSSMS_TRIGGERS, MMSSMS_VERSION } from './schema.ts'
import { makeThreads, type Thread } from './threads.ts'

/** Where a part's file lies; the database writes it under `/data/user/0`, a link to `/data/data` on every phone. */
const PARTS = 'com.android.providers.telephony/app_parts'
const PARTS_SINCE = 1_400_000_000_000
/** PduHeaders */
const FROM = 137
const TO = 151
const SEND = 128
const RETRIEVED = 132
const NO = 129
const MESSAGING = 'com.google.android.apps.messaging'
/** A message centre of the drama range. */
const CENTRE = '+447700900999'

/**
 * The messages of the SMS app, wherever they are written. `write` returns the record that the row means.
 */
export interface MessageStore {
  write(message: StoryMessage): Message
  close(): void
}

/**
 * Makes mmssms.db at `path`: SMS in milliseconds, MMS in seconds, one row of `sms` or of `pdu` for each message. The parts of
 * MMS go to `files`.
 */
export function makeMessageStore(path: string, story: Story, files: PhoneFiles): MessageStore {
  const db = makeDatabase(path, MMSSMS_VERSION, MMSSMS_TABLES)
  const threads = makeThreads(story, db)
  const index = wordIndex(db)
  const insertSms = smsTable(db)
  const insertMms = pduTable(db, story, files)
  const deferred: StoryMessage[] = []
  // A text that was taken back, under a row that is no message any more.
  index(2 ** 31, 1, story.indexed.messages)

  const insert = (message: StoryMessage) => {
    const thread = threads.of(message.conversation)
    threads.count(thread, message)
    if (isMms(thread.conversation, message)) {
      const text = insertMms(thread, message)
      if (text !== undefined) index(text, 2, message.body)
    } else index(insertSms(thread, message), 1, message.body)
  }
  const deleted = deletedRows(story, 'sms', (gone) => {
    const row = insertSms(threads.of(gone.conversation), gone)
    index(row, 1, gone.body)
    return row
  })

  return {
    write: (message) => {
      deleted.before(message.at)
      if (message.walOnly) deferred.push(message)
      else insert(message)
      const { conversation, id } = threads.of(message.conversation)
      return recordOf(story, conversation, message, { thread: id, files })
    },
    close: () => {
      const { now, inLog } = deleted.end()
      for (const sql of MMSSMS_INDICES) db.run(sql)
      threads.end()
      // Last, so that nothing is written over them. The word index goes on holding their text, as after a rebuild of it.
      for (const row of now) db.run('DELETE FROM sms WHERE _id = ?', row)
      db.settle({ triggers: MMSSMS_TRIGGERS, replace: [MMSSMS_TOKENIZER] })
      for (const message of deferred) insert(message)
      for (const row of inLog) {
        db.run('DELETE FROM sms WHERE _id = ?', row)
        db.run('DELETE FROM words WHERE docid = ?', row)
      }
      db.run('UPDATE threads SET read = 1')
      db.close()
    },
  }
}

function smsTable(db: PhoneDatabase) {
  const insert = db.into('sms')
  return ({ id, conversation }: Thread, message: Pick<StoryMessage, 'direction' | 'at' | 'body'>): number => {
    const incoming = message.direction === 'in'
    const { date, sent } = messageTimes(message, false)
    return insert({
      thread_id: id,
      address: conversation.members[0]?.address ?? null,
      date: date ?? null,
      date_sent: sent,
      protocol: incoming ? 0 : null,
      read: 1,
      status: -1,
      type: incoming ? 1 : 2,
      reply_path_present: incoming ? 0 : null,
      body: message.body ?? null,
      service_center: incoming ? CENTRE : null,
      sub_id: 1,
      error_code: -1,
      creator: MESSAGING,
      seen: 1,
    })
  }
}

/** Inserts an MMS with its addresses and parts; returns the row of its text, where it has one. */
function pduTable(db: PhoneDatabase, story: Story, files: PhoneFiles) {
  const pdu = db.into('pdu')
  const addr = db.into('addr')
  const part = db.into('part')
  return (thread: Thread, message: StoryMessage): number | undefined => {
    const { id, conversation } = thread
    const incoming = message.direction === 'in'
    const attached = attachmentsOf(story, message)
    const { date, sent } = messageTimes(message, true)
    const transaction = `T${scramble(mix(story.seed, message.n)).toString(16)}`
    const row = pdu({
      thread_id: id,
      date: date ?? null,
      date_sent: sent,
      msg_box: incoming ? 1 : 2,
      read: 1,
      m_id: messageId(story, message),
      sub: message.subject === undefined ? null : isoBytes(message.subject),
      sub_cs: message.subject === undefined ? null : UTF_8,
      ct_t: 'application/vnd.wap.multipart.related',
      ct_l: incoming ? `http://mms.example/${transaction}` : null,
      m_cls: 'personal',
      m_type: incoming ? RETRIEVED : SEND,
      v: 18,
      m_size: attached.length * 51_200 + (message.body?.length ?? 0),
      pri: NO,
      rr: NO,
      tr_id: transaction,
      d_rpt: NO,
      sub_id: 1,
      seen: 1,
      creator: MESSAGING,
      text_only: attached.length === 0 ? 1 : 0,
    })
    const party = (type: number, address: string) => addr({ msg_id: row, address, type, charset: UTF_8, sub_id: 1 })
    const sender = message.member === undefined ? undefined : conversation.members[message.member]
    // The phone does not know its own number when it sends: the network puts it in.
    if (!incoming) party(FROM, 'insert-address-token')
    else if (sender) party(FROM, sender.address)
    if (incoming) party(TO, story.owner.number.e164)
    for (const member of conversation.members) if (member !== sender) party(TO, member.address)

    const piece = (seq: number, ct: string, name: string, more: { chset?: number; data?: string; text?: string }) =>
      part({
        mid: row,
        seq,
        ct,
        name,
        chset: more.chset ?? null,
        cid: `<${name}>`,
        cl: name,
        _data: more.data ?? null,
        text: more.text ?? null,
        sub_id: 1,
      })
    piece(-1, 'application/smil', 'smil.xml', { text: smil(attached, message.body) })
    const text =
      message.body === undefined
        ? undefined
        : piece(0, 'text/plain', 'text_0.txt', { chset: UTF_8, text: message.body })
    for (const file of attached) {
      const place = `${PARTS}/PART_${PARTS_SINCE + mix(file.id, 7)}_${file.name}`
      files.add(`data/data/${place}`, file)
      piece(0, file.type, file.name, { data: `/data/user/0/${place}` })
      thread.attached = 1
    }
    return text
  }
}

/** The word index of a phone covers every message; here the first few, because nothing may ever come out of it. */
const INDEXED = 10_000

/** `words`: `table` is 1 for `sms`, 2 for `part`. */
function wordIndex(db: PhoneDatabase) {
  const insert = db.into('words')
  let indexed = 0
  return (row: number, table: 1 | 2, text: string | undefined) => {
    if (text === undefined || indexed++ > INDEXED) return
    const id = table === 1 ? row : 2 * 2 ** 32 + row
    insert({ docid: id, _id: id, index_text: text, source_id: row, table_to_use: table, sub_id: 1 })
  }
}

function smil(files: readonly StoryFile[], body: string | undefined): string {
  const shown = files.map((file) => `<ref src="${file.name}"/>`).join('')
  const text = body === undefined ? '' : '<text src="text_0.txt" region="Text"/>'
  return `<smil><head><layout><root-layout/></layout></head><body><par dur="5000ms">${shown}${text}</par></body></smil>`
}
