import type { Message, Party } from '../../records/index.ts'
import { digest, fileBytes, thumbnailBytes } from '../media/file-bytes.ts'
import { hexDigits, uuid } from '../random.ts'
import type { Conversation, DeletedMessage, Person, Story, StoryFile, StoryMessage } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { appleSeconds, fromAppleSeconds } from './apple-time.ts'
import { freePagesLast } from './deleted-order.ts'
import { type Phone, WHATSAPP } from './phone.ts'
import { CHAT_STORAGE_INDEXES, CHAT_STORAGE_TABLES } from './schema/whatsapp.ts'
import { type Insert, makeStore, type Store } from './store.ts'
import { reactionReceipt, replyMetadata } from './whatsapp-blobs.ts'

/** Above this the database is checkpointed and has no log. */
const MOST_WITH_LOG = 20_000

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
]
const SESSION = 4
const GROUP_INFO = 5
const MEMBER = 6
const MEDIA_ITEM = 8
const MESSAGE = 9
const DATA_ITEM = 10
const MESSAGE_INFO = 11
const PUSH_NAME = 13

const TYPE = { text: 0, image: 1, video: 2, audio: 3, location: 5, event: 6, link: 7, unsent: 14 } as const
const EVENTS = {
  renamed: [1, 'group subject changed'],
  joined: [2, 'joined the group'],
  left: [3, 'left the group'],
  created: [12, 'group created'],
} as const

interface Chat {
  readonly row: number
  readonly jid: string
  /** what messages say they came from or went to: since pseudonyms, not always what the conversation is kept under */
  readonly other: string
  readonly title?: string
  /** ZWAGROUPMEMBER by place in the conversation's members */
  readonly memberRows: readonly number[]
  readonly parties: readonly Party[]
  counter: number
}

/** Writes `ChatStorage.sqlite`: WhatsApp's messages, with what it keeps beside them and nobody may take. */
export class WhatsAppWriter {
  readonly #story: Story
  readonly #truth: Truth
  readonly #phone: Phone
  readonly #store: Store
  readonly #insert: Insert
  readonly #media: Insert
  readonly #data: Insert
  readonly #info: Insert
  readonly #chats = new Map<string, Chat>()
  readonly #files = new Map<string, { readonly path: string; readonly found: Message['attachments'][number] }>()
  readonly #bytes = new Map<string, Buffer>()
  readonly #late: StoryMessage[] = []
  readonly #log: boolean
  #messages = 0

  constructor(story: Story, truth: Truth, phone: Phone) {
    this.#story = story
    this.#truth = truth
    this.#phone = phone
    this.#log = story.count <= MOST_WITH_LOG
    const path = phone.database(WHATSAPP, 'ChatStorage.sqlite', { log: this.#log })
    this.#store = makeStore(path, { tables: CHAT_STORAGE_TABLES, incrementalVacuum: true })
    this.#insert = this.#store.into('ZWAMESSAGE', [
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
      'ZPUSHNAME',
      'ZSTANZAID',
      'ZTEXT',
    ])
    this.#media = this.#store.into('ZWAMEDIAITEM', [
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
    ])
    this.#data = this.#store.into('ZWAMESSAGEDATAITEM', [
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
      'ZTHUMBNAILPATH',
    ])
    this.#info = this.#store.into('ZWAMESSAGEINFO', ['Z_ENT', 'Z_OPT', 'ZMESSAGE', 'ZRECEIPTINFO'])
    this.#store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])(1, uuid(story.seed, 'ChatStorage', 0))
    this.#people(story.people)
    this.#chatsOf(story.conversations.filter(({ app }) => app === 'whatsapp'))
  }

  add(message: StoryMessage): void {
    if (message.walOnly && this.#log) this.#late.push(message)
    else this.#write(message)
  }

  end(): void {
    const inLog: number[] = []
    const entity = this.#store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'])
    for (const [at, name] of ENTITIES.entries()) entity(at + 1, name, 0, at + 1 === MESSAGE ? this.#messages : 0)
    this.#store.settle({
      indexes: CHAT_STORAGE_INDEXES,
      last: () => {
        const gone: number[] = []
        for (const [nth, deleted] of freePagesLast(this.#story.deleted, this.#log)) {
          if (!this.#chats.has(deleted.conversation)) continue
          const row = this.#writeDeleted(deleted, nth)
          if (deleted.how === 'in-log') inLog.push(row)
          else gone.push(row)
        }
        return () => {
          for (const row of gone) this.#store.run('DELETE FROM ZWAMESSAGE WHERE Z_PK = ?', row)
        }
      },
    })
    for (const row of inLog) this.#store.run('DELETE FROM ZWAMESSAGE WHERE Z_PK = ?', row)
    for (const message of this.#late) this.#write(message)
    this.#store.close(this.#log)
  }

  #people(people: readonly Person[]): void {
    const push = this.#store.into('ZWAPROFILEPUSHNAME', ['Z_ENT', 'Z_OPT', 'ZJID', 'ZPUSHNAME'])
    for (const { push: name, number, lid } of people) {
      if (name === undefined || !number) continue
      push(PUSH_NAME, 1, number.jid, name)
      if (lid !== undefined) push(PUSH_NAME, 1, `${lid}@lid`, name)
    }
  }

  #chatsOf(conversations: readonly Conversation[]): void {
    const { owner, people } = this.#story
    const known = new Map(people.map((person) => [person.id, person]))
    const session = this.#store.into('ZWACHATSESSION', [
      'Z_ENT',
      'Z_OPT',
      'ZARCHIVED',
      'ZFLAGS',
      'ZHIDDEN',
      'ZREMOVED',
      'ZSESSIONTYPE',
      'ZSPOTLIGHTSTATUS',
      'ZUNREADCOUNT',
      'ZGROUPINFO',
      'ZCONTACTJID',
      'ZPARTNERNAME',
    ])
    const info = this.#store.into('ZWAGROUPINFO', [
      'Z_ENT',
      'Z_OPT',
      'ZSTATE',
      'ZCHATSESSION',
      'ZCREATIONDATE',
      'ZCREATORJID',
    ])
    const member = this.#store.into('ZWAGROUPMEMBER', [
      'Z_ENT',
      'Z_OPT',
      'ZISACTIVE',
      'ZISADMIN',
      'ZSENDERKEYSENT',
      'ZCHATSESSION',
      'ZCONTACTNAME',
      'ZFIRSTNAME',
      'ZMEMBERJID',
    ])
    for (const [nth, { id, members, group, title, groupJid }] of conversations.entries()) {
      const persons = members.map(({ person }) => known.get(person) as Person)
      const jid = (groupJid ?? members[0]?.address) as string
      const first = persons[0]
      const partner = group ? (title ?? '') : (first?.name ?? first?.push ?? '')
      const row = session(
        SESSION,
        1,
        0,
        group ? 256 : 272,
        0,
        0,
        group ? 1 : 0,
        -32_768,
        0,
        group ? nth + 1 : null,
        jid,
        partner,
      )
      const memberRows: number[] = []
      if (group) {
        info(GROUP_INFO, 1, 0, row, appleSeconds(Date.UTC(2026, 1, 1)), members[0]?.address ?? null)
        for (const [at, { address }] of members.entries()) {
          // People known by a pseudonym have no name of the address book's, only the one they gave themselves.
          const name = address.endsWith('@lid') ? null : (persons[at]?.name ?? null)
          memberRows.push(member(MEMBER, 1, 1, at === 0 ? 1 : 0, 1, row, name, null, address))
        }
        member(MEMBER, 1, 1, 0, 0, row, null, null, owner.number.jid)
      }
      // A conversation under somebody's pseudonym whose messages still name the number: one person, two spellings.
      const other = !group && jid.endsWith('@lid') ? (first?.number?.jid ?? jid) : jid
      const parties = members.map(({ address }, at): Party => {
        const person = persons[at]
        const name = group ? (address.endsWith('@lid') ? undefined : person?.name) : partner
        const shown = (name ?? person?.push) ? { name: (name ?? person?.push) as string } : {}
        return other === jid ? { address, ...shown } : { address: other, also: [address], ...shown }
      })
      this.#chats.set(id, { row, jid, other, memberRows, parties, counter: 0, ...(group && title ? { title } : {}) })
    }
  }

  #write(message: StoryMessage): void {
    const { n, at, body, event, preview, place, reply } = message
    const chat = this.#chats.get(message.conversation) as Chat
    const mine = message.direction === 'out'
    const seconds = at === undefined ? null : appleSeconds(at)
    const file = message.attachments?.[0] === undefined ? undefined : this.#file(message.attachments[0], chat.jid)
    const type = typeOf(message, file?.found.media_type)
    const stanza = this.#stanza(n)
    const repliedTo =
      reply && (reply.to === undefined ? hexDigits(`${this.#story.seed}/gone`, n).slice(0, 20) : this.#stanza(reply.to))
    const key = this.#messages + 1
    const quoted =
      reply?.quotedMember === undefined ? this.#story.owner.number.jid : chat.parties[reply.quotedMember]?.address
    const metadata = reply && repliedTo !== undefined ? replyMetadata(repliedTo, quoted ?? chat.jid, reply.quote) : null
    let media: number | null = null
    if (file) {
      const { found, path } = file
      const thumbnail = path.replace(/\.\w+$/, '.thumb')
      media = this.#media(
        MEDIA_ITEM,
        1,
        found.bytes ?? 0,
        0,
        key,
        null,
        null,
        path,
        thumbnail,
        body ?? null,
        found.media_type ?? null,
        metadata,
      )
    } else if (place)
      media = this.#media(MEDIA_ITEM, 1, 0, 0, key, place.lat, place.lon, null, null, place.label, null, metadata)
    else if (preview)
      media = this.#media(MEDIA_ITEM, 1, 0, 0, key, null, null, null, null, preview.title, preview.url, metadata)
    else if (metadata) media = this.#media(MEDIA_ITEM, 1, 0, 0, key, null, null, null, null, null, null, metadata)
    const info = message.emoji
      ? this.#info(
          MESSAGE_INFO,
          1,
          key,
          reactionReceipt(message.emoji.map(({ member, emoji }) => [chat.parties[member]?.address ?? '', emoji])),
        )
      : null
    const text = event ? (event.title && event.type === 'renamed' ? event.title : null) : file ? null : (body ?? null)
    const member = message.member
    chat.counter++
    this.#messages = this.#insert(
      MESSAGE,
      1,
      3,
      chat.counter,
      16_777_216,
      event ? EVENTS[event.type][0] : 0,
      mine ? 1 : 0,
      mine ? 8 : 6,
      type,
      chat.counter,
      -32_768,
      0,
      chat.row,
      member === undefined || chat.memberRows.length === 0 ? null : (chat.memberRows[member] as number),
      media,
      info,
      seconds,
      mine ? seconds : null,
      mine ? null : chat.other,
      mine ? chat.other : this.#story.owner.number.jid,
      null,
      stanza,
      text,
    )
    if (preview) {
      this.#data(
        DATA_ITEM,
        1,
        0,
        1,
        this.#messages,
        seconds,
        chat.jid,
        preview.url,
        preview.url,
        preview.title,
        preview.title,
        null,
      )
    }
    this.#truth.add(this.#record(message, chat, seconds, stanza, repliedTo, file?.found))
  }

  #record(
    message: StoryMessage,
    chat: Chat,
    seconds: number | null,
    stanza: string,
    repliedTo: string | undefined,
    found: Message['attachments'][number] | undefined,
  ): Message {
    const { body, event, member, place } = message
    const from = member === undefined ? undefined : chat.parties[member]
    const text = place ? place.label : event ? (event.type === 'renamed' ? event.title : undefined) : body
    const system = event ? EVENTS[event.type][1] : place ? 'location' : undefined
    return {
      kind: 'message',
      app: 'whatsapp',
      ...(seconds === null ? {} : { time: fromAppleSeconds(seconds), time_raw: String(seconds) }),
      direction: message.direction,
      ...(from ? { from } : {}),
      to: chat.parties.filter((party) => party !== from),
      thread: chat.jid,
      ...(chat.title === undefined ? {} : { thread_name: chat.title }),
      ...(text === undefined || message.unsent ? {} : { body: text }),
      ...(message.unsent ? { unsent: true } : {}),
      ...(repliedTo === undefined ? {} : { reply_to: repliedTo }),
      message_id: stanza,
      ...(system === undefined ? {} : { system }),
      ...(place ? { place: { lat: place.lat, lon: place.lon } } : {}),
      attachments: found ? [found] : [],
    }
  }

  #writeDeleted(deleted: DeletedMessage, nth: number): number {
    const chat = this.#chats.get(deleted.conversation) as Chat
    const seconds = appleSeconds(deleted.at)
    return this.#insert(
      MESSAGE,
      1,
      3,
      0,
      0,
      0,
      deleted.direction === 'out' ? 1 : 0,
      6,
      0,
      0,
      0,
      0,
      chat.row,
      null,
      null,
      null,
      seconds,
      null,
      chat.jid,
      this.#story.owner.number.jid,
      null,
      hexDigits(`${this.#story.seed}/deleted`, nth).slice(0, 20),
      deleted.body,
    )
  }

  #file(id: string, jid: string) {
    const key = `${jid}/${id}`
    const known = this.#files.get(key)
    if (known) return known
    const file = this.#story.files.get(id) as StoryFile
    const bytes = this.#bytes.get(id) ?? fileBytes(file, this.#story.seed)
    this.#bytes.set(id, bytes)
    const name = uuid(this.#story.seed, key, 0).toLowerCase()
    const extension = file.name.slice(file.name.lastIndexOf('.'))
    const path = `Media/${jid}/${name[0]}/${name[1]}/${name}${extension}`
    if (file.missing) this.#phone.missing(WHATSAPP, `Message/${path}`)
    else {
      this.#phone.add(WHATSAPP, `Message/${path}`, bytes)
      if (file.thumbnail !== undefined)
        this.#phone.add(
          WHATSAPP,
          `Message/${path.replace(/\.\w+$/, '.thumb')}`,
          thumbnailBytes(file, file.thumbnail, this.#story.seed),
        )
    }
    const found = {
      name: `${name}${extension}`,
      media_type: file.type as string,
      bytes: bytes.length,
      ...(file.missing ? { taken: false } : { sha256: digest(bytes), taken: true }),
    }
    const made = { path, found }
    this.#files.set(key, made)
    return made
  }

  #stanza(n: number): string {
    return `3A${hexDigits(`${this.#story.seed}/stanza`, n).slice(0, 18)}`
  }
}

function typeOf(message: StoryMessage, media: string | undefined): number {
  if (message.unsent) return TYPE.unsent
  if (message.event) return TYPE.event
  if (message.place) return TYPE.location
  if (message.preview) return TYPE.link
  if (media === undefined) return TYPE.text
  return media.startsWith('image/') ? TYPE.image : media.startsWith('video/') ? TYPE.video : TYPE.audio
}
