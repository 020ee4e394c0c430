/**
 * Messages on iOS (`sms.db`) and macOS (`chat.db`): SMS, MMS, iMessage and RCS alike.
 * Knows where the file lies, which of its columns which version has, and what a row of `message` means (README.md beside this).
 * Does not know link previews, drafts or the list of deleted guids: nothing of them is read.
 * Invariant: one row of `message` is one record, with or without a sender, a conversation or a text.
 */
import type { SqliteReader } from '../../acquisition/index.ts'
import type { DatabaseArtefact } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { has, lacking } from '../schema.ts'
import { messageTable } from './message-table.ts'

/** SHA-1 of `HomeDomain-Library/SMS/sms.db`: the database's name inside a backup. */
const BLOB = '3d0d7e5fb2ce288813306e4d4636395e047a3d28'
const ESSENTIAL = { message: ['guid', 'text', 'date', 'handle_id', 'is_from_me'] }

export const iosSms: DatabaseArtefact = {
  type: 'database',
  id: 'ios-sms',
  title: 'Messages (SMS, MMS, iMessage, RCS)',
  yields: [{ kind: 'message', app: 'sms' }],
  locates: (path) => isNamed(path, 'sms.db', 'Library/Messages/chat.db', BLOB) || path === 'chat.db',
  recognises: (tables) =>
    has(tables, 'message', ...ESSENTIAL.message) &&
    has(tables, 'handle', 'id') &&
    // Trimmed copies lack the tables of conversations, and the messages' own cache of them tells as much.
    (tables.has('chat') || has(tables, 'message', 'cache_roomnames')),
  describe(database, context) {
    const missing = lacksOf(database)
    return missing === undefined ? [messageTable(database, context)] : { notRecognised: missing }
  },
}

function lacksOf(database: SqliteReader): string | undefined {
  const missing = lacking(database, ESSENTIAL)
  const old = has(database.tables, 'message', 'svc_center') || has(database.tables, 'message', 'madrid_guid')
  return missing !== undefined && old ? `messages as iOS 5 and older kept them: ${missing}` : missing
}
