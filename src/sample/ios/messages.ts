import { uuid } from '../random.ts'
import type { DeletedMessage, ReactionType, Story, StoryMessage } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { appleNanoseconds, appleSeconds } from './apple-time.ts'
import { freePagesLast } from './deleted-order.ts'
import { editSummary, linkPayload } from './message-blobs.ts'
import { type Chat, writeChats } from './message-chats.ts'
import { MessageFiles } from './message-files.ts'
import { messageRecord, serviceOf } from './message-record.ts'
import { HOME, type Phone } from './phone.ts'
import { MESSAGE_INDEXES, MESSAGE_TABLES, MESSAGE_TRIGGERS } from './schema/messages.ts'
import { type Insert, makeStore, type Store } from './store.ts'
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
const REACTION = 2000
const REACTION_REMOVED = 3000
const GROUP_RENAMED = 2
/** Where an attachment stands in a text. */
const PLACEHOLDER = '\ufffc'

/** Writes `sms.db`: messages as they come, and at `end` what is deleted, what stands only in the log, and the schema's rest. */
export class MessagesWriter {
  readonly #story: Story
  readonly #truth: Truth
  readonly #store: Store
  readonly #insert: Insert<(typeof COLUMNS)[number]>
  readonly #join: Insert<'chat_id' | 'message_id' | 'message_date'>
  readonly #attach: Insert<'message_id' | 'attachment_id'>
  readonly #chats: ReadonlyMap<string, Chat>
  readonly #files: MessageFiles
  readonly #late: StoryMessage[] = []
  readonly #log: boolean

  constructor(story: Story, truth: Truth, phone: Phone) {
    this.#story = story
    this.#truth = truth
    this.#log = story.count <= MOST_WITH_LOG
    this.#store = makeStore(phone.database(HOME, 'Library/SMS/sms.db', { log: this.#log }), {
      tables: MESSAGE_TABLES,
      functions: { after_delete_message_plugin: () => null },
    })
    this.#insert = this.#store.into('message', COLUMNS, {
      account: `P:${story.owner.number.e164}`,
      destination_caller_id: story.owner.number.e164,
      is_finished: 1,
      part_count: 1,
      item_type: 0,
      associated_message_type: 0,
      date_edited: 0,
    })
    this.#join = this.#store.into('chat_message_join', ['chat_id', 'message_id', 'message_date'])
    this.#attach = this.#store.into('message_attachment_join', ['message_id', 'attachment_id'])
    this.#files = new MessageFiles(this.#store, story, phone)
    const property = this.#store.into('_SqliteDatabaseProperties', ['key', 'value'])
    property({ key: '_ClientVersion', value: '17006' })
    property({ key: '_UniqueIdentifier', value: uuid(story.seed, 'sms.db', 0) })
    this.#chats = writeChats(this.#store, story)
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
          const chat = this.#chats.get(deleted.conversation)
          if (!chat) continue
          const row = this.#writeDeleted(deleted, nth, chat)
          if (deleted.how === 'in-log') inLog.push(row)
          if (deleted.how === 'free-page') gone.push([row, nth])
        }
        return () => {
          for (const [row, nth] of gone) {
            this.#delete(row)
            this.#store.run('INSERT INTO deleted_messages (guid) VALUES (?)', this.#deletedGuid(nth))
          }
        }
      },
    })
    // From here on the database's own triggers note what is deleted.
    for (const row of inLog) this.#delete(row)
    for (const message of this.#late) this.#write(message)
    this.#store.close(this.#log)
  }

  #write(message: StoryMessage): void {
    const { n, at, body, reaction, event, preview, reply, member } = message
    const chat = this.#chats.get(message.conversation)
    const mine = message.direction === 'out'
    const guid = this.#guid(n)
    const date = at === undefined ? null : message.seconds ? appleSeconds(at) : appleNanoseconds(at)
    const attached = (message.attachments ?? []).map((id) => this.#files.attach(id, mine, at ?? 0))
    const hasText = body !== undefined || attached.length > 0
    const shown = reaction ? reaction.quote : hasText ? PLACEHOLDER.repeat(attached.length) + (body ?? '') : null
    // From iOS 16 on many texts stand in the archive alone.
    const archiveOnly = message.attributedOnly || (message.service === 'iMessage' && n % 8 === 3)
    const archived = shown !== null && (archiveOnly || (message.service === 'iMessage' && n % 8 === 5))
    const other = reaction ? this.#reacted(reaction.to) : reply?.to === undefined ? undefined : this.#guid(reply.to)
    const row = this.#insert({
      guid,
      text: archiveOnly ? null : shown,
      handle_id: chat ? handleOf(chat, member) : 0,
      subject: message.subject ?? null,
      attributedBody: archived ? attributedBody(shown) : null,
      service: serviceOf(message),
      date,
      date_read: !mine && at !== undefined ? appleNanoseconds(at + 45_000) : 0,
      date_delivered: mine && at !== undefined ? appleNanoseconds(at + 2_000) : 0,
      is_delivered: mine ? 1 : 0,
      is_from_me: mine ? 1 : 0,
      is_read: mine ? 0 : 1,
      is_sent: mine ? 1 : 0,
      cache_has_attachments: attached.length > 0 ? 1 : 0,
      cache_roomnames: chat?.room ?? null,
      item_type: event?.type === 'renamed' ? GROUP_RENAMED : 0,
      group_title: event?.title ?? null,
      associated_message_guid: reaction ? `p:0/${other}` : null,
      associated_message_type: reaction
        ? (reaction.removed ? REACTION_REMOVED : REACTION) + REACTIONS.indexOf(reaction.type)
        : 0,
      balloon_bundle_id: preview ? 'com.apple.messages.URLBalloonProvider' : null,
      payload_data: preview ? linkPayload(preview) : null,
      message_summary_info: editSummary(message),
      thread_originator_guid: reply && other !== undefined ? other : null,
      thread_originator_part: reply && other !== undefined ? '0:0:0' : null,
      date_edited: message.changedAt === undefined ? 0 : appleNanoseconds(message.changedAt),
    })
    if (chat) this.#join({ chat_id: chat.row, message_id: row, message_date: date ?? 0 })
    for (const { row: file } of attached) this.#attach({ message_id: row, attachment_id: file })
    if (preview) this.#attach({ message_id: row, attachment_id: this.#files.preview(n, at ?? 0) })
    const attachments = attached.map(({ found }) => found)
    this.#truth.add(messageRecord(message, { guid, date, attachments, ...(chat && { chat }), ...(other && { other }) }))
  }

  #writeDeleted(deleted: DeletedMessage, nth: number, chat: Chat): number {
    const date = appleNanoseconds(deleted.at)
    const mine = deleted.direction === 'out' ? 1 : 0
    const row = this.#insert({
      guid: this.#deletedGuid(nth),
      text: deleted.body,
      handle_id: chat.handles[0] ?? 0,
      attributedBody: attributedBody(deleted.body),
      service: 'iMessage',
      date,
      is_from_me: mine,
      is_sent: mine,
    })
    if (deleted.how === 'recoverable') {
      const recoverable = this.#store.into('chat_recoverable_message_join', ['chat_id', 'message_id', 'delete_date'])
      recoverable({ chat_id: chat.row, message_id: row, delete_date: appleNanoseconds(deleted.at + 86_400_000) })
    } else this.#join({ chat_id: chat.row, message_id: row, message_date: date })
    return row
  }

  #delete(row: number): void {
    this.#store.run('DELETE FROM chat_message_join WHERE message_id = ?', row)
    this.#store.run('DELETE FROM message WHERE ROWID = ?', row)
  }

  #guid(n: number): string {
    return uuid(this.#story.seed, 'message', n)
  }

  #deletedGuid(nth: number): string {
    return uuid(this.#story.seed, 'deleted', nth)
  }

  #reacted(to: number | { readonly deleted: number }): string {
    return typeof to === 'number' ? this.#guid(to) : this.#deletedGuid(to.deleted)
  }
}

/** Who wrote; in a conversation of two also to whom. */
function handleOf(chat: Chat, member: number | undefined): number {
  if (member !== undefined) return chat.handles[member] ?? 0
  return chat.room === null ? (chat.handles[0] ?? 0) : 0
}
