import type { SqliteReader } from '../../acquisition/index.ts'
import type { Call, Party } from '../../records/index.ts'
import type { ReadContext, RecordTable } from '../artefact.ts'
import { Oddities } from '../oddities.ts'
import { has } from '../schema.ts'
import { Participants } from './participants.ts'

export const CALL_RECORD_COLUMNS = ['z_pk', 'zdate', 'zduration', 'zoriginated', 'zanswered', 'zaddress']

const OPTIONAL = [
  'zcalltype',
  'zcall_category',
  'zname',
  'zservice_provider',
  'zinitiator',
  'zblockedbyextension',
  'zblockedbyextensionname',
]

/** Service providers by the name that scopes use; another app's calls carry its own bundle identifier. */
const APPS: readonly (readonly [string, string])[] = [
  ['com.apple.Telephony', 'phone'],
  ['com.apple.FaceTime', 'facetime'],
  ['net.whatsapp.WhatsApp', 'whatsapp'],
]

const FACETIME_VIDEO = 8
const FACETIME_AUDIO = 16
/** `ZCALL_CATEGORY`: 1 is audio. */
const VIDEO = 2

interface CallRow {
  readonly id: number
  readonly app: unknown
  readonly zdate: unknown
  readonly zduration: unknown
  readonly zoriginated: unknown
  readonly zanswered: unknown
  readonly address: unknown
  readonly zcalltype?: unknown
  readonly zcall_category?: unknown
  readonly zname?: unknown
  readonly zservice_provider?: unknown
  readonly zinitiator?: unknown
  readonly zblockedbyextension?: unknown
  readonly zblockedbyextensionname?: unknown
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Describes `ZCALLRECORD` of a database that has the essential columns. */
export function callRecordTable(database: SqliteReader, context: ReadContext): RecordTable {
  const odd = new Oddities(context)
  const there = (column: string) => has(database.tables, 'ZCALLRECORD', column)
  const participants = new Participants(database)
  // Text, or the same bytes as a blob before iOS 13.
  const address = 'CAST(r.ZADDRESS AS TEXT)'
  const app = appSql(there)
  return {
    kind: 'call',
    table: 'ZCALLRECORD',
    from: 'ZCALLRECORD r',
    key: 'r.Z_PK',
    app: { sql: app, apps: appsOf(database, app) },
    time: { sql: 'r.ZDATE', encoding: 'apple_seconds' },
    parties: [{ address }, { key: 'r.Z_PK', addresses: () => participants.addresses() }],
    columns: [
      'r.Z_PK AS id',
      `${app} AS app`,
      `${address} AS address`,
      ...['zdate', 'zduration', 'zoriginated', 'zanswered'].map((name) => `r.${name} AS ${name}`),
      ...OPTIONAL.filter(there).map((name) => `r.${name} AS ${name}`),
    ].join(', '),
    read: (row) => readCall(row as unknown as CallRow, participants, odd),
  }
}

function readCall(row: CallRow, participants: Participants, odd: Oddities): Call {
  const incoming = row.zoriginated !== 1
  const everybody = participants.of(row.id, isText(row.address) ? row.address : undefined)
  const call: Writable<Call> = {
    kind: 'call',
    app: isText(row.app) ? row.app : 'phone',
    direction: incoming ? 'in' : 'out',
    to: named(everybody, row.zname),
    attachments: [],
    ...odd.time('ZCALLRECORD.ZDATE', row.zdate, 'apple_seconds'),
  }
  if (incoming) {
    const from = callerOf(row, call.to, participants)
    if (from !== undefined) call.from = from
    call.to = call.to.filter((party) => party !== from)
  }
  const seconds = typeof row.zduration === 'number' && row.zduration >= 0 ? row.zduration : undefined
  if (seconds !== undefined) call.duration_seconds = seconds
  call.outcome = outcomeOf(incoming, row, seconds ?? 0)
  if (row.zcalltype === FACETIME_VIDEO || row.zcall_category === VIDEO) call.video = true
  if (isText(row.zservice_provider)) call.service = row.zservice_provider
  return call
}

/** Who called: `ZADDRESS`, which stands first; in calls of several without one, whoever is said to have started it. */
function callerOf(row: CallRow, everybody: readonly Party[], participants: Participants): Party | undefined {
  if (isText(row.address) || everybody.length === 1) return everybody[0]
  const initiator = participants.handle(row.zinitiator)
  return initiator && everybody.find(({ address }) => address === initiator.address)
}

/** `ZNAME` is the name of the one on the other side; of several it does not say whose it is. */
function named(parties: readonly Party[], name: unknown): readonly Party[] {
  const [only] = parties
  return only !== undefined && parties.length === 1 && isText(name) ? [{ ...only, name }] : parties
}

/** `ZANSWERED` is not set for calls that the user made: those were answered when they lasted. */
function outcomeOf(incoming: boolean, row: CallRow, seconds: number): Call['outcome'] {
  if (!incoming) return seconds > 0 ? 'answered' : 'unanswered'
  if (row.zanswered === 1) return 'answered'
  return isText(row.zblockedbyextension) || isText(row.zblockedbyextensionname) ? 'blocked' : 'missed'
}

/** Before iOS 10 there was no provider: the type tells FaceTime from the telephone, and there was nothing else. */
function appSql(there: (column: string) => boolean): string {
  const byType = there('zcalltype')
    ? `CASE WHEN r.ZCALLTYPE IN (${FACETIME_VIDEO}, ${FACETIME_AUDIO}) THEN 'facetime' ELSE 'phone' END`
    : `'phone'`
  if (!there('zservice_provider')) return byType
  const known = APPS.map(([provider, app]) => `WHEN '${provider}' THEN '${app}'`).join(' ')
  return `coalesce(CASE r.ZSERVICE_PROVIDER ${known} ELSE nullif(CAST(r.ZSERVICE_PROVIDER AS TEXT), '') END, ${byType})`
}

/** The apps that this file holds calls of. */
function appsOf(database: SqliteReader, app: string): string[] {
  const found = database.all(`SELECT DISTINCT ${app} AS app FROM ZCALLRECORD r ORDER BY 1`)
  return found.map((row) => String(row.app))
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
