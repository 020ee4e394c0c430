import type { Conversation, Story, StoryMessage } from '../../story/types.ts'
import type { PhoneDatabase } from '../phone-database.ts'
import { isoBytes, UTF_8 } from './records.ts'

/** A row of `threads`, which repeats the words of its last message. */
export interface Thread {
  readonly id: number
  readonly conversation: Conversation
  count: number
  date: number
  snippet: string | null
  snippetCharset: number
  attached: 0 | 1
}

/** Threads, and the addresses that they name, in the order of the story's conversations. */
export interface Threads {
  of(conversation: string): Thread
  /** Counts a message of it. */
  count(thread: Thread, message: Pick<StoryMessage, 'at' | 'body' | 'subject'>): void
  /** Writes the rows. */
  end(): void
}

export function makeThreads(story: Story, db: PhoneDatabase): Threads {
  const address = db.into('canonical_addresses')
  const threads = new Map<string, Thread>()
  const recipients = new Map<string, number>()
  for (const conversation of story.conversations) {
    if (conversation.app !== 'sms') continue
    const empty = { count: 0, date: 0, snippet: null, snippetCharset: 0, attached: 0 } as const
    threads.set(conversation.id, { id: threads.size + 1, conversation, ...empty })
    for (const member of conversation.members)
      if (!recipients.has(member.address)) recipients.set(member.address, address({ address: member.address }))
  }
  return {
    of: (conversation) => {
      const found = threads.get(conversation)
      if (!found) throw new Error('no such conversation')
      return found
    },
    count: (thread, { at, body, subject }) => {
      thread.count += 1
      thread.date = Math.max(thread.date, at ?? 0)
      thread.snippet = subject === undefined ? (body ?? null) : isoBytes(subject)
      thread.snippetCharset = subject === undefined ? 0 : UTF_8
    },
    end: () => {
      const insert = db.into('threads')
      for (const thread of threads.values()) {
        const ids = thread.conversation.members.map((member) => recipients.get(member.address) ?? 0)
        insert({
          _id: thread.id,
          date: thread.date,
          message_count: thread.count,
          recipient_ids: ids.sort((a, b) => a - b).join(' '),
          snippet: thread.snippet,
          snippet_cs: thread.snippetCharset,
          read: 0,
          has_attachment: thread.attached,
        })
      }
    },
  }
}
