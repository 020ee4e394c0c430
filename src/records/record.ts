import type { Party } from './party.ts'

/** Where a record stood: enough for another tool to look at the same row. */
export interface Provenance {
  /** path inside the source, `/` as separator, as the source lists it */
  readonly file: string
  /** whether a write-ahead log with committed frames was read together with `file` */
  readonly wal: boolean
  /** table of a database; absent where the record is a file of its own */
  readonly table?: string
  /** row key in `table` */
  readonly row?: number
}

/** A file that belongs to a record. Its bytes are taken only where a clause says `attachments: true`. */
export interface Attachment {
  readonly name: string
  readonly media_type?: string
  readonly bytes?: number
  /** lower-case hex; present exactly when `taken` */
  readonly sha256?: string
  readonly taken: boolean
}

/** How sure the zone of `time` is: `utc` where the file counts from an instant; otherwise why it is what it is. */
export type TimeZoneBasis = 'stated' | 'assumed_utc'

interface Common {
  readonly app: string
  /** RFC 3339, UTC, milliseconds; absent where the phone holds no usable time */
  readonly time?: string
  /** the value as the phone wrote it, digits kept exactly */
  readonly time_raw?: string
  /** only where the file does not count from an instant (EXIF) */
  readonly time_zone?: TimeZoneBasis
  readonly place?: Place
  readonly attachments: readonly Attachment[]
}

export interface Place {
  /** WGS 84, degrees */
  readonly lat: number
  readonly lon: number
}

export type Direction = 'in' | 'out'

export interface Message extends Common {
  readonly kind: 'message'
  readonly direction: Direction
  /** absent when the device user wrote it, and when the phone does not say who did */
  readonly from?: Party
  /** everybody else in the conversation but the sender and the device user */
  readonly to: readonly Party[]
  /** the conversation's own key in the file */
  readonly thread?: string
  readonly thread_name?: string
  /** `SMS`, `MMS`, `iMessage`, `RCS`, as the phone names it */
  readonly service?: string
  readonly subject?: string
  /** the text as last seen; absent where there is none */
  readonly body?: string
  /** earlier texts, oldest first; never searched by `containing` */
  readonly edits?: readonly { readonly time?: string; readonly body?: string }[]
  /** the sender took it back */
  readonly unsent?: true
  /** a reaction to another message, named by that message's own key and never by its text */
  readonly reaction?: {
    readonly to: string
    readonly type: string
    /** where the type is that of any emoji: which */
    readonly emoji?: string
    readonly removed?: true
  }
  /** key of the message that this one answers */
  readonly reply_to?: string
  /** the message's own key in its app (guid, stanza id) */
  readonly message_id?: string
  /** what stands instead of text: a group event, a poll, a payment … in the app's own words for it */
  readonly system?: string
}

export interface Call extends Common {
  readonly kind: 'call'
  /** absent where nothing says it, as of a recording that was kept from an archive: then everybody stands in `to` */
  readonly direction?: Direction
  readonly from?: Party
  readonly to: readonly Party[]
  readonly duration_seconds?: number
  readonly outcome?: 'answered' | 'missed' | 'rejected' | 'cancelled' | 'voicemail' | 'blocked' | 'unanswered'
  readonly video?: true
  readonly service?: string
}

export interface Contact extends Common {
  readonly kind: 'contact'
  readonly name?: string
  readonly organisation?: string
  /** every telephone number, e-mail address and account by which the contact can be reached */
  readonly addresses: readonly { readonly address: string; readonly type: string; readonly label?: string }[]
  readonly note?: string
}

export interface MediaItem extends Common {
  readonly kind: 'media_item'
  /** the file's name on the phone; the file itself is `attachments[0]` */
  readonly name: string
  readonly media_type?: string
  readonly width?: number
  readonly height?: number
  readonly duration_seconds?: number
  readonly camera?: string
}

/** What an artefact finds, before anybody has decided whether it may be taken. */
export type Found = Message | Call | Contact | MediaItem

/** Found where: the pair that artefacts hand over. */
export interface Placed<T extends Found = Found> {
  readonly found: T
  readonly provenance: Provenance
}

/** What was taken: as in architecture 3.4. */
export type PeelRecord = Found & {
  readonly id: string
  readonly clauses: readonly string[]
  /** true where no clause admits it by itself and it stands beside one that is admitted */
  readonly context: boolean
  readonly provenance: Provenance
}
