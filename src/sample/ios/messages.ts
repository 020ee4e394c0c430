import type { Message, Party } from '../../records/index.ts'
import { digest, fileBytes, thumbnailBytes } from '../media/file-bytes.ts'
import { uuid } from '../random.ts'
import { NEVER } from '../story/never-words.ts'
import type { Conversation, DeletedMessage, ReactionType, Story, StoryFile, StoryMessage } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { appleNanoseconds, appleSeconds } from './apple-time.ts'
import { editSummary, linkPayload } from './message-blobs.ts'
import { freePagesLast } from './deleted-order.ts'
import { HOME, MEDIA, type Phone } from './phone.ts'
import { MESSAGE_INDEXES, MESSAGE_TABLES, MESSAGE_TRIGGERS } from './schema/messages.ts'
import { type Insert, makeStore, type Store, type Value } from './store.ts'
import { attributedBody } from './typedstream.ts'

/** Above this the database is checkpointed and has no log: a phone of that size has been through it many times. */
const MOST_WITH_LOG = 20_000

const COLUMNS = [
  'guid',
  'text',
  'handle_id',
  'subject',
  'attributedBody',
  'service',
  'account',
  'date',
  'date_read',
  'date_delivered',
  'is_delivered',
  'is_finished',
  'is_from_me',
  'is_read',
  'is_sent',
  'cache_has_attachments',
  'cache_roomnames',
  'item_type',
  'group_title',
  'associated_message_guid',
  'associated_message_type',
  'balloon_bundle_id',
  'payload_data',
  'message_summary_info',
  'thread_originator_guid',
  'thread_originator_part',
  'date_edited',
  'part_count',
  'destination_caller_id',
] as const

const REACTIONS: readonly ReactionType[] = ['loved', 'liked', 'disliked', 'laughed', 'emphasised', 'questioned']

interface Chat {
  readonly row: number
  readonly guid: string
  readonly room: string | null
  readonly title?: string
  readonly handles: readonly number[]
  /** by place in the conversation's members */
  readonly members: readonly Party[]
  /** as readers list them */
  readonly parties: readonly Party[]
}

interface Attached {
  readonly row: number
  readonly found: Message['attachments'][number]
}

/** Writes `sms.db`: messages as they come, and at `end` what is deleted, what stands only in the log, and the schema's rest. */
export class MessagesWriter {
  readonly #story: Story
  readonly #truth: Truth
  readonly #phone: Phone
  readonly #store: Store
  readonly #insert: Insert
  readonly #join: Insert
  readonly #attach: Insert
  readonly #attachment: Insert
  readonly #chats = new Map<string, Chat>()
  readonly #attached = new Map<string, Attached>()
  readonly #late: StoryMessage[] = []
  readonly #log: boolean

  constructor(story: Story, truth: Truth, phone: Phone) {
    this.#story = story
    this.#truth = truth
    this.#phone = phone
    this.#log = story.count <= MOST_WITH_LOG
    this.#store = makeStore(phone.database(HOME, 'Library/SMS/sms.db', { log: this.#log }), {
      tables: MESSAGE_TABLES,
      functions: { after_delete_message_plugin: () => null },
    })
    this.#insert = this.#store.into('message', COLUMNS)
    this.#join = this.#store.into('chat_message_join', ['chat_id', 'message_id', 'message_date'])
    this.#attach = this.#store.into('message_attachment_join', ['message_id', 'attachment_id'])
    this.#attachment = this.#store.into('attachment', [
      'guid',
      'created_date',
      'start_date',
      'filename',
      'uti',
      'mime_type',
      'transfer_state',
      'is_outgoing',
      'transfer_name',
      'total_bytes',
      'hide_attachment',
      'original_guid',
    ])
    const property = this.#store.into('_SqliteDatabaseProperties', ['key', 'value'])
    for (const [key, value] of [
      ['_ClientVersion', '17006'],
      ['_UniqueIdentifier', uuid(story.seed, 'sms.db', 0)],
    ])
      property(key as string, value as string)
    this.#chatsOf(story.conversations.filter(({ app }) => app === 'sms'))
  }

  add(message: StoryMessage): void {
    if (message.walOnly && this.#log) this.#late.push(message)
    else this.#write(message)
  }

  end(): void {
    const inLog: number[] = []
    this.#store.settle({
      indexes: MESSAGE_INDEXES,
      triggers: MESSAGE_TRIGGERS,
      last: () => {
        const gone: [row: number, nth: number][] = []
        for (const [nth, deleted] of freePagesLast(this.#story.deleted, this.#log)) {
          if (!this.#chats.has(deleted.conversation)) continue
          const row = this.#writeDeleted(deleted, nth)
          if (deleted.how === 'recoverable') continue
          if (deleted.how === 'in-log') inLog.push(row)
          else gone.push([row, nth])
        }
        return () => {
          for (const [row, nth] of gone) this.#delete(row, nth)
        }
      },
    })
    for (const row of inLog) {
      this.#store.run('DELETE FROM chat_message_join WHERE message_id = ?', row)
      this.#store.run('DELETE FROM message WHERE ROWID = ?', row)
    }
    for (const message of this.#late) this.#write(message)
    this.#store.close(this.#log)
  }

  #chatsOf(conversations: readonly Conversation[]): void {
    const { seed, owner } = this.#story
    const handle = this.#store.into('handle', ['id', 'country', 'service', 'uncanonicalized_id'])
    const chat = this.#store.into('chat', [
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
    ])
    const member = this.#store.into('chat_handle_join', ['chat_id', 'handle_id'])
    const handles = new Map<string, number>()
    for (const [nth, { id, members, group, title, service = 'SMS' }] of conversations.entries()) {
      // A conversation whose handle is lost: its messages stand alone.
      if (members.length === 0) continue
      const rows = members.map(({ address }) => {
        const key = `${address}/${service}`
        const row = handles.get(key) ?? handle(address, address.includes('@') ? null : 'gb', service, null)
        handles.set(key, row)
        return row
      })
      const address = members[0]?.address as string
      const room = group ? `chat${300_000_000_000 + nth * 7_919}` : null
      const guid = `${service};${group ? '+' : '-'};${room ?? address}`
      const row = chat(
        guid,
        group ? 43 : 45,
        3,
        uuid(seed, 'account', 0),
        room ?? address,
        service,
        room,
        `P:${owner.number.e164}`,
        owner.number.e164,
        title ?? '',
        uuid(seed, 'group', nth),
        uuid(seed, 'group', nth),
        1,
      )
      for (const each of rows) member(row, each)
      // Readers list members by the key of their handle.
      const order = rows.map((_, at) => at).sort((a, b) => (rows[a] as number) - (rows[b] as number))
      this.#chats.set(id, {
        row,
        guid,
        room,
        handles: rows,
        members: members.map(({ address: each }) => ({ address: each })),
        parties: order.map((at) => ({ address: members[at]?.address as string })),
        ...(title === undefined ? {} : { title }),
      })
    }
  }

  #write(message: StoryMessage): void {
    const { n, at, body, reaction, event } = message
    const chat = this.#chats.get(message.conversation)
    const mine = message.direction === 'out'
    const guid = this.#guid(n)
    const date = at === undefined ? null : message.seconds ? appleSeconds(at) : appleNanoseconds(at)
    const handle =
      chat && (message.member !== undefined ? chat.handles[message.member] : chat.room === null ? chat.handles[0] : 0)
    const attached = (message.attachments ?? []).map((id) => this.#attachedFile(id, mine, at ?? 0))
    // Each attachment has a placeholder in the text.
    const placeholders = '\ufffc'.repeat(attached.length)
    const shown = reaction
      ? reaction.quote
      : body === undefined && attached.length === 0
        ? null
        : placeholders + (body ?? '')
    // From iOS 16 on many texts stand in the archive alone.
    const archiveOnly = message.attributedOnly || (message.service === 'iMessage' && n % 8 === 3)
    const archived = shown !== null && (archiveOnly || (message.service === 'iMessage' && n % 8 === 5))
    const row = this.#insert(
      guid,
      archiveOnly ? null : shown,
      handle ?? 0,
      message.subject ?? null,
      archived ? attributedBody(shown) : null,
      message.service === 'iMessage' ? 'iMessage' : 'SMS',
      `P:${this.#story.owner.number.e164}`,
      date,
      !mine && at !== undefined ? appleNanoseconds(at + 45_000) : 0,
      mine && at !== undefined ? appleNanoseconds(at + 2_000) : 0,
      mine ? 1 : 0,
      1,
      mine ? 1 : 0,
      mine ? 0 : 1,
      mine ? 1 : 0,
      attached.length > 0 ? 1 : 0,
      chat?.room ?? null,
      event?.type === 'renamed' ? 2 : 0,
      event?.title ?? null,
      reaction ? `p:0/${this.#reacted(reaction.to)}` : null,
      reaction ? (reaction.removed ? 3000 : 2000) + REACTIONS.indexOf(reaction.type) : 0,
      message.preview ? 'com.apple.messages.URLBalloonProvider' : null,
      message.preview ? linkPayload(message.preview) : null,
      editSummary(message),
      message.reply?.to === undefined ? null : this.#guid(message.reply.to),
      message.reply?.to === undefined ? null : '0:0:0',
      message.changedAt === undefined ? 0 : appleNanoseconds(message.changedAt),
      1,
      this.#story.owner.number.e164,
    )
    if (chat) this.#join(chat.row, row, date ?? 0)
    for (const { row: file } of attached) this.#attach(row, file)
    if (message.preview) this.#attach(row, this.#previewFile(n, at ?? 0))
    this.#truth.add(this.#record(message, chat, guid, date, attached))
  }

  #record(
    message: StoryMessage,
    chat: Chat | undefined,
    guid: string,
    date: number | bigint | null,
    attached: readonly Attached[],
  ): Message {
    const { at, body, reaction, event, member } = message
    const from = chat && member !== undefined ? chat.members[member] : undefined
    const common: Message = {
      kind: 'message',
      app: 'sms',
      direction: message.direction,
      ...(from ? { from } : {}),
      to: chat
        ? chat.room === null && from
          ? []
          : chat.parties.filter(({ address }) => address !== from?.address)
        : [],
      ...(date === null ? {} : { time_raw: String(date) }),
      ...(at === undefined ? {} : { time: new Date(at).toISOString() }),
      ...(chat ? { thread: chat.guid } : {}),
      ...((event?.title ?? chat?.title) ? { thread_name: (event?.title ?? chat?.title) as string } : {}),
      service: message.service === 'iMessage' ? 'iMessage' : 'SMS',
      message_id: guid,
      ...(message.reply?.to === undefined ? {} : { reply_to: this.#guid(message.reply.to) }),
      attachments: attached.map(({ found }) => found),
    }
    if (reaction)
      return {
        ...common,
        reaction: {
          to: this.#reacted(reaction.to),
          type: reaction.type,
          ...(reaction.removed ? { removed: true } : {}),
        },
      }
    return {
      ...common,
      ...(message.subject === undefined ? {} : { subject: message.subject }),
      ...(body === undefined ? {} : { body }),
      ...(message.edits === undefined
        ? {}
        : { edits: message.edits.map((edit) => ({ time: new Date(edit.at).toISOString(), body: edit.body })) }),
      ...(message.unsent ? { unsent: true } : {}),
      ...(event?.type === 'renamed' ? { system: 'group_renamed' } : {}),
    }
  }

  #writeDeleted(deleted: DeletedMessage, nth: number): number {
    const chat = this.#chats.get(deleted.conversation) as Chat
    const date = appleNanoseconds(deleted.at)
    const mine = deleted.direction === 'out' ? 1 : 0
    const values: Partial<Record<(typeof COLUMNS)[number], Value>> = {
      guid: uuid(this.#story.seed, 'deleted', nth),
      text: deleted.body,
      handle_id: chat.handles[0] ?? 0,
      attributedBody: attributedBody(deleted.body),
      service: 'iMessage',
      date,
      is_finished: 1,
      is_from_me: mine,
      is_sent: mine,
    }
    const row = this.#insert(...COLUMNS.map((column) => values[column] ?? null))
    if (deleted.how === 'recoverable') {
      const when = appleNanoseconds(deleted.at + 86_400_000)
      this.#store.run(
        'INSERT INTO chat_recoverable_message_join (chat_id, message_id, delete_date) VALUES (?, ?, ?)',
        chat.row,
        row,
        when,
      )
    } else this.#join(chat.row, row, date)
    return row
  }

  #delete(row: number, nth: number): void {
    this.#store.run('DELETE FROM chat_message_join WHERE message_id = ?', row)
    this.#store.run('DELETE FROM message WHERE ROWID = ?', row)
    this.#store.run('INSERT INTO deleted_messages (guid) VALUES (?)', uuid(this.#story.seed, 'deleted', nth))
  }

  /** The row of a file, made when it is first attached: what is attached twice has one row and two joins. */
  #attachedFile(id: string, mine: boolean, at: number): Attached {
    const known = this.#attached.get(id)
    if (known) return known
    const file = this.#story.files.get(id) as StoryFile
    const bytes = fileBytes(file, this.#story.seed)
    const nth = this.#attached.size
    const guid = uuid(this.#story.seed, 'attachment', nth)
    const path = `Library/SMS/Attachments/${guid.slice(0, 2).toLowerCase()}/${String(nth % 16).padStart(2, '0')}/${guid}/${file.name}`
    const when = appleSeconds(at)
    const uti = { 'image/jpeg': 'public.jpeg', 'video/mp4': 'public.mpeg-4', 'audio/mp4': 'public.mpeg-4-audio' }[
      file.type as string
    ]
    const row = this.#attachment(
      guid,
      when,
      when,
      `~/${path}`,
      uti ?? 'public.data',
      file.type,
      file.missing ? 0 : 5,
      mine ? 1 : 0,
      file.name,
      bytes.length,
      0,
      guid,
    )
    if (file.missing) this.#phone.missing(MEDIA, path)
    else this.#phone.add(MEDIA, path, bytes)
    const found = file.missing
      ? { name: file.name, media_type: file.type, bytes: bytes.length, taken: false }
      : { name: file.name, media_type: file.type, bytes: bytes.length, sha256: digest(bytes), taken: true }
    const attached = { row, found }
    this.#attached.set(id, attached)
    return attached
  }

  /** The picture of a link: nobody sent it, the phone fetched it. */
  #previewFile(n: number, at: number): number {
    const guid = uuid(this.#story.seed, 'preview', n)
    const name = `${guid}.pluginPayloadAttachment`
    const path = `Library/SMS/Attachments/${guid.slice(0, 2).toLowerCase()}/00/${guid}/${name}`
    const bytes = thumbnailBytes({ id: 'preview', scene: 'document' }, NEVER.previewInMessages, this.#story.seed)
    this.#phone.add(MEDIA, path, bytes)
    return this.#attachment(
      guid,
      appleSeconds(at),
      appleSeconds(at),
      `~/${path}`,
      'dyn.age81a5dzq7y066dbtf0g82peqf4hk2pdrf0g8',
      null,
      5,
      0,
      name,
      bytes.length,
      1,
      guid,
    )
  }

  #guid(n: number): string {
    return uuid(this.#story.seed, 'message', n)
  }

  #reacted(to: number | { readonly deleted: number }): string {
    return typeof to === 'number' ? this.#guid(to) : uuid(this.#story.seed, 'deleted', to.deleted)
  }
}
