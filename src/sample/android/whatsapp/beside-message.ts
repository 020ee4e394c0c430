import { hash } from 'node:crypto'
import { thumbnailBytes } from '../../media/file-bytes.ts'
import type { Story, StoryFile, StoryMessage } from '../../story/types.ts'
import type { PhoneDatabase } from '../phone-database.ts'
import type { PhoneFiles } from '../phone-files.ts'
import type { Chat } from './chats.ts'
import type { Jids } from './jids.ts'
import { ACTION, keyOf, mediaPath, quotedKey, reactedAt, reactionKey } from './records.ts'

/** WhatsApp's own folder on the phone's shared storage. */
const WHATSAPP_FOLDER = 'data/media/0/Android/media/com.whatsapp/WhatsApp'
const REACTION = 56

/** What of a message stands in other tables than `message`, each row under the message's own. */
export interface BesideMessage {
  write(row: number, chat: Chat, message: StoryMessage, file: StoryFile | undefined): void
  /** Writes what counts over all messages. */
  end(): void
}

export function besideMessage(db: PhoneDatabase, story: Story, jids: Jids, files: PhoneFiles): BesideMessage {
  const media = mediaTable(db, story, files)
  const quoted = db.into('message_quoted')
  const text = db.into('message_text')
  const link = db.into('message_link')
  const location = db.into('message_location')
  const edited = db.into('message_edit_info')
  const revoked = db.into('message_revoked')
  const addOn = db.into('message_add_on')
  const reaction = db.into('message_add_on_reaction')
  const event = eventTables(db, jids)

  return {
    end: media.end,
    write: (row, chat, message, file) => {
      const { members, group } = chat.conversation
      const { reply, preview, place, at = 0, changedAt = at } = message
      const senderRow = (member: number | undefined) => {
        const sender = member === undefined ? undefined : members[member]
        return sender && group ? jids.row(sender.address) : 0
      }
      if (file) media.write(row, chat, file)
      if (reply)
        quoted({
          message_row_id: row,
          chat_row_id: chat.id,
          parent_message_chat_row_id: chat.id,
          from_me: reply.quotedMember === undefined ? 1 : 0,
          sender_jid_row_id: senderRow(reply.quotedMember),
          key_id: quotedKey(story, message),
          timestamp: at,
          message_type: 0,
          origin: 0,
          text_data: reply.quote,
        })
      if (preview) {
        const { title, url } = preview
        text({ message_row_id: row, description: title, page_title: title, url, preview_type: 0 })
        link({ chat_row_id: chat.id, message_row_id: row, link_index: 0 })
      }
      if (place)
        location({
          message_row_id: row,
          chat_row_id: chat.id,
          latitude: place.lat,
          longitude: place.lon,
          place_name: place.label,
        })
      if (message.edits)
        edited({
          message_row_id: row,
          original_key_id: keyOf(story, message.n),
          edited_timestamp: changedAt,
          sender_timestamp: changedAt,
        })
      if (message.unsent)
        revoked({
          message_row_id: row,
          revoked_key_id: keyOf(story, 2 * story.count + message.n),
          revoke_timestamp: changedAt,
        })
      if (message.event) event(row, chat, message)
      for (const { member, emoji } of message.emoji ?? []) {
        const stamp = reactedAt(message)
        const added = addOn({
          chat_row_id: chat.id,
          from_me: 0,
          key_id: reactionKey(story, message, member),
          sender_jid_row_id: senderRow(member),
          parent_message_row_id: row,
          timestamp: stamp,
          status: 0,
          message_add_on_type: REACTION,
        })
        reaction({ message_add_on_row_id: added, reaction: emoji, sender_timestamp: stamp })
      }
    },
  }
}

function mediaTable(db: PhoneDatabase, story: Story, files: PhoneFiles) {
  const media = db.into('message_media')
  const thumbnail = db.into('message_thumbnail')
  const references = new Map<string, number>()
  return {
    write: (row: number, chat: Chat, file: StoryFile) => {
      const place = mediaPath(file)
      files.add(`${WHATSAPP_FOLDER}/${place}`, file)
      references.set(place, (references.get(place) ?? 0) + 1)
      const { bytes } = files.attachment(file)
      media({
        message_row_id: row,
        chat_row_id: chat.id,
        transferred: file.missing ? 0 : 1,
        file_path: place,
        file_size: bytes ?? 0,
        width: file.width ?? 0,
        height: file.height ?? 0,
        mime_type: file.type,
        file_length: bytes ?? 0,
        media_name: null,
        file_hash: hash('sha256', file.id, 'base64'),
        media_duration: file.duration ?? 0,
      })
      if (file.thumbnail !== undefined)
        thumbnail({ message_row_id: row, thumbnail: thumbnailBytes(file, file.thumbnail, story.seed) })
    },
    end: () => {
      const insert = db.into('media_refs')
      for (const [path, count] of references) insert({ path, ref_count: count })
    },
  }
}

/** What a system message says: its action, and whom it is about. */
function eventTables(db: PhoneDatabase, jids: Jids) {
  const system = db.into('message_system')
  const renamed = db.into('message_system_value_change')
  const participant = db.into('message_system_chat_participant')
  return (row: number, chat: Chat, { event, member }: StoryMessage) => {
    if (!event) return
    system({ message_row_id: row, action_type: ACTION[event.type] })
    if (event.type === 'renamed') renamed({ message_row_id: row, old_data: null })
    const about = member === undefined ? undefined : chat.conversation.members[member]
    if (about && event.type !== 'renamed')
      participant({ message_row_id: row, user_jid_row_id: jids.row(about.address) })
  }
}
