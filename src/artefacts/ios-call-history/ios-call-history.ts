/**
 * Calls on iOS: telephone, FaceTime and the calls that apps hand to the system. `CallHistory.storedata` (iOS 8 on, a Core Data
 * store) and `call_history.db` (before, and for a while beside it).
 * Knows both schemas; README.md beside this says what was seen in which version. Does not know voicemail or call recordings.
 * Invariant: one row of `ZCALLRECORD` or `call` is one record.
 */
import type { DatabaseArtefact } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { has, lacking } from '../schema.ts'
import { CALL_COLUMNS, callTable } from './call-table.ts'
import { CALL_RECORD_COLUMNS, callRecordTable } from './call-record-table.ts'

/** SHA-1 of `HomeDomain-Library/CallHistoryDB/CallHistory.storedata` and of `WirelessDomain-Library/CallHistory/call_history.db`. */
const BLOBS = ['5a4935c78a5255723f707230a451d79c540d2741', '2b2b0084a1bc3a5ac8c27afdf14afb42c61a19ca']

export const iosCallHistory: DatabaseArtefact = {
  type: 'database',
  id: 'ios-call-history',
  title: 'Calls (telephone, FaceTime, apps)',
  yields: [
    { kind: 'call', app: 'phone' },
    { kind: 'call', app: 'facetime' },
    { kind: 'call', app: 'whatsapp' },
  ],
  locates: (path) => isNamed(path, 'CallHistory.storedata', 'call_history.db', ...BLOBS),
  recognises: (tables) => has(tables, 'ZCALLRECORD', ...CALL_RECORD_COLUMNS) || has(tables, 'call', ...CALL_COLUMNS),
  describe(database, context) {
    const old = database.tables.has('call') && !database.tables.has('ZCALLRECORD')
    const missing = lacking(database, old ? { call: CALL_COLUMNS } : { ZCALLRECORD: CALL_RECORD_COLUMNS })
    if (missing !== undefined) return { notRecognised: missing }
    return [old ? callTable(database, context) : callRecordTable(database, context)]
  },
}
