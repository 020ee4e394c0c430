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

/** Writes WhatsApp's own `CallHistory.sqlite`. */
export function writeWhatsAppCalls(story: Story, truth: Truth, phone: Phone): void {
  const path = phone.database(WHATSAPP, 'CallHistory.sqlite', { log: true })
  const store = makeStore(path, { tables: WHATSAPP_CALLS_TABLES, incrementalVacuum: true })
  store.into('Z_METADATA', ['Z_VERSION', 'Z_UUID'])(1, uuid(story.seed, 'CallHistory.sqlite', 0))
  const entity = store.into('Z_PRIMARYKEY', ['Z_ENT', 'Z_NAME', 'Z_SUPER', 'Z_MAX'])
  for (const [at, name] of ['WAAggregateCallEvent', 'WACDCallEvent', 'WACDCallEventParticipant'].entries())
    entity(at + 1, name, 0, story.calls.length)
  const group = store.into('ZWAAGGREGATECALLEVENT', [
    'Z_ENT',
    'Z_OPT',
    'ZINCOMING',
    'ZMISSED',
    'ZMISSEDREASON',
    'ZVIDEO',
    'ZFIRSTDATE',
  ])
  const event = store.into('ZWACDCALLEVENT', [
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
  ])
  const participant = store.into('ZWACDCALLEVENTPARTICIPANT', [
    'Z_ENT',
    'Z_OPT',
    'ZOUTCOME',
    'Z1PARTICIPANTS',
    'Z_FOK_1PARTICIPANTS',
    'ZJIDSTRING',
  ])
  const write = (call: StoryCall) => {
    const incoming = call.direction === 'in'
    const seconds = appleSeconds(call.at)
    const missed = call.outcome === 'missed'
    const outcome = call.outcome === 'answered' ? ENDED : call.outcome === 'rejected' ? REJECTED : NOT_ANSWERED
    const aggregate = group(1, 1, incoming ? 1 : 0, missed ? 1 : 0, 0, call.video ? 1 : 0, seconds)
    const row = event(
      2,
      1,
      call.duration * 1200,
      call.duration * 1100,
      outcome,
      aggregate,
      2048,
      seconds,
      call.duration,
      incoming ? call.address : story.owner.number.jid,
    )
    for (const jid of [call.address, ...(call.others ?? [])]) participant(3, 1, 0, row, 2048, jid)
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
