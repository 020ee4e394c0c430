import { hexDigits, uuid } from '../random.ts'
import type { DeletedMessage, Story, StoryMessage } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { appleSeconds } from './apple-time.ts'
import { freePagesLast } from './deleted-order.ts'
import { type Phone, WHATSAPP } from './phone.ts'
import { CHAT_STORAGE_INDEXES, CHAT_STORAGE_TABLES } from './schema/whatsapp.ts'
import { type Insert, makeStore, type Store } from './store.ts'
import { reactionReceipt, replyMetadata } from './whatsapp-blobs.ts'
import { type WhatsAppChat, writeWhatsAppChats } from './whatsapp-chats.ts'
import { type WhatsAppFile, WhatsAppFiles } from './whatsapp-files.ts'
import { EVENTS, typeOf, whatsAppRecord } from './whatsapp-record.ts'

/** Above this the database is checkpointed and has no log. */
const MOST_WITH_LOG = 20_000

/** Core Data's entities, in the order of their numbers. */
const ENTITIES = [
  'WABlackListItem',
  'WAChatProperties',
  'WAChatPushConfig',
  'WAChatSession',
  'WAGroupInfo',
  'WAGroupMember',
  'WAGroupMembersChange',
  'WAMediaItem',
  'WAMessage',
  'WAMessageDataItem',
  'WAMessageInfo',
  'WAProfilePictureItem',
  'WAProfilePushName',
  'WAVCardMention',
  'WAZ1PaymentTransaction',
] as const
const entity = (name: (typeof ENTITIES)[number]) => ENTITIES.indexOf(name) + 1

const MESSAGE = [
  'Z_ENT',
  'Z_OPT',
  'ZDATAITEMVERSION',
  'ZDOCID',
  'ZFLAGS',
  'ZGROUPEVENTTYPE',
  'ZISFROMME',
  'ZMESSAGESTATUS',
  'ZMESSAGETYPE',
  'ZSORT',
  'ZSPOTLIGHTSTATUS',
  'ZSTARRED',
  'ZCHATSESSION',
  'ZGROUPMEMBER',
  'ZMEDIAITEM',
  'ZMESSAGEINFO',
  'ZMESSAGEDATE',
  'ZSENTDATE',
  'ZFROMJID',
  'ZTOJID',
  'ZSTANZAID',
  'ZTEXT',
] as const
const MEDIA = [
  'Z_ENT',
  'Z_OPT',
  'ZFILESIZE',
  'ZMOVIEDURATION',
  'ZMESSAGE',
  'ZLATITUDE',
  'ZLONGITUDE',
  'ZMEDIALOCALPATH',
  'ZXMPPTHUMBPATH',
  'ZTITLE',
  'ZVCARDSTRING',
  'ZMETADATA',
] as const
const DATA = [
  'Z_ENT',
  'Z_OPT',
  'ZINDEX',
  'ZTYPE',
  'ZMESSAGE',
  'ZDATE',
  'ZCHATJID',
  'ZCONTENT1',
  'ZMATCHEDTEXT',
  'ZSUMMARY',
  'ZTITLE',
] as const

/** Writes `ChatStorage.sqlite`: WhatsApp's messages, with what it keeps beside them and nobody may take. */
export class WhatsAppWriter {
  readonly #story: Story
  readonly #truth: Truth
  readonly #store: Store
  readonly #insert: Insert<(typeof MESSAGE)[number]>
  readonly #media: Insert<(typeof MEDIA)[number]>
  readonly #data: Insert<(typeof DATA)[number]>
  readonly #info: Insert<'Z_ENT' | 'Z_OPT' | 'ZMESSAGE' | 'ZRECEIPTINFO'>
  readonly #chats: ReadonlyMap<string, WhatsAppChat>
  readonly #files: WhatsAppFiles
  readonly #late: StoryMessage[] = []
  readonly #log: boolean
  /** key of the row of ZWAMESSAGE that was put in last */
  #last = 0

  constructor(story: Story, truth: Truth, phone: Phone) {
    this.#story = story
    this.#truth = truth
    this.#files = new WhatsAppFiles(story, phone)
    this.#log = story.count <= MOST_WITH_LOG
    const path = phone.database(WHATSAPP, 'ChatStorage.sqlite', { log: this.#log })
    this.#store = makeStore(path, { tables: CHAT_STORAGE_TABLES, incrementalVacuum: true })
    this.#insert = this.#store.into('ZWAMESSAGE', MESSAGE, {
      Z_ENT: entity('WAMessage'),
      Z_OPT: 1,
      ZDATAITEMVERSION: 3,
      ZFLAGS: 16_777_216,
      ZGROUPEVENTTYPE: 0,
      ZSPOTLIGHTSTATUS: -32_768,
      ZSTARRED: 0,
    })
    this.#media = this.#store.into('ZWAMEDIAITEM', MEDIA, {
      Z_ENT: entity('WAMediaItem'),
      Z_OPT: 1,
      ZFILESIZE: 0,
      ZMOVIEDURATION: 0,
    })
    this.#data = this.#store.into('ZWAMESSAGEDATAITEM', DATA, {
      Z_ENT: entity('WAMessageDataItem'),
      Z_OPT: 1,
      ZINDEX: 0,
      ZTYPE: 1,
    })
    this.#info = this.#store.into('ZWAMESSAGEINFO', ['Z_ENT', 'Z_OPT', 'ZMESSAGE', 'ZRECEIPTINFO'], {
      Z_ENT: entity('WAMessageInfo'),
      Z_OPT: 1,
    })
    const metadata = this.#store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])
    metadata({ Z_VERSION: 1, Z_UUID: uuid(story.seed, 'ChatStorage', 0) })
    this.#chats = writeWhatsAppChats(this.#store, story)
  }

  add(message: StoryMessage): void {
    if (message.walOnly && this.#log) this.#late.push(message)
    else this.#write(message)
  }

  end(): void {
    const inLog: number[] = []
    const keys = this.#store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'], { Z_SUPER: 0 })
    for (const name of ENTITIES)
      keys({ Z_ENT: entity(name), Z_NAME: name, Z_MAX: name === 'WAMessage' ? this.#last : 0 })
    const remove = (row: number) => this.#store.run('DELETE FROM ZWAMESSAGE WHERE Z_PK = ?', row)
    this.#store.settle({
      indexes: CHAT_STORAGE_INDEXES,
      last: () => {
        const gone: number[] = []
        for (const [nth, deleted] of freePagesLast(this.#story.deleted, this.#log)) {
          const chat = this.#chats.get(deleted.conversation)
          if (!chat) continue
          this.#writeDeleted(deleted, nth, chat)
          if (deleted.how === 'in-log') inLog.push(this.#last)
          else gone.push(this.#last)
        }
        return () => {
          for (const row of gone) remove(row)
        }
      },
    })
    for (const row of inLog) remove(row)
    for (const message of this.#late) this.#write(message)
    this.#store.close(this.#log)
  }

  #write(message: StoryMessage): void {
    const { n, at, body, event, preview, reply, member, emoji } = message
    const chat = this.#chats.get(message.conversation) as WhatsAppChat
    const mine = message.direction === 'out'
    const seconds = at === undefined ? null : appleSeconds(at)
    const [attached] = message.attachments ?? []
    const file = attached === undefined ? undefined : this.#files.send(attached, chat.jid)
    const stanza = this.#stanza(n)
    const answered = reply && (reply.to === undefined ? this.#goneStanza('gone', n) : this.#stanza(reply.to))
    const key = this.#last + 1
    const reactions = emoji?.map((each) => [chat.parties[each.member]?.address ?? '', each.emoji] as const)
    chat.counter++
    this.#last = this.#insert({
      ZDOCID: chat.counter,
      ZGROUPEVENTTYPE: event ? EVENTS[event.type][0] : 0,
      ZISFROMME: mine ? 1 : 0,
      ZMESSAGESTATUS: mine ? 8 : 6,
      ZMESSAGETYPE: typeOf(message, file?.found),
      ZSORT: chat.counter,
      ZCHATSESSION: chat.row,
      ZGROUPMEMBER: member === undefined ? null : (chat.memberRows[member] ?? null),
      ZMEDIAITEM: this.#writeMedia(message, chat, key, file, answered),
      ZMESSAGEINFO: reactions ? this.#info({ ZMESSAGE: key, ZRECEIPTINFO: reactionReceipt(reactions) }) : null,
      ZMESSAGEDATE: seconds,
      ZSENTDATE: mine ? seconds : null,
      ZFROMJID: mine ? null : chat.other,
      ZTOJID: mine ? chat.other : this.#story.owner.number.jid,
      ZSTANZAID: stanza,
      // With a file, the text is the media item's title.
      ZTEXT: event ? (event.type === 'renamed' ? (event.title ?? null) : null) : file ? null : (body ?? null),
    })
    if (preview)
      this.#data({
        ZMESSAGE: this.#last,
        ZDATE: seconds,
        ZCHATJID: chat.jid,
        ZCONTENT1: preview.url,
        ZMATCHEDTEXT: preview.url,
        ZSUMMARY: preview.title,
        ZTITLE: preview.title,
      })
    this.#truth.add(
      whatsAppRecord(message, {
        chat,
        seconds,
        stanza,
        ...(answered && { answered }),
        ...(file && { file: file.found }),
      }),
    )
  }

  /** The media item of a message with a file, a place, a link's preview, or a copy of the message that it answers. */
  #writeMedia(
    message: StoryMessage,
    chat: WhatsAppChat,
    key: number,
    file: WhatsAppFile | undefined,
    answered: string | undefined,
  ): number | null {
    const { body, place, preview, reply } = message
    const writer = reply?.quotedMember === undefined ? undefined : chat.parties[reply.quotedMember]?.address
    const metadata =
      reply && answered !== undefined
        ? replyMetadata(answered, writer ?? this.#story.owner.number.jid, reply.quote)
        : null
    const common = { ZMESSAGE: key, ZMETADATA: metadata }
    if (file)
      return this.#media({
        ...common,
        ZFILESIZE: file.found.bytes ?? 0,
        ZMEDIALOCALPATH: file.path,
        ZXMPPTHUMBPATH: file.thumbnail,
        ZTITLE: body ?? null,
        ZVCARDSTRING: file.found.media_type ?? null,
      })
    if (place) return this.#media({ ...common, ZLATITUDE: place.lat, ZLONGITUDE: place.lon, ZTITLE: place.label })
    if (preview) return this.#media({ ...common, ZTITLE: preview.title, ZVCARDSTRING: preview.url })
    return metadata === null ? null : this.#media(common)
  }

  #writeDeleted(deleted: DeletedMessage, nth: number, chat: WhatsAppChat): void {
    this.#last = this.#insert({
      ZDOCID: 0,
      ZISFROMME: deleted.direction === 'out' ? 1 : 0,
      ZMESSAGESTATUS: 6,
      ZMESSAGETYPE: 0,
      ZSORT: 0,
      ZCHATSESSION: chat.row,
      ZMESSAGEDATE: appleSeconds(deleted.at),
      ZFROMJID: chat.other,
      ZTOJID: this.#story.owner.number.jid,
      ZSTANZAID: this.#goneStanza('deleted', nth),
      ZTEXT: deleted.body,
    })
  }

  #stanza(n: number): string {
    return `3A${hexDigits(`${this.#story.seed}/stanza`, n).slice(0, 18)}`
  }

  #goneStanza(sort: 'gone' | 'deleted', n: number): string {
    return hexDigits(`${this.#story.seed}/${sort}`, n).slice(0, 20)
  }
}
