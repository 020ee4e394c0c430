import { NOBODY } from '../../story/make-story.ts'
import type { Conversation, Story } from '../../story/types.ts'
import type { PhoneDatabase } from '../phone-database.ts'
import type { Jids } from './jids.ts'

const GROUPS_SINCE = 1_700_000_000_000
const MEMBER = 0
const CREATOR = 2

/** A row of `chat`: one person's or one group's. */
export interface Chat {
  readonly id: number
  /** of the person or of the group: the chat's key */
  readonly jid: string
  readonly conversation: Conversation
  /** row and time of the last message */
  last: number
  at: number
}

export interface Chats {
  of(conversation: string): Chat
  /** A chat of somebody else, which the device user has emptied and the app has yet to clear away. */
  cleared(): Chat
  /** Notes each chat's last message, as the list of chats needs it. */
  note(): void
}

/** Writes the chats of the story, in its order, and who is in which group. */
export function makeChats(db: PhoneDatabase, story: Story, jids: Jids): Chats {
  const chats = new Map<string, Chat>()
  const insert = db.into('chat')
  const participant = db.into('group_participant_user')
  const open = (conversation: Conversation, jid: string): Chat => {
    const chat = { id: chats.size + 1, jid, conversation, last: 1, at: 0 }
    chats.set(conversation.id, chat)
    insert({
      _id: chat.id,
      jid_row_id: jids.row(jid),
      hidden: 0,
      subject: conversation.title ?? null,
      created_timestamp: conversation.group ? GROUPS_SINCE : null,
      archived: 0,
      sort_timestamp: 0,
      unseen_message_count: 0,
    })
    return chat
  }
  for (const conversation of story.conversations) {
    const jid = conversation.groupJid ?? conversation.members[0]?.address
    if (conversation.app !== 'whatsapp' || jid === undefined) continue
    open(conversation, jid)
    if (!conversation.group) continue
    const row = jids.row(jid)
    const belongs = (user: number, rank: number) =>
      participant({ group_jid_row_id: row, user_jid_row_id: user, rank, pending: 0 })
    belongs(jids.self, MEMBER)
    for (const [at, { address }] of conversation.members.entries())
      belongs(jids.row(address), at === 0 ? CREATOR : MEMBER)
  }
  return {
    of: (conversation) => {
      const found = chats.get(conversation)
      if (!found) throw new Error('no such chat')
      return found
    },
    cleared: () => {
      const members = [{ person: 'nobody', address: NOBODY.jid }]
      return open({ id: 'cleared', app: 'whatsapp', members, group: false }, NOBODY.jid)
    },
    note: () => {
      for (const { id, last, at } of chats.values())
        db.run(
          `UPDATE chat SET sort_timestamp = ?, display_message_row_id = ?, last_message_row_id = ?,
           last_read_message_row_id = ? WHERE _id = ?`,
          at,
          last,
          last,
          last,
          id,
        )
    },
  }
}
