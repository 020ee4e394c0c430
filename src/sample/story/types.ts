import type { Direction, Place } from '../../records/index.ts'

/**
 * The story: what happened, before any phone has written it down. Both systems tell the same story; a writer (`ios/`,
 * `android/`) turns it into the files of a phone and, from the story alone, into the records of `truth.json`.
 * All instants are milliseconds since 1970, UTC; a writer rounds them to what its file can hold (down) and gives the
 * rounded value to the truth.
 */
export interface Story {
  readonly system: System
  /** android: WhatsApp keeps its messages as it did before 2022, without reactions */
  readonly oldWhatsapp?: true
  readonly seed: string
  readonly device: StoryDevice
  readonly owner: Owner
  readonly people: readonly Person[]
  readonly conversations: readonly Conversation[]
  readonly calls: readonly StoryCall[]
  readonly contacts: readonly StoryContact[]
  /** pictures and videos that the device user took: DCIM, in order of name */
  readonly camera: readonly StoryFile[]
  /** everything attached to messages; `StoryMessage.attachments` names them by `id`. Several messages may name one file. */
  readonly files: ReadonlyMap<string, StoryFile>
  /** messages that must never come out: rows deleted before closing, recently deleted, deleted in the write-ahead log */
  readonly deleted: readonly DeletedMessage[]
  /** names of a contact and of a caller to put in and delete again before closing, so that they stay in free pages */
  readonly deletedContact: string
  readonly deletedCaller: string
  /** texts that stand only in a full-text table: of the messages, and of the contacts */
  readonly indexed: { readonly messages: string; readonly contacts: string }
  /** databases of apps that nothing here reads and nobody may open, each with one text in it */
  readonly decoys: readonly Decoy[]
  /** number of messages that `messages()` yields */
  readonly count: number
  /**
   * Every message of every app, in order of time, `n` counting from 0 without gaps. May be called again; every call yields the
   * same. A generator, because there may be five million: do not collect them.
   */
  messages(): IterableIterator<StoryMessage>
  /** the words that are on the phone and may come out under no authorisation, each nowhere else in the story */
  readonly never: readonly string[]
}

export type System = 'ios' | 'android'

export interface StoryDevice {
  readonly name: string
  /** `iPhone15,4` or `SM-S911B` */
  readonly model: string
  readonly maker: string
  /** as EXIF writes the camera: `iPhone 15`, `SM-S911B` */
  readonly camera: string
  readonly osVersion: string
  readonly serial: string
  readonly imei: string
}

/** The device user. Never a party. */
export interface Owner {
  readonly name: string
  readonly number: Spellings
  readonly email: string
}

export interface Person {
  readonly id: string
  /** as the device user saved them; absent for people who are in no address book */
  readonly name?: string
  /** what they call themselves (WhatsApp push name) */
  readonly push?: string
  readonly organisation?: string
  readonly number?: Spellings
  readonly email?: string
  /** short code or alphanumeric sender, instead of a number */
  readonly sender?: string
  /** WhatsApp pseudonym, digits only, without `@lid` */
  readonly lid?: string
}

/** One telephone number in the ways phones write it. */
export interface Spellings {
  /** `+447700900123` */
  readonly e164: string
  /** `07700900123` */
  readonly national: string
  /** `00447700900123` */
  readonly zeros: string
  /** `07700 900123` */
  readonly spaced: string
  /** `447700900123@s.whatsapp.net` */
  readonly jid: string
}

export type App = 'sms' | 'whatsapp'

export interface Conversation {
  /** `sms:ryan`, `wa:rota`; unique */
  readonly id: string
  readonly app: App
  /** everybody but the device user. One in a conversation of two; none where the phone has lost the handle. */
  readonly members: readonly Member[]
  readonly group: boolean
  /** of a group: its title as it stands at the end of the story */
  readonly title?: string
  /** of a WhatsApp group: `120363…@g.us` */
  readonly groupJid?: string
  /** what messages travel by in the SMS app; iMessage exists only on iOS */
  readonly service?: 'SMS' | 'MMS' | 'iMessage'
}

export interface Member {
  readonly person: string
  /** as this conversation writes them: a number in any spelling, an e-mail address, a short code, a JID or `…@lid` */
  readonly address: string
}

export interface StoryMessage {
  /** position in `messages()`, from 0 */
  readonly n: number
  readonly app: App
  /** `Conversation.id` */
  readonly conversation: string
  readonly direction: Direction
  /** index in the conversation's members; absent when the device user wrote it, and when the phone does not say who did */
  readonly member?: number
  /** absent: the phone holds a null (or zero) date */
  readonly at?: number
  /** ios sms: write the date in whole seconds since 2001 rather than nanoseconds (an old row); `at` is a whole second then */
  readonly seconds?: true
  readonly service?: 'SMS' | 'MMS' | 'iMessage'
  readonly subject?: string
  readonly body?: string
  /** ios sms: the text stands only in `attributedBody` */
  readonly attributedOnly?: true
  /** earlier texts, oldest first */
  readonly edits?: readonly { readonly at: number; readonly body: string }[]
  /** when it was edited last or taken back */
  readonly changedAt?: number
  /** the sender took it back; the text is gone */
  readonly unsent?: true
  /** ios sms only: this row is a reaction to message `to`; its text column reads like `Loved “…quote…”` and is no body */
  readonly reaction?: {
    /** `StoryMessage.n`, or the place in `Story.deleted` */
    readonly to: number | { readonly deleted: number }
    readonly type: ReactionType
    readonly removed?: true
    readonly quote: string
  }
  /**
   * It answers an earlier message of the conversation. `quote` is the text that the app copies into the row (WhatsApp), which
   * is not the body; `to` is absent where the message answered is no longer on the phone (its text is then a never-word).
   */
  readonly reply?: { readonly to?: number; readonly quote: string; readonly quotedMember?: number }
  /** whatsapp: emoji that others put on it; on iOS kept beside the message, on Android each a row and a record of its own */
  readonly emoji?: readonly { readonly member: number; readonly emoji: string }[]
  /** ids of `Story.files` */
  readonly attachments?: readonly string[]
  /** what the app fetched for a link: to be kept (payload_data, thumbnails, text index), never to come out */
  readonly preview?: { readonly url: string; readonly title: string }
  /** a shared place (WhatsApp location message) */
  readonly place?: Place & { readonly label: string }
  /** a group event instead of text; `renamed` carries the new title in `title` */
  readonly event?: { readonly type: 'renamed' | 'joined' | 'left' | 'created'; readonly title?: string }
  /** write this row last, after the checkpoint, so that it stands only in the write-ahead log */
  readonly walOnly?: true
}

export type ReactionType = 'loved' | 'liked' | 'disliked' | 'laughed' | 'emphasised' | 'questioned'

/** Not a record. `how` says what is left of it on the phone. */
export interface DeletedMessage {
  readonly how: /** inserted and deleted before the last commit, secure_delete off: its bytes stay in a free page */
    | 'free-page'
    /** stands in the database file and is deleted by the write-ahead log: visible only to who ignores the log */
    | 'in-log'
    /** ios sms: in `chat_recoverable_message_join`. Android: leave it out. */
    | 'recoverable'
  readonly conversation: string
  readonly direction: Direction
  readonly member?: number
  readonly at: number
  readonly body: string
}

export interface StoryCall {
  readonly app: 'phone' | 'facetime' | 'whatsapp'
  /** absent: a withheld number */
  readonly person?: string
  /** as the call log writes it; '' for a withheld number */
  readonly address: string
  /** group call: the others, as written */
  readonly others?: readonly string[]
  readonly direction: Direction
  readonly at: number
  /** whole seconds; 0 where nobody answered */
  readonly duration: number
  readonly outcome: 'answered' | 'missed' | 'rejected' | 'cancelled' | 'voicemail' | 'unanswered'
  readonly video?: true
  readonly walOnly?: true
}

export interface StoryContact {
  readonly person?: string
  readonly first?: string
  readonly last?: string
  readonly organisation?: string
  readonly addresses: readonly {
    readonly address: string
    readonly type: 'phone' | 'email'
    readonly label?: 'mobile' | 'home' | 'work' | 'other'
  }[]
  readonly note?: string
  /** the contact's picture has this never-word inside it (a JPEG comment) */
  readonly photo?: string
  /** also known to WhatsApp, with the text of their profile */
  readonly whatsapp?: { readonly jid: string; readonly about?: string }
  readonly walOnly?: true
}

/** A file of the story. `fileBytes` (src/sample/media/) makes its bytes, the same every time. */
export interface StoryFile {
  readonly id: string
  /** file name on the phone: `IMG_0042.JPG` (camera) or as it was sent */
  readonly name: string
  readonly type:
    | 'image/jpeg'
    | 'image/heic'
    | 'video/mp4'
    | 'video/quicktime'
    | 'audio/mp4'
    | 'application/pdf'
    | 'text/vcard'
  /** listed by the message and not on the phone */
  readonly missing?: true
  /** when it was taken */
  readonly at?: number
  /** minutes east of UTC that the camera wrote beside the local time; absent: it wrote local time only */
  readonly offset?: number
  readonly place?: Place
  readonly width?: number
  readonly height?: number
  /** videos and sound, seconds */
  readonly duration?: number
  readonly camera?: { readonly make: string; readonly model: string }
  /** what is to be seen, for pictures */
  readonly scene?: Scene
  /** a never-word to write into the thumbnail (JPEG comment) that the app keeps beside the file */
  readonly thumbnail?: string
}

export type Scene = 'street' | 'river' | 'park' | 'café' | 'night' | 'document' | 'portrait' | 'car'

export interface Decoy {
  /** where it lies: iOS, as `Domain/path` of a backup (file-system layouts put it where that domain lies) */
  readonly ios: string
  /** path from `/` on Android */
  readonly android: string
  readonly text: string
}
