import type { SqliteReader } from '../../acquisition/index.ts'
import type { Call } from '../../records/index.ts'
import type { DatabaseArtefact, RecordTable } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { Columns, holds } from '../whatsapp/columns.ts'
import { numberOf, timeOf } from '../whatsapp/values.ts'
import { Callers } from './callers.ts'

const WANTED = {
  ZWACDCALLEVENT: ['Z_PK', 'ZDATE', 'ZDURATION'],
  ZWACDCALLEVENTPARTICIPANT: ['Z_PK', 'Z1PARTICIPANTS', 'ZJIDSTRING'],
} as const

/** WhatsApp's own call history on iOS: `CallHistory.sqlite` in the app's group folder. Not the phone's `CallHistory.storedata`. */
export const whatsappIosCalls: DatabaseArtefact = {
  type: 'database',
  id: 'whatsapp-ios-calls',
  title: 'WhatsApp calls (iOS)',
  yields: [{ kind: 'call', app: 'whatsapp' }],
  // Other apps name a database so too: only in a group folder, or in a domain of WhatsApp's, or loose and then by its tables.
  locates: (path) =>
    isNamed(path, 'CallHistory.sqlite') &&
    /(^|\/)(AppGroup\/[^/]+|AppDomainGroup-group\.net\.whatsapp\.[^/]+)\/[^/]+$/.test(path),
  recognises: (tables) => holds(tables, 'ZWACDCALLEVENT', 'ZDATE') && holds(tables, 'ZWACDCALLEVENTPARTICIPANT'),
  describe(database: SqliteReader): RecordTable[] | { readonly notRecognised: string } {
    const columns = new Columns(database)
    const notRecognised = columns.lacking(WANTED)
    return notRecognised === undefined ? [callTable(columns, new Callers(database, columns))] : { notRecognised }
  },
}

function callTable(columns: Columns, callers: Callers): RecordTable {
  const e = (column: string) => columns.of('ZWACDCALLEVENT', 'e', column)
  const a = (column: string) => columns.of('ZWAAGGREGATECALLEVENT', 'a', column)
  return {
    kind: 'call',
    table: 'ZWACDCALLEVENT',
    from: `ZWACDCALLEVENT e${aggregate(columns)}`,
    key: 'e.Z_PK',
    app: 'whatsapp',
    time: { sql: 'e.ZDATE', encoding: 'apple_seconds' },
    parties: [{ key: 'e.Z_PK', addresses: () => callers.addressesByCall() }],
    columns: `e.Z_PK AS call, e.ZDATE AS time, e.ZDURATION AS seconds, ${e('ZOUTCOME')} AS outcome,
      ${e('ZGROUPCALLCREATORUSERJIDSTRING')} AS creator, ${a('ZINCOMING')} AS incoming, ${a('ZMISSED')} AS missed,
      ${a('ZVIDEO')} AS video`,
    read: (row) => {
      const call = numberOf(row.call) ?? 0
      const { incoming, sides } = callers.of(call, row.creator, row.incoming)
      const seconds = numberOf(row.seconds)
      const outcome = outcomeOf(numberOf(row.outcome), incoming, row.missed === 1)
      const found: Call = {
        kind: 'call',
        app: 'whatsapp',
        ...timeOf(row.time, 'apple_seconds'),
        direction: incoming ? 'in' : 'out',
        ...sides,
        ...(seconds !== undefined && seconds >= 0 && { duration_seconds: Math.round(seconds * 1000) / 1000 }),
        ...(outcome !== undefined && { outcome }),
        ...(row.video === 1 && { video: true as const }),
        attachments: [],
      }
      return found
    },
  }
}

/** Calls of one person in a row are shown together; what they have in common (direction, video) stands with the group. */
function aggregate(columns: Columns): string {
  return columns.has('ZWACDCALLEVENT', 'Z1CALLEVENTS')
    ? columns.one('ZWAAGGREGATECALLEVENT', 'a', 'Z_PK', 'e.Z1CALLEVENTS')
    : ''
}

/** ZOUTCOME: 0 ended, 1 not answered, 4 rejected (or missed, where that is flagged). Others are failures of several kinds. */
function outcomeOf(outcome: number | undefined, incoming: boolean, missed: boolean): Call['outcome'] {
  if (incoming && missed) return 'missed'
  switch (outcome) {
    case 0:
      return 'answered'
    case 1:
      return incoming ? 'missed' : 'unanswered'
    case 4:
      return 'rejected'
    default:
      return undefined
  }
}
