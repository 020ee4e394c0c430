import type { SqliteReader } from '../../acquisition/index.ts'
import type { PartyColumn, ReadContext, RecordTable } from '../artefact.ts'
import { ChildRows } from '../child-rows.ts'
import { has } from '../schema.ts'
import { Attachments } from './attachments.ts'
import { Details } from './details.ts'
import { MessageReader } from './message-reader.ts'
import { People } from './people.ts'

/** Describes `message` of a database that has the essential columns. */
export function messageTable(database: SqliteReader, context: ReadContext): RecordTable {
  const { tables } = database
  const people = new People(database)
  const attachments = new Attachments(database)
  const details = new Details(database, attachments)
  const reader = new MessageReader(people, attachments, details, context)
  database.define('peel_ios_body', (text, attributed, summary) => reader.searchable(text, attributed, summary))

  const there = (column: string) => has(tables, 'message', column)
  const inChat = has(tables, 'chat', 'guid') && has(tables, 'chat_message_join', 'chat_id', 'message_id')
  const notReaction = details.notReactionSql
  const attributed = there('attributedbody')
    ? `CASE WHEN ifnull(m.text, '') = '' AND ${notReaction} THEN m.attributedBody END`
    : 'NULL'
  const summary = details.summarySql

  const parties: PartyColumn[] = [{ key: 'm.handle_id', addresses: () => people.handleAddresses() }]
  if (inChat) parties.push({ key: 'c.ROWID', addresses: () => people.chatAddresses() })
  if (there('other_handle') && there('item_type'))
    parties.push({
      key: 'CASE WHEN m.item_type <> 0 THEN m.other_handle END',
      addresses: () => people.handleAddresses(),
    })

  return {
    kind: 'message',
    table: 'message',
    from: inChat ? fromWithChat(database) : 'message m',
    rows: 'message m',
    key: 'm.ROWID',
    never: neverOf(tables),
    app: 'sms',
    time: { sql: 'm.date', encoding: 'apple_any' },
    parties,
    // Plain texts are answered without leaving SQL; only the others need the function.
    body: `CASE WHEN NOT (${notReaction}) THEN NULL
      WHEN typeof(m.text) = 'text' AND m.text <> '' AND instr(m.text, char(65532)) = 0 THEN m.text
      ELSE peel_ios_body(m.text, ${attributed}, ${summary}) END`,
    ...(inChat && { thread: threadSql(tables) }),
    // Few, because each costs for every row; what most messages do not have is asked for where `special` says so.
    columns: [
      'm.guid AS guid',
      `${notReaction === '1' ? 'm.text' : `CASE WHEN ${notReaction} THEN m.text END`} AS text`,
      `${attributed} AS attributed`,
      'm.date AS date',
      'm.is_from_me AS is_from_me',
      'm.handle_id AS handle',
      `${inChat ? 'c.ROWID' : 'NULL'} AS chat`,
      `${there('service') ? 'm.service' : 'NULL'} AS service`,
      `CASE WHEN ${details.specialSql} THEN m.ROWID END AS special`,
    ].join(', '),
    read: (row) => reader.read(row as never),
    attachmentFiles: (row) => reader.files(row as never),
  }
}

/**
 * Each message with its conversation: the one with the lowest ROWID where it stands in several, so that no message counts
 * twice. Where no index finds a message's conversations (iOS 6), they are gathered once for all messages.
 */
function fromWithChat(database: SqliteReader): string {
  return new ChildRows(database, 'chat_message_join', 'message_id', 'chat_id', 'rowid').indexed
    ? `message m LEFT JOIN chat c
        ON c.ROWID = (SELECT min(k.chat_id) FROM chat_message_join k WHERE k.message_id = m.ROWID)`
    : `message m LEFT JOIN (SELECT message_id, min(chat_id) AS chat_id FROM chat_message_join GROUP BY message_id) k
        ON k.message_id = m.ROWID LEFT JOIN chat c ON c.ROWID = k.chat_id`
}

/** The same key that a record shows as its thread. */
function threadSql(tables: SqliteReader['tables']): string {
  const identifier = has(tables, 'chat', 'chat_identifier') ? `nullif(c.chat_identifier, '')` : 'NULL'
  return `coalesce(nullif(c.guid, ''), ${identifier})`
}

/** iOS 16 keeps deleted messages for 30 days, out of their conversation and in this list. */
function neverOf(tables: SqliteReader['tables']): RecordTable['never'] {
  if (!has(tables, 'chat_recoverable_message_join', 'message_id')) return undefined
  const deleted = 'SELECT message_id FROM chat_recoverable_message_join WHERE message_id IS NOT NULL'
  return [{ reason: 'deleted', where: `m.ROWID IN (${deleted})` }]
}
