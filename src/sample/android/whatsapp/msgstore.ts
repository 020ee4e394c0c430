import { hash } from 'node:crypto'
import type { Message } from '../../../records/index.ts'
import { thumbnailBytes } from '../../media/file-bytes.ts'
import type { Conversation, Story, StoryMessage } from '../../story/types.ts'
import { deletedRows } from '../deleted-rows.ts'
import { makeDatabase } from '../phone-database.ts'
import type { PhoneFiles } from '../phone-files.ts'
import { makeCallLog, type CallStore } from './call-log.ts'
import { makeJids } from './jids.ts'
import { ACTION, fileOf, keyOf, mediaPath, quotedKey, recordOf, typeOf } from './records.ts'
import { MSGSTORE_INDICES, MSGSTORE_TABLES, MSGSTORE_TRIGGERS, MSGSTORE_VERSION } from './schema.ts'

/** WhatsApp's own folder on the phone's shared storage. */
export const WHATSAPP_FOLDER = 'data/media/0/Android/media/com.whatsapp/WhatsApp'
/** The word index of a phone covers every message; here the first few, because nothing may ever come out of it. */
const INDEXED = 5_000
const REACTION = 56

/** msgstore.db of WhatsApp, the tables of 2022 and later. `write` returns the record that the row means. */
export interface WhatsAppStore {
  write(message: StoryMessage): Message
  readonly calls: CallStore
  close(): void
}

/** Makes msgstore.db at `path`; media go to `files`. */
export function makeMsgstore(path: string, story: Story, files: PhoneFiles): WhatsAppStore {
  const db = makeDatabase(path, MSGSTORE_VERSION, MSGSTORE_TABLES)
  const jids = makeJids(db, story)
  const chats = makeChats(story)
  const into = db.into
  const insertRow = into(
    'message',
    `chat_row_id, from_me, key_id, sender_jid_row_id, status, broadcast, recipient_count, origin, timestamp,
    received_timestamp, receipt_server_timestamp, message_type, text_data, starred, lookup_tables, sort_id`,
  )
  const fts = into('message_ftsv2', 'docid, content, fts_jid, fts_namespace')
  const quoted = into(
    'message_quoted',
    `message_row_id, chat_row_id, parent_message_chat_row_id, from_me, sender_jid_row_id, key_id, timestamp,
    message_type, origin, text_data`,
  )
  const media = into(
    'message_media',
    `message_row_id, chat_row_id, transferred, file_path, file_size, width, height, mime_type, file_length,
    media_name, file_hash, media_duration`,
  )
  const thumbnail = into('message_thumbnail', 'message_row_id, thumbnail')
  const text = into('message_text', 'message_row_id, description, page_title, url, preview_type')
  const link = into('message_link', 'chat_row_id, message_row_id, link_index')
  const location = into('message_location', 'message_row_id, chat_row_id, latitude, longitude, place_name')
  const edited = into('message_edit_info', 'message_row_id, original_key_id, edited_timestamp, sender_timestamp')
  const revoked = into('message_revoked', 'message_row_id, revoked_key_id, revoke_timestamp')
  const system = into('message_system', 'message_row_id, action_type')
  const renamed = into('message_system_value_change', 'message_row_id, old_data')
  const participant = into('message_system_chat_participant', 'message_row_id, user_jid_row_id')
  const addOn = into(
    'message_add_on',
    `chat_row_id, from_me, key_id, sender_jid_row_id, parent_message_row_id, timestamp, status,
    message_add_on_type`,
  )
  const reaction = into('message_add_on_reaction', 'message_add_on_row_id, reaction, sender_timestamp')
  const references = new Map<string, number>()
  const deferred: StoryMessage[] = []
  let sort = 1
  let indexed = 0

  // Every msgstore.db begins with this row, which is no message.
  into('message', 'chat_row_id, from_me, key_id, sort_id')(-1, 0, '-1', 0)

  const index = (row: number, words: string) => {
    if (indexed++ < INDEXED) fts(row, words, '', '')
  }

  const row = (
    chat: Chat,
    message: Pick<StoryMessage, 'direction' | 'member' | 'at'>,
    key: string,
    type: number,
    words: string | null,
  ) => {
    const mine = message.direction === 'out'
    const at = message.at ?? null
    const sender = message.member === undefined ? undefined : chat.conversation.members[message.member]
    sort += 1
    // In a chat of two the sender is the chat; only groups name one.
    const from = chat.conversation.group && sender ? jids.row(sender.address) : 0
    const made = insertRow(
      chat.id,
      mine ? 1 : 0,
      key,
      from,
      mine ? 13 : 0,
      0,
      mine && chat.conversation.group ? chat.conversation.members.length : 0,
      0,
      at,
      at === null ? null : at + 400,
      mine ? at : -1,
      type,
      words,
      0,
      0,
      sort,
    )
    chat.last = made
    chat.at = at ?? chat.at
    if (words !== null) index(made, words)
    return made
  }

  const insert = (message: StoryMessage) => {
    const chat = chats.of(message.conversation)
    const { conversation } = chat
    const key = keyOf(story, message.n)
    const file = fileOf(story, message)
    const type = typeOf(message, file)
    const words = message.unsent ? null : (message.event?.title ?? message.body ?? null)
    const made = row(chat, message, key, type, words)
    if (file) {
      const place = mediaPath(file)
      files.add(`${WHATSAPP_FOLDER}/${place}`, file)
      references.set(place, (references.get(place) ?? 0) + 1)
      const fileHash = hash('sha256', file.id, 'base64')
      media(
        made,
        chat.id,
        file.missing ? 0 : 1,
        place,
        51_200,
        file.width ?? 0,
        file.height ?? 0,
        file.type,
        51_200,
        null,
        fileHash,
        file.duration ?? 0,
      )
      if (file.thumbnail !== undefined) thumbnail(made, thumbnailBytes(file, file.thumbnail, story.seed))
    }
    if (message.reply) {
      const { quotedMember, quote, to } = message.reply
      const by = quotedMember === undefined ? undefined : conversation.members[quotedMember]
      quoted(
        made,
        chat.id,
        chat.id,
        by ? 0 : 1,
        by && conversation.group ? jids.row(by.address) : 0,
        quotedKey(story, message),
        to === undefined ? (message.at ?? 0) - 60_000 : null,
        0,
        0,
        quote,
      )
    }
    if (message.preview) {
      text(made, message.preview.title, message.preview.title, message.preview.url, 0)
      link(chat.id, made, 0)
    }
    if (message.place) location(made, chat.id, message.place.lat, message.place.lon, message.place.label)
    if (message.edits) edited(made, key, message.changedAt ?? 0, message.changedAt ?? 0)
    if (message.unsent) revoked(made, keyOf(story, 2 * story.count + message.n), message.changedAt ?? 0)
    if (message.event) {
      system(made, ACTION[message.event.type])
      if (message.event.type === 'renamed') renamed(made, null)
      const who = message.member === undefined ? undefined : conversation.members[message.member]
      if (who && message.event.type !== 'renamed') participant(made, jids.row(who.address))
    }
    for (const { member, emoji } of message.emoji ?? []) {
      const by = conversation.members[member]
      const stamp = (message.at ?? 0) + 90_000
      const added = addOn(
        chat.id,
        0,
        keyOf(story, 3 * story.count + message.n * 10 + member),
        by && conversation.group ? jids.row(by.address) : 0,
        made,
        stamp,
        0,
        REACTION,
      )
      reaction(added, emoji, stamp)
    }
  }

  chats.begin(db.into('chat', CHAT_COLUMNS), jids)
  const member = into('group_participant_user', 'group_jid_row_id, user_jid_row_id, rank, pending')
  for (const { group, groupJid, members, app } of story.conversations) {
    if (app !== 'whatsapp' || !group || groupJid === undefined) continue
    member(jids.row(groupJid), jids.row(story.owner.number.jid), 0, 0)
    for (const [at, { address }] of members.entries())
      member(jids.row(groupJid), jids.row(address), at === 0 ? 2 : 0, 0)
  }

  const deleted = deletedRows(story, 'whatsapp', (gone, nth) =>
    row(chats.of(gone.conversation), gone, keyOf(story, 4 * story.count + nth), 0, gone.body),
  )
  const calls = makeCallLog(db, story, jids)
  return {
    calls,
    write: (message) => {
      deleted.before(message.at)
      if (message.walOnly) deferred.push(message)
      else insert(message)
      const chat = chats.of(message.conversation)
      return recordOf(story, chat.conversation, message, jids, chat.jid)
    },
    close: () => {
      const { now, inLog } = deleted.end()
      for (const made of now) db.run('DELETE FROM message WHERE _id = ?', made)
      // What somebody took back can stay in the word index under a row that is no message any more.
      fts(2 ** 31, story.indexed.messages, '', '')
      for (const sql of MSGSTORE_INDICES) db.exec(sql)
      const refs = into('media_refs', 'path, ref_count')
      for (const [place, times] of references) refs(place, times)
      const prop = into('props', 'key, value')
      for (const [key, value] of PROPS) prop(key, value)
      chats.end((sql, ...values) => db.run(sql, ...values))
      db.settle({ triggers: MSGSTORE_TRIGGERS })
      for (const message of deferred) insert(message)
      calls.deferred()
      for (const made of inLog) {
        db.run('DELETE FROM message WHERE _id = ?', made)
        db.run('DELETE FROM message_ftsv2 WHERE docid = ?', made)
      }
      chats.end((sql, ...values) => db.run(sql, ...values))
      db.close()
    },
  }
}

const PROPS: readonly (readonly [string, string])[] = [
  ['fts_ready', '5'],
  ['chat_ready', '2'],
  ['jid_ready', '1'],
  ['call_log_ready', '1'],
  ['new_messages_table_ready', '1'],
  ['migration_completed', '1'],
]

const CHAT_COLUMNS =
  '_id, jid_row_id, hidden, subject, created_timestamp, archived, sort_timestamp, unseen_message_count'

interface Chat {
  readonly id: number
  readonly jid: string
  readonly conversation: Conversation
  last: number
  at: number
}

/** The chats of the story, in its order; keyed by the JID of the person or group. */
function makeChats(story: Story) {
  const chats = new Map<string, Chat>()
  for (const conversation of story.conversations) {
    const jid = conversation.groupJid ?? conversation.members[0]?.address
    if (conversation.app === 'whatsapp' && jid !== undefined)
      chats.set(conversation.id, { id: chats.size + 1, jid, conversation, last: 1, at: 0 })
  }
  return {
    of: (id: string): Chat => {
      const found = chats.get(id)
      if (!found) throw new Error('no such chat')
      return found
    },
    begin: (insert: (...values: (string | number | null)[]) => number, jids: { row(address: string): number }) => {
      for (const { id, jid, conversation } of chats.values())
        insert(id, jids.row(jid), 0, conversation.title ?? null, conversation.group ? 1_700_000_000_000 : null, 0, 0, 0)
    },
    /** Notes each chat's last message, as the list of chats needs it. */
    end: (run: (sql: string, ...values: number[]) => void) => {
      for (const { id, last, at } of chats.values())
        run(
          'UPDATE chat SET sort_timestamp = ?, display_message_row_id = ?, last_message_row_id = ?, last_read_message_row_id = ? WHERE _id = ?',
          at,
          last,
          last,
          last,
          id,
        )
    },
  }
}
