import type { SqliteReader } from '../../acquisition/index.ts'
import type { DatabaseArtefact, ReadContext, RecordTable } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { Columns, holds } from '../whatsapp/columns.ts'
import { callTable, hasCalls } from './calls.ts'
import { LEGACY_WANTED, legacyMessageTable } from './legacy-messages.ts'
import { messageTable, WANTED } from './messages.ts'
import { People } from './people.ts'
import { hasReactions, reactionTable } from './reactions.ts'

/** WhatsApp's messages and calls on Android: `msgstore.db`, of WhatsApp and of WhatsApp Business, old schema and new. */
export const whatsappAndroid: DatabaseArtefact = {
  type: 'database',
  id: 'whatsapp-android',
  title: 'WhatsApp messages and calls (Android)',
  yields: [
    { kind: 'message', app: 'whatsapp' },
    { kind: 'call', app: 'whatsapp' },
  ],
  locates: (path) => isNamed(path, 'msgstore.db'),
  recognises: (tables) =>
    holds(tables, 'message', 'chat_row_id', 'key_id') || holds(tables, 'messages', 'key_remote_jid', 'media_wa_type'),
  describe(database: SqliteReader, context: ReadContext): RecordTable[] | { readonly notRecognised: string } {
    const columns = new Columns(database)
    const people = new People(database, columns)
    const lackingNew = columns.lacking(WANTED)
    const lackingOld = columns.lacking(LEGACY_WANTED)
    const isNew = lackingNew === undefined
    const isOld = lackingOld === undefined
    if (!isNew && !isOld) return { notRecognised: columns.has('messages') ? lackingOld : lackingNew }
    // A table that is there and cannot be read must not pass for one that is empty.
    const oddity = (detail: string) => context.problem({ code: 'schema_not_recognised', file: context.path, detail })
    if (lackingNew !== undefined && holdsMessages(database, columns)) oddity(`table message not read: ${lackingNew}`)
    if (lackingOld !== undefined && columns.has('messages', '_id')) oddity(`table messages not read: ${lackingOld}`)
    if (columns.has('call_log', '_id') && !hasCalls(columns)) oddity('table call_log not read: columns missing')
    if (columns.has('message_add_on_reaction', 'reaction') && !(isNew && hasReactions(columns)))
      oddity('table message_add_on_reaction not read: columns missing')
    return [
      ...(isNew ? [messageTable(database, columns, people, context)] : []),
      ...(isNew && hasReactions(columns) ? [reactionTable(columns, people)] : []),
      ...(isOld ? [legacyMessageTable(columns, people, context, isNew)] : []),
      ...(hasCalls(columns) ? [callTable(columns, people)] : []),
    ]
  },
}

/** Whether a table `message` of an unknown schema holds more than the placeholder with which the app starts it. */
function holdsMessages(database: SqliteReader, columns: Columns): boolean {
  return columns.has('message', '_id') && database.all('SELECT 1 FROM message LIMIT 2').length > 1
}
