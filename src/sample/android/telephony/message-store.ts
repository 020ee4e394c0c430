import type { Attachment, Message, Party } from '../../../records/index.ts'
import { rfc3339 } from '../../../records/index.ts'
import { mix, scramble } from '../../random.ts'
import type { Conversation, Story, StoryFile, StoryMessage } from '../../story/types.ts'
import { deletedRows } from '../deleted-rows.ts'
import { type Insert, makeDatabase } from '../phone-database.ts'
import type { PhoneFiles } from '../phone-files.ts'
import { MMSSMS_INDICES, MMSSMS_TABLES, MMSSMS_TOKENIZER, MMSSMS_TRIGGERS, MMSSMS_VERSION } from './schema.ts'

/** Where a part's file lies, as the database writes it; `/data/user/0` is a link to `/data/data` on every phone. */
const PARTS = 'com.android.providers.telephony/app_parts'
/** The word index of a phone covers every message; here the first few of each table, because nothing may ever come out of it. */
const INDEXED = 5_000
const UTF_8 = 106
const FROM = 137
const TO = 151
const BASE_DATE = 1_400_000_000_000

/**
 * mmssms.db. SMS in milliseconds, MMS in seconds; one row of `sms` or of `pdu` for each message of the story's SMS app.
 * `write` returns the record that the row means.
 */
export interface MessageStore {
  write(message: StoryMessage): Message
  close(): void
}

interface Thread {
  readonly id: number
  count: number
  date: number
  snippet: string | null
  snippetCharset: number
  attached: number
}

/** Makes mmssms.db at `path`; the parts of MMS go to `files`. */
export function makeMessageStore(path: string, story: Story, files: PhoneFiles): MessageStore {
  const db = makeDatabase(path, MMSSMS_VERSION, MMSSMS_TABLES)
  const sms = db.into(
    'sms',
    `thread_id, address, date, date_sent, protocol, read, status, type, reply_path_present, body, service_center,
    sub_id, error_code, creator, seen`,
  )
  const pdu = db.into(
    'pdu',
    `thread_id, date, date_sent, msg_box, read, m_id, sub, sub_cs, ct_t, ct_l, m_cls, m_type, v, m_size, pri, rr,
    tr_id, d_rpt, sub_id, seen, creator, text_only`,
  )
  const addr = db.into('addr', 'msg_id, address, type, charset, sub_id')
  const part = db.into('part', 'mid, seq, ct, name, chset, cid, cl, _data, text, sub_id')
  const words = db.into('words', 'docid, _id, index_text, source_id, table_to_use, sub_id')
  const threads = makeThreads(story, db.into('canonical_addresses', 'address'))
  const deferred: StoryMessage[] = []
  const indexed = [0, 0, 0]

  const index = (table: 1 | 2, row: number, text: string | null) => {
    if (text === null || indexed[table] === INDEXED) return
    indexed[table] = (indexed[table] ?? 0) + 1
    const id = table === 1 ? row : 2 * 2 ** 32 + row
    words(id, id, text, row, table, 1)
  }

  const insertSms = (conversation: Conversation, message: Pick<StoryMessage, 'direction' | 'at' | 'body'>): number => {
    const thread = threads.of(conversation, message)
    const incoming = message.direction === 'in'
    const at = message.at ?? null
    return sms(
      thread.id,
      conversation.members[0]?.address ?? null,
      at,
      incoming && at !== null ? sentAt(at) : 0,
      incoming ? 0 : null,
      1,
      -1,
      incoming ? 1 : 2,
      incoming ? 0 : null,
      message.body ?? null,
      incoming ? '+447700900999' : null,
      1,
      -1,
      'com.google.android.apps.messaging',
      1,
    )
  }

  const insertMms = (conversation: Conversation, message: StoryMessage) => {
    const thread = threads.of(conversation, message)
    const incoming = message.direction === 'in'
    const attached = attachmentsOf(story, message)
    const seconds = message.at === undefined ? null : Math.floor(message.at / 1000)
    const reference = `T${scramble(mix(story.seed, message.n)).toString(16)}`
    const row = pdu(
      thread.id,
      seconds,
      incoming && seconds !== null ? seconds - 2 : 0,
      incoming ? 1 : 2,
      1,
      messageId(story, message),
      message.subject === undefined ? null : isoBytes(message.subject),
      message.subject === undefined ? null : UTF_8,
      'application/vnd.wap.multipart.related',
      incoming ? `http://mms.example/${reference}` : null,
      'personal',
      incoming ? 132 : 128,
      18,
      attached.length * 51_200 + (message.body?.length ?? 0),
      129,
      129,
      reference,
      129,
      1,
      1,
      'com.google.android.apps.messaging',
      attached.length === 0 ? 1 : 0,
    )
    const sender = message.member === undefined ? undefined : conversation.members[message.member]
    // The phone does not know its own number when it sends: the network puts it in.
    if (!incoming) addr(row, 'insert-address-token', FROM, UTF_8, 1)
    else if (sender) addr(row, sender.address, FROM, UTF_8, 1)
    if (incoming) addr(row, story.owner.number.e164, TO, UTF_8, 1)
    for (const member of conversation.members) if (member !== sender) addr(row, member.address, TO, UTF_8, 1)
    part(row, -1, 'application/smil', 'smil.xml', null, '<smil>', 'smil.xml', null, smil(attached, message.body), 1)
    if (message.body !== undefined)
      index(
        2,
        part(row, 0, 'text/plain', 'text_0.txt', UTF_8, '<text_0>', 'text_0.txt', null, message.body, 1),
        message.body,
      )
    for (const file of attached) {
      const place = `${PARTS}/PART_${BASE_DATE + mix(file.id, 7)}_${file.name}`
      files.add(`data/data/${place}`, file)
      part(row, 0, file.type, file.name, null, `<${file.name}>`, file.name, `/data/user/0/${place}`, null, 1)
      thread.attached = 1
    }
  }

  const insert = (message: StoryMessage) => {
    const conversation = threads.conversation(message.conversation)
    if (isMms(conversation, message)) insertMms(conversation, message)
    else index(1, insertSms(conversation, message), message.body ?? null)
  }

  const deleted = deletedRows(story, 'sms', (gone) => {
    const row = insertSms(threads.conversation(gone.conversation), gone)
    index(1, row, gone.body)
    return row
  })

  return {
    write: (message) => {
      deleted.before(message.at)
      if (message.walOnly) deferred.push(message)
      else insert(message)
      return recordOf(story, threads.conversation(message.conversation), message, threads.idOf(message.conversation))
    },
    close: () => {
      const { now, inLog } = deleted.end()
      // The index goes on holding the text of a message that is gone: so it is on phones whose index was rebuilt in between.
      for (const row of now) db.run('DELETE FROM sms WHERE _id = ?', row)
      words(2 ** 31, 2 ** 31, story.indexed.messages, 2 ** 31, 1, 1)
      for (const sql of MMSSMS_INDICES) db.exec(sql)
      threads.write(db.into('threads', THREAD_COLUMNS))
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

/** What is sent to several people, has a subject or carries a file travels as MMS. */
export function isMms(conversation: Conversation, message: StoryMessage): boolean {
  return (
    message.service === 'MMS' ||
    conversation.members.length > 1 ||
    message.subject !== undefined ||
    (message.attachments?.length ?? 0) > 0
  )
}

/** The record that a message of the SMS app means, whether it stands in mmssms.db or in a backup of it. */
export function recordOf(story: Story, conversation: Conversation, message: StoryMessage, thread?: number): Message {
  const mms = isMms(conversation, message)
  const sender = message.member === undefined ? undefined : conversation.members[message.member]
  const raw = message.at === undefined || !mms ? message.at : Math.floor(message.at / 1000)
  const to: Party[] = []
  for (const member of conversation.members)
    if (message.direction === 'out' || member !== sender) to.push({ address: member.address })
  return {
    kind: 'message',
    app: 'sms',
    ...(raw !== undefined && { time: rfc3339(mms ? raw * 1000 : raw), time_raw: String(raw) }),
    direction: message.direction,
    ...(message.direction === 'in' && sender && { from: { address: sender.address } }),
    to,
    ...(thread !== undefined && { thread: String(thread) }),
    service: mms ? 'MMS' : 'SMS',
    ...(message.subject !== undefined && { subject: message.subject }),
    ...(message.body !== undefined && { body: message.body }),
    ...(mms && { message_id: messageId(story, message) }),
    attachments: attachmentsOf(story, message).map(attachmentOf),
  }
}

/** An attachment as a record names it before anybody has taken it. */
export function attachmentOf(file: StoryFile): Attachment {
  return { name: file.name, media_type: file.type, taken: false }
}

function attachmentsOf(story: Story, message: StoryMessage): readonly StoryFile[] {
  const found: StoryFile[] = []
  for (const id of message.attachments ?? []) {
    const file = story.files.get(id)
    if (file) found.push(file)
  }
  return found
}

/** A centre stamps whole seconds, a little before the phone has the message. */
function sentAt(at: number): number {
  return Math.floor(at / 1000) * 1000 - 1000
}

function messageId(story: Story, message: StoryMessage): string {
  return `m${scramble(mix(story.seed, message.n + 1)).toString(36)}@mms.example`
}

/** PduPersister keeps a subject as the bytes of its character set, each byte one character, and the set beside it. */
function isoBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

function smil(files: readonly StoryFile[], body: string | undefined): string {
  const shown = files.map((file) => `<ref src="${file.name}"/>`).join('')
  const text = body === undefined ? '' : '<text src="text_0.txt" region="Text"/>'
  return `<smil><head><layout><root-layout/></layout></head><body><par dur="5000ms">${shown}${text}</par></body></smil>`
}

const THREAD_COLUMNS = '_id, date, message_count, recipient_ids, snippet, snippet_cs, read, has_attachment'

/** Threads and the addresses that they name, in the order of the story's conversations. */
function makeThreads(story: Story, addAddress: Insert) {
  const conversations = new Map<string, Conversation>()
  const threads = new Map<string, Thread>()
  const recipients = new Map<string, number>()
  for (const conversation of story.conversations) {
    if (conversation.app !== 'sms') continue
    conversations.set(conversation.id, conversation)
    threads.set(conversation.id, {
      id: threads.size + 1,
      count: 0,
      date: 0,
      snippet: null,
      snippetCharset: 0,
      attached: 0,
    })
    for (const { address } of conversation.members)
      if (!recipients.has(address)) recipients.set(address, addAddress(address))
  }
  const conversation = (id: string): Conversation => {
    const found = conversations.get(id)
    if (!found) throw new Error('no such conversation')
    return found
  }
  const thread = (id: string): Thread => threads.get(id) as Thread
  return {
    conversation,
    idOf: (id: string) => thread(id).id,
    /** The thread of a message, counting it. */
    of: ({ id }: Conversation, message: Pick<StoryMessage, 'at' | 'body' | 'subject'>): Thread => {
      const found = thread(id)
      found.count += 1
      found.date = Math.max(found.date, message.at ?? 0)
      found.snippet = message.subject === undefined ? (message.body ?? null) : isoBytes(message.subject)
      found.snippetCharset = message.subject === undefined ? 0 : UTF_8
      return found
    },
    write: (insert: Insert) => {
      for (const { id, members } of conversations.values()) {
        const { date, count, snippet, snippetCharset, attached, id: row } = thread(id)
        const ids = members.map(({ address }) => recipients.get(address) ?? 0).sort((a, b) => a - b)
        insert(row, date, count, ids.join(' '), snippet, snippetCharset, 0, attached)
      }
    },
  }
}
