import type { Message } from '../../../records/index.ts'
import type { Story, StoryMessage } from '../../story/types.ts'
import { deletedRows } from '../deleted-rows.ts'
import { makeDatabase, type PhoneDatabase } from '../phone-database.ts'
import type { PhoneFiles } from '../phone-files.ts'
import { besideMessage } from './beside-message.ts'
import { type CallStore, makeCallLog } from './call-log.ts'
import { type Chat, makeChats } from './chats.ts'
import { makeJids } from './jids.ts'
import { fileOf, keyOf, reactionsOf, recordOf, TYPE, typeOf } from './records.ts'
import { MSGSTORE_INDICES, MSGSTORE_TABLES, MSGSTORE_TRIGGERS, MSGSTORE_VERSION } from './schema.ts'

/** msgstore.db of WhatsApp, the tables of 2022 and later. */
export interface WhatsAppStore {
  /** Writes a message and what others put on it; returns the records that the rows mean. */
  write(message: StoryMessage): Message[]
  readonly calls: CallStore
  close(): void
}

/** Makes msgstore.db at `path`; media go to `files`. */
export function makeMsgstore(path: string, story: Story, files: PhoneFiles): WhatsAppStore {
  const db = makeDatabase(path, MSGSTORE_VERSION, MSGSTORE_TABLES)
  const jids = makeJids(db, story)
  const chats = makeChats(db, story, jids)
  const calls = makeCallLog(db, story, jids)
  const beside = besideMessage(db, story, jids, files)
  const insertRow = messageTable(db, wordIndex(db, story), (address) => jids.row(address))
  const deferred: StoryMessage[] = []

  const insert = (message: StoryMessage) => {
    const chat = chats.of(message.conversation)
    const file = fileOf(story, message)
    const text = message.unsent ? undefined : (message.event?.title ?? message.body)
    const row = insertRow(chat, { ...message, key: keyOf(story, message.n), type: typeOf(message, file), text })
    beside.write(row, chat, message, file)
  }
  const deleted = deletedRows(story, 'whatsapp', (gone, nth) => {
    const key = keyOf(story, 4 * story.count + nth)
    return insertRow(chats.of(gone.conversation), { ...gone, key, type: TYPE.text, text: gone.body })
  })

  return {
    calls,
    write: (message) => {
      deleted.before(message.at)
      if (message.walOnly) deferred.push(message)
      else insert(message)
      const chat = chats.of(message.conversation)
      return [recordOf(story, chat, message, jids, files), ...reactionsOf(story, chat, message, jids)]
    },
    close: () => {
      const { now, inLog } = deleted.end()
      const cleared = chats.cleared()
      const hidden = insertRow(cleared, {
        direction: 'in',
        at: CLEARED,
        key: keyOf(story, 5 * story.count),
        type: TYPE.text,
        text: story.indexed.messages,
      })
      db.into('deleted_chat_job')({ chat_row_id: cleared.id, block_size: 100, deleted_message_row_id: hidden })
      for (const sql of MSGSTORE_INDICES) db.run(sql)
      beside.end()
      chats.note()
      const property = db.into('props')
      for (const [key, value] of PROPERTIES) property({ key, value })
      for (const row of now) db.run('DELETE FROM message WHERE _id = ?', row)
      db.settle({ triggers: MSGSTORE_TRIGGERS })
      for (const message of deferred) insert(message)
      calls.deferred()
      for (const row of inLog) {
        db.run('DELETE FROM message WHERE _id = ?', row)
        db.run('DELETE FROM message_ftsv2 WHERE docid = ?', row)
      }
      chats.note()
      db.close()
    },
  }
}

/** 2026-03-25T12:00:00Z */
const CLEARED = 1_774_440_000_000

interface MessageRow extends Pick<StoryMessage, 'direction' | 'member' | 'at'> {
  readonly key: string
  readonly type: number
  readonly text?: string | undefined
}

const READ = 13

function messageTable(db: PhoneDatabase, index: (row: number, text: string) => void, jid: (address: string) => number) {
  const insert = db.into('message')
  const first = { key_id: '-1', sender_jid_row_id: null, status: null, broadcast: null, recipient_count: null }
  const empty = { timestamp: null, received_timestamp: null, receipt_server_timestamp: null, message_type: null }
  const unset = { origin: null, text_data: null, starred: null, lookup_tables: null }
  // Every msgstore.db begins with this row, which is no message.
  insert({ chat_row_id: -1, from_me: 0, ...first, ...empty, ...unset, sort_id: 0 })
  let sort = 1

  return (chat: Chat, { direction, member, at, key, type, text }: MessageRow) => {
    const { group, members } = chat.conversation
    const mine = direction === 'out'
    const sender = member === undefined ? undefined : members[member]
    sort += 1
    const row = insert({
      chat_row_id: chat.id,
      from_me: mine ? 1 : 0,
      key_id: key,
      // In a chat of two the sender is the chat; only groups name one.
      sender_jid_row_id: group && sender ? jid(sender.address) : 0,
      status: mine ? READ : 0,
      broadcast: 0,
      recipient_count: mine && group ? members.length : 0,
      timestamp: at ?? null,
      received_timestamp: at === undefined ? null : at + 400,
      receipt_server_timestamp: mine ? (at ?? null) : -1,
      message_type: type,
      origin: 0,
      text_data: text ?? null,
      starred: 0,
      lookup_tables: 0,
      sort_id: sort,
    })
    chat.last = row
    chat.at = at ?? chat.at
    if (text !== undefined) index(row, text)
    return row
  }
}

/** The word index of a phone covers every message; here the first few, because nothing may ever come out of it. */
const INDEXED = 10_000

function wordIndex(db: PhoneDatabase, story: Story): (row: number, text: string) => void {
  const insert = db.into('message_ftsv2')
  // What somebody took back can stay in the index, under a row that is no message any more.
  insert({ docid: 2 ** 31, content: story.indexed.messages, fts_jid: '', fts_namespace: '' })
  let indexed = 0
  return (row, text) => {
    if (indexed++ < INDEXED) insert({ docid: row, content: text, fts_jid: '', fts_namespace: '' })
  }
}

const PROPERTIES: readonly (readonly [string, string])[] = [
  ['fts_ready', '5'],
  ['chat_ready', '2'],
  ['jid_ready', '1'],
  ['call_log_ready', '1'],
  ['new_messages_table_ready', '1'],
  ['migration_completed', '1'],
]
