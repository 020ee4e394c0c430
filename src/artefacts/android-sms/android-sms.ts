/**
 * Android's SMS and MMS: `mmssms.db` of com.android.providers.telephony. Knows both tables, their units and their parties.
 * Does not know the messages that a chat app keeps for itself, RCS included.
 * Invariant: every SMS and every MMS is one record, whatever its type; reports of delivery are not messages.
 */
import { isDatabase } from '../android-private-file.ts'
import type { DatabaseArtefact } from '../artefact.ts'
import { has, lacking } from '../schema.ts'
import { Conversations } from './conversations.ts'
import { mmsTable } from './mms.ts'
import { smsTable } from './sms.ts'

const SMS = ['_id', 'thread_id', 'address', 'date', 'type', 'body']
const MMS = {
  pdu: ['_id', 'thread_id', 'date', 'msg_box', 'm_type'],
  part: ['_id', 'mid', 'seq', 'ct', 'text', '_data'],
  addr: ['_id', 'msg_id', 'address', 'type'],
}

/** Tables in which makers keep chat (RCS) messages of their own; not read, and never in silence. */
const OTHER_MESSAGES = ['im', 'ft', 'spam_pdu', 'rcs_message', 'rcs_thread_message']

export const androidSms: DatabaseArtefact = {
  type: 'database',
  id: 'android-sms',
  title: 'Messages (SMS, MMS)',
  yields: [{ kind: 'message', app: 'sms' }],

  locates: (path) => isDatabase(path, 'mmssms.db'),

  recognises: (tables) => has(tables, 'sms', ...SMS) && tables.has('threads'),

  describe(database, context) {
    const missing = lacking(database, { sms: SMS })
    if (missing !== undefined) return { notRecognised: missing }
    const unknown = (detail: string) => context.problem({ code: 'schema_not_recognised', file: context.path, detail })
    const withoutMms = lacking(database, MMS)
    if (withoutMms !== undefined) unknown(`MMS are not read: ${withoutMms}`)
    for (const table of OTHER_MESSAGES) {
      if (!database.tables.has(table)) continue
      if (database.all(`SELECT 1 FROM ${table} LIMIT 1`).length === 0) continue
      unknown(`table ${table} holds rows and is not read (user_version ${database.version})`)
    }
    const conversations = new Conversations(database)
    // Samsung moves what it takes for spam into a table of the same form.
    const sms = ['sms', 'spam_sms'].filter((table) => has(database.tables, table, ...SMS))
    return [
      ...sms.map((table) => smsTable(database, context, conversations, table)),
      ...(withoutMms === undefined ? [mmsTable(database, context, conversations)] : []),
    ]
  },
}
