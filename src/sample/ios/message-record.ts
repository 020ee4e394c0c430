import type { Message } from '../../records/index.ts'
import type { StoryMessage } from '../story/types.ts'
import type { Chat } from './message-chats.ts'

/** What a row of `sms.db` was given besides the story. */
export interface MessageRow {
  readonly guid: string
  readonly date: number | bigint | null
  readonly chat?: Chat
  readonly attachments: Message['attachments']
  /** guid of the message reacted to or answered */
  readonly other?: string
}

/** The record that a message of the story is, once it stands in `sms.db`. */
export function messageRecord(message: StoryMessage, row: MessageRow): Message {
  const { at, body, subject, reaction, event, edits } = message
  const title = event?.title ?? row.chat?.title
  const common: Message = {
    kind: 'message',
    app: 'sms',
    direction: message.direction,
    ...sidesOf(message, row.chat),
    ...(row.date === null ? {} : { time_raw: String(row.date) }),
    ...(at === undefined ? {} : { time: new Date(at).toISOString() }),
    ...(row.chat ? { thread: row.chat.guid } : {}),
    ...(title === undefined ? {} : { thread_name: title }),
    service: serviceOf(message),
    message_id: row.guid,
    ...(message.reply && row.other !== undefined ? { reply_to: row.other } : {}),
    attachments: row.attachments,
  }
  if (reaction)
    return {
      ...common,
      reaction: { to: row.other ?? '', type: reaction.type, ...(reaction.removed ? { removed: true } : {}) },
    }
  return {
    ...common,
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
    ...(edits ? { edits: edits.map((edit) => ({ time: new Date(edit.at).toISOString(), body: edit.body })) } : {}),
    ...(message.unsent ? { unsent: true } : {}),
    ...(event?.type === 'renamed' ? { system: 'group_renamed' } : {}),
  }
}

/** As `sms.db` names it: MMS are SMS to it. */
export function serviceOf({ service }: StoryMessage): 'iMessage' | 'SMS' {
  return service === 'iMessage' ? 'iMessage' : 'SMS'
}

function sidesOf({ member }: StoryMessage, chat: Chat | undefined): Pick<Message, 'from' | 'to'> {
  if (!chat) return { to: [] }
  const from = member === undefined ? undefined : chat.members[member]
  if (!from) return { to: chat.everybody }
  return { from, to: chat.everybody.filter((party) => party !== from) }
}
