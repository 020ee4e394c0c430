import type { Message, Party } from '../../../records/index.ts'
import { rfc3339 } from '../../../records/index.ts'
import { mix, scramble } from '../../random.ts'
import type { Conversation, Story, StoryFile, StoryMessage } from '../../story/types.ts'
import type { PhoneFiles } from '../phone-files.ts'

/** MIBenum of UTF-8. */
export const UTF_8 = 106

/** What is sent to several people, has a subject or carries a file travels as MMS. */
export function isMms(conversation: Conversation, message: StoryMessage): boolean {
  return (
    message.service === 'MMS' ||
    conversation.members.length > 1 ||
    message.subject !== undefined ||
    (message.attachments?.length ?? 0) > 0
  )
}

/** `date` and `date_sent` as the phone writes them: an SMS in milliseconds, an MMS in seconds. A centre stamps whole seconds. */
export function messageTimes(message: Pick<StoryMessage, 'at' | 'direction'>, mms: boolean) {
  const { at, direction } = message
  if (at === undefined) return { date: undefined, sent: 0 }
  const seconds = Math.floor(at / 1000)
  const sent = direction === 'out' ? 0 : mms ? seconds - 2 : (seconds - 1) * 1000
  return { date: mms ? seconds : at, sent }
}

/**
 * The record that a message of the SMS app means. In mmssms.db it stands in a thread, with its files; a backup of that has
 * neither, nor a message id.
 */
export function recordOf(
  story: Story,
  conversation: Conversation,
  message: StoryMessage,
  database?: { readonly thread: number; readonly files: PhoneFiles },
): Message {
  const mms = isMms(conversation, message)
  const sender = message.member === undefined ? undefined : conversation.members[message.member]
  const { date } = messageTimes(message, mms)
  const to: Party[] = []
  for (const member of conversation.members)
    if (message.direction === 'out' || member !== sender) to.push({ address: member.address })
  const attached = database ? attachmentsOf(story, message) : []
  return {
    kind: 'message',
    app: 'sms',
    ...(date !== undefined && { time: rfc3339(mms ? date * 1000 : date), time_raw: String(date) }),
    direction: message.direction,
    ...(message.direction === 'in' && sender && { from: { address: sender.address } }),
    to,
    ...(database && { thread: String(database.thread) }),
    service: mms ? 'MMS' : 'SMS',
    ...(message.subject !== undefined && { subject: message.subject }),
    ...(message.body !== undefined && { body: message.body }),
    ...(mms && database && { message_id: messageId(story, message) }),
    attachments: attached.map((file) => database?.files.attachment(file) ?? { name: file.name, taken: false }),
  }
}

export function attachmentsOf(story: Story, message: StoryMessage): readonly StoryFile[] {
  const found: StoryFile[] = []
  for (const id of message.attachments ?? []) {
    const file = story.files.get(id)
    if (file) found.push(file)
  }
  return found
}

/** `pdu.m_id`, drawn from the story. */
export function messageId(story: Story, message: StoryMessage): string {
  return `m${scramble(mix(story.seed, message.n + 1)).toString(36)}@mms.example`
}

/** PduPersister keeps a subject as the bytes of its character set, each byte one character, and the set beside it. */
export function isoBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
