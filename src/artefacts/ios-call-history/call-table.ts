import type { SqliteReader } from '../../acquisition/index.ts'
import type { Call, Party } from '../../records/index.ts'
import type { ReadContext, RecordTable } from '../artefact.ts'
import { Oddities } from '../oddities.ts'
import { has } from '../schema.ts'

export const CALL_COLUMNS = ['address', 'date', 'duration', 'flags']

/** Bits of `flags`. The database's own triggers take bit 0 for a call that the user made. */
const OUTGOING = 1
const FACETIME = 16
/** The whole value for calls that were turned away. */
const BLOCKED = 8

interface CallRow {
  readonly app: string
  readonly address: unknown
  readonly date: unknown
  readonly duration: unknown
  readonly flags: number
  readonly name: unknown
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Describes `call` of `call_history.db` (to iOS 7, and left behind on later ones). */
export function callTable(database: SqliteReader, context: ReadContext): RecordTable {
  const odd = new Oddities(context)
  const name = has(database.tables, 'call', 'name') ? 'CAST(c.name AS TEXT)' : 'NULL'
  const app = `CASE WHEN ifnull(c.flags, 0) & ${FACETIME} THEN 'facetime' ELSE 'phone' END`
  return {
    kind: 'call',
    table: 'call',
    from: 'call c',
    key: 'c.ROWID',
    app: { sql: app, apps: ['phone', 'facetime'] },
    time: { sql: 'c.date', encoding: 'unix_seconds' },
    parties: [{ address: 'CAST(c.address AS TEXT)' }],
    columns: `${app} AS app, CAST(c.address AS TEXT) AS address, c.date AS date, c.duration AS duration,
      CAST(ifnull(c.flags, 0) AS INTEGER) & 0x7fffffff AS flags, ${name} AS name`,
    read: (row) => readCall(row as unknown as CallRow, odd),
  }
}

function readCall(row: CallRow, odd: Oddities): Call {
  const incoming = (row.flags & OUTGOING) === 0
  const seconds = typeof row.duration === 'number' && row.duration >= 0 ? row.duration : undefined
  const party = partyOf(row)
  const call: Writable<Call> = {
    kind: 'call',
    app: row.app,
    direction: incoming ? 'in' : 'out',
    to: incoming || party === undefined ? [] : [party],
    outcome: outcomeOf(row.flags, incoming, seconds ?? 0),
    attachments: [],
    ...odd.time('call.date', row.date, 'unix_seconds'),
  }
  if (incoming && party !== undefined) call.from = party
  if (seconds !== undefined) call.duration_seconds = seconds
  return call
}

function partyOf({ address, name }: CallRow): Party | undefined {
  if (typeof address !== 'string' || address === '') return undefined
  return typeof name === 'string' && name !== '' ? { address, name } : { address }
}

function outcomeOf(flags: number, incoming: boolean, seconds: number): Call['outcome'] {
  if (flags === BLOCKED) return 'blocked'
  if (seconds > 0) return 'answered'
  return incoming ? 'missed' : 'unanswered'
}
