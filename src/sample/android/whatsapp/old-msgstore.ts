import { hash } from 'node:crypto'
import { thumbnailBytes } from '../../media/file-bytes.ts'
import type { Story, StoryFile, StoryMessage } from '../../story/types.ts'
import { deletedRows } from '../deleted-rows.ts'
import { makeDatabase, type PhoneDatabase, type Value } from '../phone-database.ts'
import type { PhoneFiles } from '../phone-files.ts'
import { makeCallLog } from './call-log.ts'
import type { Chat } from './chats.ts'
import { makeJids } from './jids.ts'
import type { WhatsAppStore } from './msgstore.ts'
import { ACTION, fileOf, keyOf, mediaPath, quotedKey, recordOf, typeOf } from './records.ts'
import { OLD_MSGSTORE_INDICES, OLD_MSGSTORE_TABLES, OLD_MSGSTORE_TRIGGERS, OLD_MSGSTORE_VERSION } from './old-schema.ts'

/** WhatsApp's own folder before Android 11 gave apps theirs. */
const WHATSAPP_FOLDER = 'data/media/0/WhatsApp'
const GROUPS_SINCE = 1_700_000_000_000
/** `status` */
const RECEIVED = 0
const EVENT = 6
const READ = 13
const INDEXED = 10_000

/** Makes msgstore.db at `path` with the tables of before 2022, from a story that such a WhatsApp could keep. */
export function makeOldMsgstore(path: string, story: Story, files: PhoneFiles): WhatsAppStore {
  const db = makeDatabase(path, OLD_MSGSTORE_VERSION, OLD_MSGSTORE_TABLES)
  const jids = makeJids(db, story)
  const calls = makeCallLog(db, story, jids)
  const chats = oldChats(db, story)
  const insertRow = messagesTable(db, story, files)
  const deferred: StoryMessage[] = []
  const insert = (message: StoryMessage) => insertRow(chats.of(message.conversation), message, keyOf(story, message.n))
  const deleted = deletedRows(story, 'whatsapp', (gone, nth) =>
    insertRow(chats.of(gone.conversation), { ...gone, n: -1, app: 'whatsapp' }, keyOf(story, 4 * story.count + nth)),
  )
  return {
    calls,
    write: (message) => {
      deleted.before(message.at)
      if (message.walOnly) deferred.push(message)
      else insert(message)
      return [recordOf(story, chats.of(message.conversation), message, jids, files)]
    },
    close: () => {
      const { now, inLog } = deleted.end()
      for (const sql of OLD_MSGSTORE_INDICES) db.run(sql)
      const property = db.into('props')
      for (const key of ['fts_ready', 'jid_ready', 'call_log_ready']) property({ key, value: '1' })
      chats.end()
      for (const row of now) db.run('DELETE FROM messages WHERE _id = ?', row)
      db.settle({ triggers: OLD_MSGSTORE_TRIGGERS })
      for (const message of deferred) insert(message)
      calls.deferred()
      for (const row of inLog) {
        db.run('DELETE FROM messages WHERE _id = ?', row)
        db.run('DELETE FROM messages_fts WHERE docid = ?', row)
      }
      db.run('UPDATE chat_list SET archived = 0')
      db.close()
    },
  }
}

const UNSET: Readonly<Record<string, Value>> = {
  data: null,
  media_mime_type: null,
  media_size: 0,
  media_name: null,
  media_caption: null,
  media_hash: null,
  media_duration: 0,
  latitude: 0,
  longitude: 0,
  quoted_row_id: 0,
}

function messagesTable(db: PhoneDatabase, story: Story, files: PhoneFiles) {
  const insert = db.into('messages')
  const quotes = db.into('messages_quotes')
  const links = db.into('messages_links')
  const media = db.into('message_media')
  const thumbnail = db.into('message_thumbnails')
  const fts = db.into('messages_fts')
  fts({ docid: 2 ** 31, content: story.indexed.messages })
  let indexed = 0
  const own = { key_remote_jid: '-1', key_from_me: 0, key_id: '-1', status: -1, needs_push: 0, timestamp: 0 }
  const rest = { media_wa_type: '-1', remote_resource: null, received_timestamp: -1, starred: null }
  // Every msgstore.db began with this row, which is no message.
  insert({ ...UNSET, ...own, ...rest })

  const quote = ({ jid }: Chat, message: StoryMessage) =>
    quotes({
      key_remote_jid: jid,
      key_from_me: message.reply?.quotedMember === undefined ? 1 : 0,
      key_id: quotedKey(story, message),
      status: 0,
      data: message.reply?.quote ?? null,
      timestamp: 0,
      media_wa_type: '0',
    })

  return (chat: Chat, message: StoryMessage, key: string): number => {
    const { group, members } = chat.conversation
    const mine = message.direction === 'out'
    const sender = message.member === undefined ? undefined : members[message.member]
    const file = fileOf(story, message)
    const row = insert({
      ...UNSET,
      ...contentOf(message, file, files),
      ...(message.reply && { quoted_row_id: quote(chat, message) }),
      key_remote_jid: chat.jid,
      key_from_me: mine ? 1 : 0,
      key_id: key,
      status: message.event ? EVENT : mine ? READ : RECEIVED,
      needs_push: 0,
      timestamp: message.at ?? null,
      media_wa_type: message.event ? '0' : String(typeOf(message, file)),
      remote_resource: group && sender ? sender.address : null,
      received_timestamp: message.at ?? null,
      starred: null,
    })
    chat.last = row
    chat.at = message.at ?? chat.at
    if (file) {
      const place = mediaPath(file)
      files.add(`${WHATSAPP_FOLDER}/${place}`, file)
      media({ message_row_id: row, transferred: 1, file_path: place, mime_type: file.type })
      if (file.thumbnail !== undefined)
        thumbnail({
          thumbnail: thumbnailBytes(file, file.thumbnail, story.seed),
          timestamp: message.at ?? 0,
          key_remote_jid: chat.jid,
          key_from_me: mine ? 1 : 0,
          key_id: key,
        })
    }
    if (message.preview) links({ key_remote_jid: chat.jid, message_row_id: row, link_index: 0 })
    if (message.body !== undefined && indexed++ < INDEXED) fts({ docid: row, content: message.body })
    return row
  }
}

/** The columns that mean one thing for a text and another for a picture, a place or an event. */
function contentOf(message: StoryMessage, file: StoryFile | undefined, files: PhoneFiles): Record<string, Value> {
  const { body = null, preview, place, event } = message
  if (message.unsent) return {}
  if (event) return { data: event.title ?? null, media_size: ACTION[event.type] }
  if (place) return { media_name: place.label, latitude: place.lat, longitude: place.lon }
  // A link's title and text stand where a picture has its name and caption.
  if (preview) return { data: body, media_name: preview.title, media_caption: preview.title }
  if (!file) return { data: body }
  return {
    media_mime_type: file.type,
    media_size: files.attachment(file).bytes ?? 0,
    media_caption: body,
    media_hash: hash('sha256', file.id, 'base64'),
    media_duration: file.duration ?? 0,
  }
}

function oldChats(db: PhoneDatabase, story: Story) {
  const chats = new Map<string, Chat>()
  const participant = db.into('group_participants')
  for (const conversation of story.conversations) {
    const jid = conversation.groupJid ?? conversation.members[0]?.address
    if (conversation.app !== 'whatsapp' || jid === undefined) continue
    chats.set(conversation.id, { id: chats.size + 1, jid, conversation, last: 1, at: 0 })
    if (!conversation.group) continue
    // The device user stands among them as nothing at all.
    participant({ gjid: jid, jid: '', admin: 0, pending: 0 })
    for (const [at, { address }] of conversation.members.entries())
      participant({ gjid: jid, jid: address, admin: at === 0 ? 2 : 0, pending: 0 })
  }
  return {
    of: (conversation: string): Chat => {
      const found = chats.get(conversation)
      if (!found) throw new Error('no such chat')
      return found
    },
    end: () => {
      const insert = db.into('chat_list')
      for (const { jid, conversation, last, at } of chats.values())
        insert({
          key_remote_jid: jid,
          message_table_id: last,
          subject: conversation.title ?? null,
          creation: conversation.group ? GROUPS_SINCE : null,
          archived: null,
          sort_timestamp: at,
        })
    },
  }
}
