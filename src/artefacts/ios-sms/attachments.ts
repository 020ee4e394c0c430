import type { SqliteReader, SqlValue } from '../../acquisition/index.ts'
import type { Attachment } from '../../records/index.ts'
import { ChildRows } from '../child-rows.ts'
import { has } from '../schema.ts'

/** An attachment and where the database says its file is. */
export interface StoredAttachment {
  readonly attachment: Attachment
  readonly filename?: string
}

/** A link's preview, or the snapshot of a message app's bubble: another party's content, which nobody sent. */
const PREVIEW = '.pluginPayloadAttachment'

type Statement = { get(...values: SqlValue[]): Record<string, SqlValue> | undefined }

const NONE: readonly StoredAttachment[] = []

/** The attachments of messages, asked for one message at a time. */
export class Attachments {
  readonly #joined: ChildRows<{ attachment: SqlValue }> | undefined
  readonly #statement: Statement | undefined
  #last: { readonly message: unknown; readonly found: readonly StoredAttachment[] } | undefined

  constructor(database: SqliteReader) {
    if (!has(database.tables, 'message_attachment_join', 'message_id', 'attachment_id')) return
    if (!has(database.tables, 'attachment', 'filename')) return
    const column = (name: string) => `${has(database.tables, 'attachment', name) ? name : 'NULL'} AS ${name}`
    this.#joined = new ChildRows(
      database,
      'message_attachment_join',
      'message_id',
      'attachment_id AS attachment',
      'attachment_id, rowid',
    )
    this.#statement = database.prepare(
      `SELECT filename, ${['transfer_name', 'mime_type', 'total_bytes'].map(column).join(', ')}
       FROM attachment WHERE ROWID = ?`,
    )
  }

  /** SQL that is true for rows of `m` that have attachments. */
  get existsSql(): string {
    return this.#joined === undefined ? '0' : 'm.ROWID IN (SELECT message_id FROM message_attachment_join)'
  }

  /** By ROWID of `message`, in the order of `attachment`. */
  of(message: unknown): readonly StoredAttachment[] {
    const joined = this.#joined
    const statement = this.#statement
    if (joined === undefined || statement === undefined) return NONE
    const last = this.#last
    if (last !== undefined && last.message === message) return last.found
    const found: StoredAttachment[] = []
    for (const { attachment } of joined.of(message)) {
      const row = attachment === null ? undefined : statement.get(attachment)
      const stored = row && storedOf(row)
      if (stored !== undefined && !stored.attachment.name.endsWith(PREVIEW)) found.push(stored)
    }
    this.#last = { message, found }
    return found
  }
}

function storedOf(row: Record<string, SqlValue>): StoredAttachment {
  const filename = textOf(row.filename)
  const name = textOf(row.transfer_name) ?? filename?.slice(filename.lastIndexOf('/') + 1)
  const type = textOf(row.mime_type)
  const bytes = row.total_bytes
  return {
    attachment: {
      name: name ?? '',
      ...(type !== undefined && { media_type: type }),
      ...(typeof bytes === 'number' && bytes > 0 && { bytes }),
      taken: false,
    },
    filename,
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
