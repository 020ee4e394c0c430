/**
 * Android's call log: table `calls` of `calllog.db`, and of `contacts2.db` before Android 7. Knows types, numbers that are not
 * numbers, and which app a call belongs to. Does not know the logs that makers keep beside it (Samsung's `logs.db`).
 * Invariant: every row is one call; a row marked as deleted is counted and never read.
 */
import type { SourceFile } from '../../acquisition/index.ts'
import type { Attachment, Call } from '../../records/index.ts'
import { isDatabase, privateFile } from '../android-private-file.ts'
import type { DatabaseArtefact, ReadContext } from '../artefact.ts'
import { Oddities } from '../oddities.ts'
import { has, lacking, selectList } from '../schema.ts'
import { appOf, CALLING_APPS, packageOf } from './calling-app.ts'

const REQUIRED = ['_id', 'number', 'date', 'duration', 'type']
const WANTED = [
  'number',
  'date',
  'duration',
  'type',
  'features',
  'subscription_component_name',
  'name',
  '_data',
  'mime_type',
]

/** `calls.type` (CallLog.Calls). An outgoing call's row does not say whether it was answered. */
const TYPES: Readonly<Record<number, Pick<Call, 'direction' | 'outcome'>>> = {
  1: { direction: 'in', outcome: 'answered' },
  2: { direction: 'out' },
  3: { direction: 'in', outcome: 'missed' },
  4: { direction: 'in', outcome: 'voicemail' },
  5: { direction: 'in', outcome: 'rejected' },
  6: { direction: 'in', outcome: 'blocked' },
  7: { direction: 'in', outcome: 'answered' },
}

/** `calls.features`, bit of a video call. */
const VIDEO = 1

/** What stands for "withheld", "unknown" and "payphone" in place of a number. */
const NO_NUMBER = new Set(['', '-1', '-2', '-3'])
const NUMBER = `CASE WHEN c.number NOT IN ('', '-1', '-2', '-3') THEN c.number END`

export const androidCallLog: DatabaseArtefact = {
  type: 'database',
  id: 'android-call-log',
  title: 'Call log',
  yields: CALLING_APPS.map((app) => ({ kind: 'call', app })),

  locates: (path) => isDatabase(path, 'calllog.db', 'contacts2.db'),

  recognises: (tables) => has(tables, 'calls', ...REQUIRED),

  describe(database, context) {
    // Since Android 7 calls have a database of their own, and contacts2.db is right not to have the table.
    if (context.path.endsWith('contacts2.db') && !database.tables.has('calls')) return []
    const missing = lacking(database, { calls: REQUIRED })
    if (missing !== undefined) return { notRecognised: missing }
    const odd = new Oddities(context)
    const component = has(database.tables, 'calls', 'subscription_component_name')
    const deleted = has(database.tables, 'calls', 'deleted')
    return [
      {
        kind: 'call',
        table: 'calls',
        from: 'calls c',
        key: 'c._id',
        ...(deleted ? { never: [{ reason: 'deleted', where: 'c.deleted = 1' }] } : {}),
        app: component ? { sql: appOf.sql('c.subscription_component_name'), apps: CALLING_APPS } : 'phone',
        time: { sql: 'c.date', encoding: 'unix_milliseconds' },
        parties: [{ address: NUMBER }],
        columns: selectList(database.tables, 'calls', 'c', WANTED),
        read: (row) => readCall(row, odd),
        attachmentFiles: (row) => (isKept(row) ? [voicemail(row, context)] : []),
      },
    ]
  },
}

function readCall(row: Readonly<Record<string, unknown>>, odd: Oddities): Call {
  const type = TYPES[row.type as number]
  if (type === undefined) odd.once('calls.type', 'a type outside 1 to 7; read as received')
  const direction = type?.direction ?? 'in'
  const party = typeof row.number === 'string' && !NO_NUMBER.has(row.number) ? partyOf(row.number, row.name) : undefined
  const service = packageOf(row.subscription_component_name)
  return {
    kind: 'call',
    app: appOf.package(service),
    ...odd.time('calls.date', row.date, 'unix_milliseconds'),
    direction,
    ...(party !== undefined && direction === 'in' ? { from: party } : {}),
    to: party !== undefined && direction === 'out' ? [party] : [],
    ...(typeof row.duration === 'number' && row.duration >= 0 ? { duration_seconds: row.duration } : {}),
    ...(type?.outcome === undefined ? {} : { outcome: type.outcome }),
    ...(typeof row.features === 'number' && row.features & VIDEO ? { video: true } : {}),
    ...(service === undefined ? {} : { service }),
    attachments: isKept(row) ? [recording(row)] : [],
  }
}

function partyOf(address: string, name: unknown) {
  return typeof name === 'string' && name !== '' ? { address, name } : { address }
}

/** Whether a voicemail's sound lies in a file. */
function isKept(row: Readonly<Record<string, unknown>>): boolean {
  return typeof row.data === 'string' && row.data !== ''
}

function recording(row: Readonly<Record<string, unknown>>): Attachment {
  const path = row.data as string
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    ...(typeof row.mime_type === 'string' ? { media_type: row.mime_type } : {}),
    taken: false,
  }
}

function voicemail(row: Readonly<Record<string, unknown>>, context: ReadContext): SourceFile | undefined {
  return privateFile(context, row.data, 'app_voicemail-data')
}
