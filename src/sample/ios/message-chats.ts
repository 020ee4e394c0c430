import type { Party } from '../../records/index.ts'
import { uuid } from '../random.ts'
import type { Conversation, Story } from '../story/types.ts'
import type { Store } from './store.ts'

/** A conversation of `sms.db`, once it has rows. */
export interface Chat {
  readonly row: number
  readonly guid: string
  /** of a group; null in a conversation of two */
  readonly room: string | null
  readonly title?: string
  /** rows of `handle`, by place in the conversation's members */
  readonly handles: readonly number[]
  readonly members: readonly Party[]
  /** everybody, as readers list them: by the key of their handle */
  readonly everybody: readonly Party[]
}

const GROUP = 43
const ONE_TO_ONE = 45
const JOINED = 3

/** Writes `handle`, `chat` and who is in which. A conversation whose handle is lost gets no row: its messages stand alone. */
export function writeChats(store: Store, story: Story): ReadonlyMap<string, Chat> {
  const { seed, owner } = story
  const handle = store.into('handle', ['id', 'country', 'service', 'uncanonicalized_id'])
  const chat = store.into(
    'chat',
    [
      'guid',
      'style',
      'state',
      'account_id',
      'chat_identifier',
      'service_name',
      'room_name',
      'account_login',
      'last_addressed_handle',
      'display_name',
      'group_id',
      'original_group_id',
      'successful_query',
    ],
    {
      state: JOINED,
      account_id: uuid(seed, 'account', 0),
      account_login: `P:${owner.number.e164}`,
      last_addressed_handle: owner.number.e164,
      successful_query: 1,
    },
  )
  const join = store.into('chat_handle_join', ['chat_id', 'handle_id'])
  const handles = new Map<string, number>()
  const rowOf = (address: string, service: string) => {
    const key = `${address}/${service}`
    const row = handles.get(key) ?? handle({ id: address, country: address.includes('@') ? null : 'gb', service })
    handles.set(key, row)
    return row
  }
  const chats = new Map<string, Chat>()
  const conversations = story.conversations.filter(({ app }) => app === 'sms')
  for (const [nth, conversation] of conversations.entries()) {
    const [first] = conversation.members
    if (first === undefined) continue
    const { service = 'SMS', group, title } = conversation
    const rows = conversation.members.map(({ address }) => rowOf(address, service))
    const room = group ? `chat${300_000_000_000 + nth * 7_919}` : null
    const identifier = room ?? first.address
    const guid = `${service};${group ? '+' : '-'};${identifier}`
    const groupId = uuid(seed, 'group', nth)
    const row = chat({
      guid,
      style: group ? GROUP : ONE_TO_ONE,
      chat_identifier: identifier,
      service_name: service,
      room_name: room,
      display_name: title ?? '',
      group_id: groupId,
      original_group_id: groupId,
    })
    for (const each of rows) join({ chat_id: row, handle_id: each })
    chats.set(conversation.id, {
      row,
      guid,
      room,
      handles: rows,
      ...partiesOf(conversation, rows),
      ...(title === undefined ? {} : { title }),
    })
  }
  return chats
}

function partiesOf({ members }: Conversation, rows: readonly number[]): Pick<Chat, 'members' | 'everybody'> {
  const parties = members.map(({ address }): Party => ({ address }))
  const order = rows.map((_, at) => at).sort((a, b) => (rows[a] as number) - (rows[b] as number))
  return { members: parties, everybody: order.map((at) => parties[at] as Party) }
}
