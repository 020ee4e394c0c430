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

/** Writes `CallHistory.storedata`: telephone and FaceTime calls. WhatsApp keeps its own. */
export function writeCalls(story: Story, truth: Truth, phone: Phone): void {
  const path = phone.database(HOME, 'Library/CallHistoryDB/CallHistory.storedata', { log: true })
  const store = makeStore(path, { tables: CALL_TABLES, incrementalVacuum: true })
  const calls = story.calls.filter(({ app }) => app !== 'whatsapp')
  const names = new Map(story.people.map(({ id, name }) => [id, name]))

  const entity = store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'])
  for (const [at, name] of ['CallDBProperties', 'CallRecord', 'EmergencyMediaItem', 'Handle'].entries())
    entity(at + 1, name, 0, [1, calls.length + 1, 0, calls.length][at] as number)
  store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])(1, uuid(story.seed, 'CallHistory', 0))
  store.into('ZCALLDBPROPERTIES', ['Z_PK', 'Z_ENT', 'Z_OPT', 'ZTIMER_ALL', 'ZTIMER_LIFETIME'])(1, 1, 1, 0, 0)
  const record = store.into('ZCALLRECORD', [
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
  ])
  const handle = store.into('ZHANDLE', ['Z_ENT', 'Z_OPT', 'ZTYPE', 'ZNORMALIZEDVALUE', 'ZVALUE'])
  const link = store.into('Z_2REMOTEPARTICIPANTHANDLES', ['Z_2REMOTEPARTICIPANTCALLS', 'Z_4REMOTEPARTICIPANTHANDLES'])

  const write = (call: StoryCall, nth: number) => {
    const answered = call.direction === 'in' && call.outcome === 'answered'
    const type = call.app === 'phone' ? TELEPHONE : call.video ? FACETIME_VIDEO : FACETIME_AUDIO
    const name = call.app === 'facetime' && call.person !== undefined ? names.get(call.person) : undefined
    const row = record(
      2,
      1,
      answered ? 1 : 0,
      call.video ? 2 : 1,
      type,
      2,
      call.direction === 'out' ? 1 : 0,
      1,
      appleSeconds(call.at),
      call.duration,
      call.address || null,
      'gb',
      name ?? null,
      PROVIDERS[call.app],
      uuid(story.seed, 'call', nth),
      'United Kingdom',
    )
    if (call.address !== '') link(row, handle(4, 1, 2, call.address, call.address))
    truth.add(asRecord(call, name))
  }

  for (const [nth, call] of calls.entries()) if (!call.walOnly) write(call, nth)
  store.settle({
    indexes: CALL_INDEXES,
    last: () => {
      const row = record(
        2,
        1,
        0,
        1,
        TELEPHONE,
        2,
        1,
        1,
        794_000_000,
        4,
        NOBODY.e164,
        'gb',
        story.deletedCaller,
        PROVIDERS.phone,
        uuid(story.seed, 'call', 999),
        severalPages(story.deletedCaller),
      )
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
