import type { Call, Party } from '../../records/index.ts'
import { uuid } from '../random.ts'
import { NOBODY } from '../story/make-story.ts'
import type { Story, StoryCall } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { appleSeconds, fromAppleSeconds } from './apple-time.ts'
import { severalPages } from './deleted-order.ts'
import { HOME, type Phone } from './phone.ts'
import { CALL_INDEXES, CALL_TABLES } from './schema/calls.ts'
import { makeStore } from './store.ts'

const PROVIDERS = { phone: 'com.apple.Telephony', facetime: 'com.apple.FaceTime', whatsapp: 'net.whatsapp.WhatsApp' }
const TELEPHONE = 1
const FACETIME_VIDEO = 8
const FACETIME_AUDIO = 16
const AUDIO = 1
const VIDEO = 2
/** ZHANDLE.ZTYPE of telephone numbers */
const NUMBER = 2
/** Core Data's numbers of entities */
const RECORD = 2
const HANDLE = 4
const COLUMNS = [
  'Z_ENT',
  'Z_OPT',
  'ZANSWERED',
  'ZCALL_CATEGORY',
  'ZCALLTYPE',
  'ZHANDLE_TYPE',
  'ZORIGINATED',
  'ZREAD',
  'ZDATE',
  'ZDURATION',
  'ZADDRESS',
  'ZISO_COUNTRY_CODE',
  'ZNAME',
  'ZSERVICE_PROVIDER',
  'ZUNIQUE_ID',
  'ZLOCATION',
] as const

/** Writes `CallHistory.storedata`: telephone and FaceTime calls. WhatsApp keeps its own. */
export function writeCalls(story: Story, truth: Truth, phone: Phone): void {
  const path = phone.database(HOME, 'Library/CallHistoryDB/CallHistory.storedata', { log: true })
  const store = makeStore(path, { tables: CALL_TABLES, incrementalVacuum: true })
  const calls = story.calls.filter(({ app }) => app !== 'whatsapp')
  const names = new Map(story.people.map(({ id, name }) => [id, name]))

  const entity = store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'], { Z_SUPER: 0 })
  for (const [at, name] of ['CallDBProperties', 'CallRecord', 'EmergencyMediaItem', 'Handle'].entries())
    entity({ Z_ENT: at + 1, Z_NAME: name, Z_MAX: [1, calls.length + 1, 0, calls.length][at] as number })
  store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])({ Z_VERSION: 1, Z_UUID: uuid(story.seed, 'CallHistory', 0) })
  store.into('ZCALLDBPROPERTIES', ['Z_PK', 'Z_ENT', 'Z_OPT'])({ Z_PK: 1, Z_ENT: 1, Z_OPT: 1 })
  const record = store.into('ZCALLRECORD', COLUMNS, {
    Z_ENT: RECORD,
    Z_OPT: 1,
    ZHANDLE_TYPE: NUMBER,
    ZREAD: 1,
    ZISO_COUNTRY_CODE: 'gb',
    ZLOCATION: 'United Kingdom',
  })
  const handle = store.into('ZHANDLE', ['Z_ENT', 'Z_OPT', 'ZTYPE', 'ZNORMALIZEDVALUE', 'ZVALUE'], {
    Z_ENT: HANDLE,
    Z_OPT: 1,
    ZTYPE: NUMBER,
  })
  const link = store.into('Z_2REMOTEPARTICIPANTHANDLES', ['Z_2REMOTEPARTICIPANTCALLS', 'Z_4REMOTEPARTICIPANTHANDLES'])

  const write = (call: StoryCall, nth: number) => {
    const name = call.app === 'facetime' && call.person !== undefined ? names.get(call.person) : undefined
    const row = record({
      ZANSWERED: call.direction === 'in' && call.outcome === 'answered' ? 1 : 0,
      ZCALL_CATEGORY: call.video ? VIDEO : AUDIO,
      ZCALLTYPE: call.app === 'phone' ? TELEPHONE : call.video ? FACETIME_VIDEO : FACETIME_AUDIO,
      ZORIGINATED: call.direction === 'out' ? 1 : 0,
      ZDATE: appleSeconds(call.at),
      ZDURATION: call.duration,
      ZADDRESS: call.address || null,
      ZNAME: name ?? null,
      ZSERVICE_PROVIDER: PROVIDERS[call.app],
      ZUNIQUE_ID: uuid(story.seed, 'call', nth),
    })
    if (call.address !== '')
      link({
        Z_2REMOTEPARTICIPANTCALLS: row,
        Z_4REMOTEPARTICIPANTHANDLES: handle({ ZNORMALIZEDVALUE: call.address, ZVALUE: call.address }),
      })
    truth.add(asRecord(call, name))
  }

  for (const [nth, call] of calls.entries()) if (!call.walOnly) write(call, nth)
  store.settle({
    indexes: CALL_INDEXES,
    last: () => {
      const row = record({
        ZANSWERED: 0,
        ZCALL_CATEGORY: AUDIO,
        ZCALLTYPE: TELEPHONE,
        ZORIGINATED: 1,
        ZDATE: appleSeconds(story.calls[0]?.at ?? 0),
        ZDURATION: 4,
        ZADDRESS: NOBODY.e164,
        ZNAME: story.deletedCaller,
        ZSERVICE_PROVIDER: PROVIDERS.phone,
        ZUNIQUE_ID: uuid(story.seed, 'deleted call', 0),
        ZLOCATION: severalPages(story.deletedCaller),
      })
      return () => store.run('DELETE FROM ZCALLRECORD WHERE Z_PK = ?', row)
    },
  })
  for (const [nth, call] of calls.entries()) if (call.walOnly) write(call, nth)
  store.close(true)
}

function asRecord(call: StoryCall, name: string | undefined): Call {
  const seconds = appleSeconds(call.at)
  const other: Party[] = call.address === '' ? [] : [{ address: call.address, ...(name === undefined ? {} : { name }) }]
  const incoming = call.direction === 'in'
  return {
    kind: 'call',
    app: call.app,
    direction: call.direction,
    ...(incoming && other[0] ? { from: other[0] } : {}),
    to: incoming ? [] : other,
    time_raw: String(seconds),
    time: fromAppleSeconds(seconds),
    duration_seconds: call.duration,
    // The phone keeps only whether a call was answered, and for calls made not even that.
    outcome: call.outcome === 'answered' ? 'answered' : incoming ? 'missed' : 'unanswered',
    ...(call.video ? { video: true } : {}),
    service: PROVIDERS[call.app],
    attachments: [],
  }
}
