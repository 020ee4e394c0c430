/** Text that came from a phone: shown as it stands, by itself in its own direction, and never as anything but text. */
export interface PhoneText {
  readonly phone: string
}

/** A run of text: our own words, words from the phone, something copied by a machine (digests, paths), or a link inside. */
export type Span =
  | string
  | PhoneText
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly link: string; readonly text: string }

export type Line = Span | readonly Span[]

/** A part of a report. Both writers, HTML and PDF, know these and nothing of what they mean. */
export type Block =
  | Heading
  | { readonly type: 'paragraph'; readonly text: Line; readonly small?: true }
  | {
      readonly type: 'notice'
      readonly tone: 'plain' | 'warning'
      readonly title: string
      readonly lines: readonly Line[]
    }
  | { readonly type: 'facts'; readonly facts: readonly (readonly [name: string, value: Line])[] }
  | { readonly type: 'list'; readonly items: readonly Line[]; readonly columns?: true }
  | { readonly type: 'contents'; readonly items: readonly { readonly link: string; readonly text: string }[] }
  | Table
  | Chart
  | { readonly type: 'transcript'; readonly entries: readonly Entry[] }
  | { readonly type: 'pictures'; readonly pictures: readonly PictureRef[] }
  | { readonly type: 'commands'; readonly lines: readonly string[] }

export interface Heading {
  readonly type: 'heading'
  /** 2 for a section, 3 and 4 inside it; 1 is the report's title */
  readonly level: 2 | 3 | 4
  readonly text: Line
  /** what a link inside the report leads to */
  readonly id?: string
}

export interface Table {
  readonly type: 'table'
  readonly caption: Line
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Line[])[]
  /** a last row that adds the others up */
  readonly total?: readonly Line[]
  /** row ids, for links */
  readonly ids?: readonly string[]
}

export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** its share of the width, 1 where absent */
  readonly share?: number
}

export interface Chart {
  readonly type: 'chart'
  readonly caption: string
  /** says in words what the bars show */
  readonly summary: string
  readonly bars: readonly { readonly label: string; readonly value: number }[]
}

/** One turn of a conversation. */
export type Entry =
  | { readonly type: 'day'; readonly text: string }
  | {
      readonly type: 'turn'
      readonly id: string
      readonly side: 'in' | 'out'
      readonly context: boolean
      readonly head: Line
      /** what marks it: context, edited, taken back */
      readonly marks: readonly string[]
      readonly body: readonly Line[]
      readonly pictures: readonly PictureRef[]
      readonly small: Line
    }

export interface PictureRef {
  /** lower-case hex SHA-256, under which the bytes are in `pictures` of the report */
  readonly sha256: string
  readonly name: string
  readonly caption: Line
}

export interface Picture {
  readonly media_type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp'
  readonly bytes: Buffer
}

/** A whole report, before it is written down. */
export interface ReportDocument {
  readonly title: string
  /** what stands at the head of every printed page */
  readonly running: string
  /** when the extraction ended, in milliseconds since 1970: the date of the report */
  readonly made_ms: number
  /** how many records it shows */
  readonly shown: number
  readonly blocks: readonly Block[]
  /** by digest */
  readonly pictures: ReadonlyMap<string, Picture>
}

export function heading(level: 2 | 3 | 4, text: Line, id?: string): Heading {
  return id === undefined ? { type: 'heading', level, text } : { type: 'heading', level, text, id }
}

export function paragraph(...text: Span[]): Block {
  return { type: 'paragraph', text }
}

export function small(...text: Span[]): Block {
  return { type: 'paragraph', text, small: true }
}

export function phone(text: string): PhoneText {
  return { phone: text }
}

/** The spans of a line. */
export function spansOf(line: Line): readonly Span[] {
  return Array.isArray(line) ? (line as readonly Span[]) : [line as Span]
}
