import type { SourceFile, SqliteReader, SqlValue } from '../../acquisition/index.ts'
import type { Attachment } from '../../records/index.ts'
import { privateFile } from '../android-private-file.ts'
import type { ReadContext } from '../artefact.ts'
import { ChildRows } from '../child-rows.ts'
import { selectList } from '../schema.ts'

/** Rows of `part t` that are the message's own words. A text that was kept as a file has no `text` and is an attachment. */
const WORDS = `lower(t.ct) IN ('text/plain', 'text/html') AND typeof(t.text) = 'text' AND t.text <> ''`
const WORDY = new Set(['text/plain', 'text/html'])
const JOINED = 'group_concat(t.text, char(10) ORDER BY t.seq, t._id)'

type Row = Record<'ct' | 'name' | 'cl' | 'fn' | 'cid' | 'data' | 'text', SqlValue>

interface Part {
  readonly name: string
  readonly mediaType?: string
  readonly file: SourceFile | undefined
}

/** What an MMS consists of, by its rows in `part`: words, attachments, and a layout (SMIL) that is neither. */
export class MmsParts {
  readonly #context: ReadContext
  readonly #rows: ChildRows<Row>
  /** SQL after `pdu p`: joins the words where no index finds them per message */
  readonly join: string
  /** SQL of the words of `pdu p`, one line a part */
  readonly body: string

  constructor(database: SqliteReader, context: ReadContext) {
    this.#context = context
    const columns = selectList(database.tables, 'part', 'part', ['ct', 'name', 'cl', 'fn', 'cid', '_data', 'text'])
    this.#rows = new ChildRows(database, 'part', 'mid', columns, 'seq, _id')
    this.join = this.#rows.indexed
      ? ''
      : ` LEFT JOIN (SELECT t.mid AS mid, ${JOINED} AS words FROM part t WHERE ${WORDS} GROUP BY t.mid) w ON w.mid = p._id`
    this.body = this.#rows.indexed ? `(SELECT ${JOINED} FROM part t WHERE t.mid = p._id AND ${WORDS})` : 'w.words'
  }

  attachments(message: unknown): Attachment[] {
    return this.#attached(message).map(attachment)
  }

  /** The files behind `attachments`, in the same order. */
  files(message: unknown): (SourceFile | undefined)[] {
    return this.#attached(message).map(({ file }) => file)
  }

  #attached(message: unknown): Part[] {
    const found: Part[] = []
    for (const row of this.#rows.of(message)) {
      const mediaType = text(row.ct)?.toLowerCase()
      const data = text(row.data)
      if (mediaType === 'application/smil') continue
      if (WORDY.has(mediaType ?? '') && (text(row.text) !== undefined || data === undefined)) continue
      const stored = data?.slice(data.lastIndexOf('/') + 1)
      const name = text(row.name) ?? text(row.cl) ?? text(row.fn) ?? stored ?? text(row.cid) ?? ''
      found.push({ name, mediaType, file: this.#file(data) })
    }
    return found
  }

  #file(stored: string | undefined): SourceFile | undefined {
    return privateFile(this.#context, stored, 'app_parts') ?? privateFile(this.#context, stored, 'parts')
  }
}

// How large it is, an archive lists and a folder does not: it is said when the file is taken, lest records differ by the wrapping.
function attachment({ name, mediaType }: Part): Attachment {
  return {
    name,
    ...(mediaType === undefined ? {} : { media_type: mediaType }),
    taken: false,
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
