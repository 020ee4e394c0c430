import { deflateSync } from 'node:zlib'
import type { Conversation, Story, StoryMessage } from '../../story/types.ts'
import { isMms, isoBytes, messageTimes, recordOf } from '../telephony/records.ts'
import type { MessageStore } from '../telephony/message-store.ts'

/** Messages to one file, as TelephonyBackupAgent has it. */
const MOST = 1000
const UTF_8 = 106
const FROM = 137
const TO = 151

/**
 * What AOSP's TelephonyBackupAgent writes: JSON arrays of SMS and of MMS, deflated, a thousand to a file, numbered through.
 * It carries words and addresses; no pictures, no thread and no message id. An MMS without words is not backed up, so what
 * has none here has a text part with nothing in it. `file` gets each file's name and bytes, in order of name.
 */
export function makeTelephonyBackup(story: Story, file: (name: string, bytes: Buffer) => void): MessageStore {
  const conversations = new Map(story.conversations.map((each) => [each.id, each]))
  const waiting: Record<'sms' | 'mms', object[]> = { sms: [], mms: [] }
  let files = 0
  const flush = (type: 'sms' | 'mms') => {
    if (waiting[type].length === 0) return
    const name = `${String(files++).padStart(6, '0')}_${type}_backup`
    file(name, deflateSync(Buffer.from(JSON.stringify(waiting[type]), 'utf8')))
    waiting[type] = []
  }
  return {
    write: (message) => {
      const conversation = conversations.get(message.conversation)
      if (!conversation) throw new Error('no such conversation')
      const type = isMms(conversation, message) ? 'mms' : 'sms'
      waiting[type].push(type === 'mms' ? mms(story, conversation, message) : sms(story, conversation, message))
      if (waiting[type].length === MOST) flush(type)
      return recordOf(story, conversation, message)
    },
    close: () => {
      flush('sms')
      flush('mms')
    },
  }
}

/** Columns in the order of the agent's projection; every value is text, and a null column is left out. */
function sms(story: Story, conversation: Conversation, message: StoryMessage): object {
  const incoming = message.direction === 'in'
  const { date, sent } = messageTimes(message, false)
  return {
    self_phone: story.owner.number.e164,
    ...(conversation.members[0] && { address: conversation.members[0].address }),
    ...(message.body !== undefined && { body: message.body }),
    ...(date !== undefined && { date: String(date) }),
    date_sent: String(sent),
    status: '-1',
    type: incoming ? '1' : '2',
    ...recipients(conversation),
    read: '1',
  }
}

function mms(story: Story, conversation: Conversation, message: StoryMessage): object {
  const incoming = message.direction === 'in'
  const { date, sent } = messageTimes(message, true)
  const sender = message.member === undefined ? undefined : conversation.members[message.member]
  const address = (type: number, text: string) => ({ type, address: text, charset: UTF_8 })
  const first = incoming
    ? [...(sender ? [address(FROM, sender.address)] : []), address(TO, story.owner.number.e164)]
    : [address(FROM, 'insert-address-token')]
  const others = conversation.members.filter((member) => member !== sender)
  return {
    self_phone: story.owner.number.e164,
    ...(message.subject !== undefined && { sub: isoBytes(message.subject) }),
    ...(date !== undefined && { date: String(date) }),
    date_sent: String(sent),
    m_type: incoming ? '132' : '128',
    v: '18',
    msg_box: incoming ? '1' : '2',
    ...recipients(conversation),
    read: '1',
    mms_addresses: [...first, ...others.map((member) => address(TO, member.address))],
    mms_body: message.body ?? '',
    mms_charset: UTF_8,
    ...(message.subject !== undefined && { sub_cs: String(UTF_8) }),
  }
}

function recipients({ members }: Conversation): { recipients?: string[] } {
  return members.length === 0 ? {} : { recipients: members.map(({ address }) => address) }
}
