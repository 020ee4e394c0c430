import type { SourceFile } from '../../acquisition/index.ts'
import { type Message, type Party, person } from '../../records/index.ts'
import type { ReadContext } from '../artefact.ts'
import { Oddities } from '../oddities.ts'
import { attachmentPaths } from './attachment-path.ts'
import type { Attachments } from './attachments.ts'
import { bodyOf } from './body.ts'
import type { DetailRow, Details } from './details.ts'
import { eventOf } from './event.ts'
import type { People } from './people.ts'
import { reactionOf } from './reaction.ts'
import { readSummary } from './summary.ts'

/** A row as `messageTable` selects it. */
export interface MessageRow {
  readonly guid: unknown
  readonly text: unknown
  readonly attributed: unknown
  readonly date: unknown
  readonly is_from_me: unknown
  readonly handle: unknown
  readonly chat: unknown
  readonly service: unknown
  /** ROWID of messages that have more to them */
  readonly special: unknown
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Reads rows of `message` into records. */
export class MessageReader {
  readonly #people: People
  readonly #attachments: Attachments
  readonly #details: Details
  readonly #context: ReadContext
  readonly #odd: Oddities

  constructor(people: People, attachments: Attachments, details: Details, context: ReadContext) {
    this.#people = people
    this.#attachments = attachments
    this.#details = details
    this.#context = context
    this.#odd = new Oddities(context)
  }

  /** The text that `containing` searches: the record's body, or null where it has none. */
  searchable(text: unknown, attributed: unknown, summary: unknown): string | null {
    const body = this.#bodyOf(text, attributed)
    if (body !== null || !(summary instanceof Uint8Array)) return body
    return readSummary(summary)?.current ?? null
  }

  read(row: MessageRow): Message {
    const incoming = row.is_from_me !== 1
    const sides = this.#people.sides(incoming, row.handle, row.chat)
    const chat = this.#people.chat(row.chat)
    const message: Writable<Message> = {
      kind: 'message',
      app: 'sms',
      direction: incoming ? 'in' : 'out',
      to: sides.to,
      attachments: NO_ATTACHMENTS,
    }
    if (sides.from !== undefined) message.from = sides.from
    const { time, time_raw } = this.#odd.time('message.date', row.date, 'apple_any')
    if (time !== undefined) message.time = time
    if (time_raw !== undefined) message.time_raw = time_raw
    if (chat?.thread !== undefined) message.thread = chat.thread
    if (chat?.name !== undefined) message.thread_name = chat.name
    if (isText(row.service)) message.service = row.service
    if (isText(row.guid)) message.message_id = row.guid
    const body = this.#bodyOf(row.text, row.attributed)
    if (body !== null) message.body = body
    const details = row.special === null ? undefined : this.#details.of(row.special)
    if (details !== undefined) this.#add(message, row, details)
    return message
  }

  #add(message: Writable<Message>, row: MessageRow, details: DetailRow): void {
    if (isText(details.thread_originator_guid)) message.reply_to = details.thread_originator_guid
    if (details.has_attachments === 1)
      message.attachments = this.#attachments.of(row.special).map(({ attachment }) => attachment)
    if (isSet(details.item_type))
      message.to = withOther(message.to, message.from, this.#people.handle(details.other_handle))
    const reaction = reactionOf(details)
    if (reaction !== undefined) {
      message.reaction = reaction
      return
    }
    if (isText(details.subject)) message.subject = details.subject
    if (details.summary instanceof Uint8Array) this.#addEdits(message, details.summary)
    if (isSet(details.date_retracted)) message.unsent = true
    const system = eventOf(details)
    if (system === undefined) return
    message.system = system
    if (system === 'group_renamed' && isText(details.group_title)) message.thread_name = details.group_title
  }

  #addEdits(message: Writable<Message>, bytes: Uint8Array): void {
    const summary = readSummary(bytes)
    if (summary === undefined) {
      this.#odd.once('message.message_summary_info', 'earlier texts that cannot be decoded')
      return
    }
    if (message.body === undefined && summary.current !== null) message.body = summary.current
    if (summary.edits.length > 0) message.edits = summary.edits
    if (summary.unsent) message.unsent = true
  }

  #bodyOf(text: unknown, attributed: unknown): string | null {
    const body = bodyOf(text, attributed)
    if (body.odd) this.#odd.once('message.attributedBody', 'a text that cannot be decoded, or not to its end')
    return body.text
  }

  /** The files behind the attachments, in their order. */
  files(row: MessageRow): readonly (SourceFile | undefined)[] {
    if (row.special === null) return []
    return this.#attachments.of(row.special).map(({ filename }) => {
      if (filename === undefined) return undefined
      for (const path of attachmentPaths(filename, this.#context.path)) {
        const file = this.#context.file(path)
        if (file !== undefined) return file
      }
      return undefined
    })
  }
}

const NO_ATTACHMENTS: Message['attachments'] = []

/** Adds whom an event is about, unless they are named already. */
function withOther(to: readonly Party[], from: Party | undefined, other: Party | undefined): readonly Party[] {
  if (other === undefined) return to
  const who = person(other.address)
  return [from, ...to].some((party) => party !== undefined && person(party.address) === who) ? to : [...to, other]
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && value !== 0
}
