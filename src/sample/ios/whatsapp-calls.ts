import type { Call } from '../../records/index.ts'
import { uuid } from '../random.ts'
import type { Story, StoryCall } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { appleSeconds, fromAppleSeconds } from './apple-time.ts'
import { type Phone, WHATSAPP } from './phone.ts'
import { WHATSAPP_CALLS_INDEXES, WHATSAPP_CALLS_TABLES } from './schema/whatsapp.ts'
import { makeStore } from './store.ts'

const ENDED = 0
const NOT_ANSWERED = 1
const REJECTED = 4
/** Core Data's place of the only one in a relation */
const ORDER = 2048
const EVENT = [
  'Z_ENT',
  'Z_OPT',
  'ZBYTESRECEIVED',
  'ZBYTESSENT',
  'ZOUTCOME',
  'Z1CALLEVENTS',
  'Z_FOK_1CALLEVENTS',
  'ZDATE',
  'ZDURATION',
  'ZGROUPCALLCREATORUSERJIDSTRING',
] as const

/** Writes WhatsApp's own `CallHistory.sqlite`. */
export function writeWhatsAppCalls(story: Story, truth: Truth, phone: Phone): void {
  const path = phone.database(WHATSAPP, 'CallHistory.sqlite', { log: true })
  const store = makeStore(path, { tables: WHATSAPP_CALLS_TABLES, incrementalVacuum: true })
  store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])({ Z_VERSION: 1, Z_UUID: uuid(story.seed, 'CallHistory.sqlite', 0) })
  const entity = store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'], { Z_SUPER: 0 })
  for (const [at, name] of ['WAAggregateCallEvent', 'WACDCallEvent', 'WACDCallEventParticipant'].entries())
    entity({ Z_ENT: at + 1, Z_NAME: name, Z_MAX: story.calls.length })
  const group = store.into(
    'ZWAAGGREGATECALLEVENT',
    ['Z_ENT', 'Z_OPT', 'ZINCOMING', 'ZMISSED', 'ZMISSEDREASON', 'ZVIDEO', 'ZFIRSTDATE'],
    { Z_ENT: 1, Z_OPT: 1, ZMISSEDREASON: 0 },
  )
  const event = store.into('ZWACDCALLEVENT', EVENT, { Z_ENT: 2, Z_OPT: 1, Z_FOK_1CALLEVENTS: ORDER })
  const participant = store.into(
    'ZWACDCALLEVENTPARTICIPANT',
    ['Z_ENT', 'Z_OPT', 'ZOUTCOME', 'Z1PARTICIPANTS', 'Z_FOK_1PARTICIPANTS', 'ZJIDSTRING'],
    { Z_ENT: 3, Z_OPT: 1, ZOUTCOME: 0, Z_FOK_1PARTICIPANTS: ORDER },
  )
  const write = (call: StoryCall) => {
    const incoming = call.direction === 'in'
    const seconds = appleSeconds(call.at)
    const row = event({
      ZBYTESRECEIVED: call.duration * 1200,
      ZBYTESSENT: call.duration * 1100,
      ZOUTCOME: call.outcome === 'answered' ? ENDED : call.outcome === 'rejected' ? REJECTED : NOT_ANSWERED,
      Z1CALLEVENTS: group({
        ZINCOMING: incoming ? 1 : 0,
        ZMISSED: call.outcome === 'missed' ? 1 : 0,
        ZVIDEO: call.video ? 1 : 0,
        ZFIRSTDATE: seconds,
      }),
      ZDATE: seconds,
      ZDURATION: call.duration,
      ZGROUPCALLCREATORUSERJIDSTRING: incoming ? call.address : story.owner.number.jid,
    })
    for (const jid of [call.address, ...(call.others ?? [])]) participant({ Z1PARTICIPANTS: row, ZJIDSTRING: jid })
    truth.add(asRecord(call))
  }
  const calls = story.calls.filter(({ app }) => app === 'whatsapp')
  for (const call of calls) if (!call.walOnly) write(call)
  store.settle({ indexes: WHATSAPP_CALLS_INDEXES })
  for (const call of calls) if (call.walOnly) write(call)
  store.close(true)
}

function asRecord(call: StoryCall): Call {
  const seconds = appleSeconds(call.at)
  const incoming = call.direction === 'in'
  const others = [call.address, ...(call.others ?? [])].map((address) => ({ address }))
  const unanswered = incoming ? 'missed' : 'unanswered'
  return {
    kind: 'call',
    app: 'whatsapp',
    time: fromAppleSeconds(seconds),
    time_raw: String(seconds),
    direction: call.direction,
    ...(incoming ? { from: others[0] as { address: string } } : {}),
    to: incoming ? others.slice(1) : others,
    duration_seconds: call.duration,
    outcome: call.outcome === 'answered' || call.outcome === 'rejected' ? call.outcome : unanswered,
    ...(call.video ? { video: true } : {}),
    attachments: [],
  }
}
