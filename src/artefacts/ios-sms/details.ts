import type { SqliteReader, SqlValue } from '../../acquisition/index.ts'
import { has } from '../schema.ts'
import type { Attachments } from './attachments.ts'
import { isReactionSql } from './reaction.ts'

/** Columns that come and go with the version, with what a message has there that is nothing special. */
const COLUMNS: readonly (readonly [name: string, ordinary: string])[] = [
  ['subject', "''"],
  ['item_type', '0'],
  ['group_action_type', '0'],
  ['associated_message_type', '0'],
  ['balloon_bundle_id', "''"],
  ['thread_originator_guid', "''"],
  ['date_retracted', '0'],
]

/** Columns that say more of what one of those above is about. */
const MORE = ['group_title', 'share_status', 'other_handle', 'associated_message_guid', 'associated_message_emoji']

/** What most messages do not have; undefined where the version has no such column. */
export interface DetailRow {
  readonly [column: string]: SqlValue | undefined
}

/** Asks for what most messages do not have: reactions, replies, events, edits, attachments. */
export class Details {
  readonly #database: SqliteReader
  readonly #attachments: Attachments
  readonly #columns: readonly string[]
  #statement: { get(...values: SqlValue[]): DetailRow | undefined } | undefined

  constructor(database: SqliteReader, attachments: Attachments) {
    this.#database = database
    this.#attachments = attachments
    this.#columns = [...COLUMNS.map(([name]) => name), ...MORE].filter((name) => this.#there(name))
  }

  /** By ROWID of a message for which `specialSql` is true. */
  of(message: unknown): DetailRow | undefined {
    if (typeof message !== 'number' && typeof message !== 'bigint') return undefined
    this.#statement ??= this.#database.prepare<DetailRow>(
      `SELECT ${this.#columns.map((name) => `m.${name} AS ${name},`).join(' ')}
        ${this.summarySql} AS summary, ${this.#attachments.existsSql} AS has_attachments
       FROM message m WHERE m.ROWID = ?`,
    )
    return this.#statement.get(message)
  }

  get specialSql(): string {
    const differing = COLUMNS.filter(([name]) => this.#there(name)).map(
      ([name, ordinary]) => `ifnull(m.${name}, ${ordinary}) <> ${ordinary}`,
    )
    return [...differing, this.#attachments.existsSql, `(${this.summarySql}) IS NOT NULL`].join(' OR ')
  }

  get notReactionSql(): string {
    return this.#there('associated_message_type') ? `NOT ${isReactionSql('m.associated_message_type')}` : '1'
  }

  /**
   * What is known of edits: only for messages that say they were edited or taken back, or that have no text elsewhere, because
   * the same column of a reaction or a link quotes other messages.
   */
  get summarySql(): string {
    if (!this.#there('message_summary_info') || !this.#there('date_edited')) return 'NULL'
    const retracted = this.#there('date_retracted') ? 'OR ifnull(m.date_retracted, 0) <> 0' : ''
    const noText = this.#there('attributedbody') ? `OR (m.text IS NULL AND m.attributedBody IS NULL)` : ''
    const edited = `ifnull(m.date_edited, 0) <> 0 ${retracted} ${noText}`
    return `CASE WHEN ${this.notReactionSql} AND (${edited}) THEN m.message_summary_info END`
  }

  #there(column: string): boolean {
    return has(this.#database.tables, 'message', column)
  }
}
