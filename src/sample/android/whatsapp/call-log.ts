import type { Call } from '../../../records/index.ts'
import { rfc3339 } from '../../../records/index.ts'
import { hexDigits } from '../../random.ts'
import type { Story, StoryCall } from '../../story/types.ts'
import type { PhoneDatabase } from '../phone-database.ts'
import type { Jids } from './jids.ts'

/** `call_result`: whether it is "missed" or "cancelled" depends on who rang. */
const RESULT = { answered: 5, rejected: 4, missed: 2, unanswered: 2, cancelled: 2, voicemail: 2 } as const

/** The calls of WhatsApp, in `call_log` of msgstore.db. */
export interface CallStore {
  readonly records: readonly Call[]
  /** Writes the calls that stand only in the write-ahead log. */
  deferred(): void
}

export function makeCallLog(db: PhoneDatabase, story: Story, jids: Jids): CallStore {
  const insert = db.into('call_log')
  const participant = db.into('call_log_participant_v2')
  const calls = [...story.calls.entries()].filter(([, { app }]) => app === 'whatsapp')
  const write = (nth: number, call: StoryCall) => {
    const result = RESULT[call.outcome]
    const others = call.others ?? []
    const group = others.length > 0 ? 1 : 0
    const row = insert({
      jid_row_id: jids.row(call.address),
      from_me: call.direction === 'out' ? 1 : 0,
      call_id: `call:${hexDigits(`${story.seed}/call`, nth)}`,
      transaction_id: -1,
      timestamp: call.at,
      video_call: call.video ? 1 : 0,
      duration: call.duration,
      call_result: result,
      bytes_transferred: call.duration * 4_000,
      is_joinable_group_call: group,
      // From which device it was made: the only place where the file says the device user's own number.
      call_creator_device_jid_row_id: jids.device(call.direction === 'out' ? story.owner.number.jid : call.address),
      call_type: group,
    })
    for (const address of group ? [call.address, ...others] : [])
      participant({ call_log_row_id: row, jid_row_id: jids.row(address), call_result: result })
  }
  for (const [at, call] of calls) if (!call.walOnly) write(at, call)
  return {
    records: calls.map(([, call]) => callRecord(call, jids)),
    deferred: () => {
      for (const [at, call] of calls) if (call.walOnly) write(at, call)
    },
  }
}

function callRecord(call: StoryCall, jids: Jids): Call {
  const other = jids.party(call.address)
  const more = (call.others ?? []).map(jids.party)
  const incoming = call.direction === 'in'
  return {
    kind: 'call',
    app: 'whatsapp',
    time: rfc3339(call.at),
    time_raw: String(call.at),
    direction: call.direction,
    ...(incoming && { from: other }),
    to: incoming ? more : [other, ...more],
    duration_seconds: call.duration,
    outcome: outcomeOf(call),
    ...(call.video && { video: true }),
    attachments: [],
  }
}

/** What the file can tell: who hung up first on an unanswered call is not in it. */
function outcomeOf(call: StoryCall): NonNullable<Call['outcome']> {
  if (RESULT[call.outcome] === 5) return 'answered'
  if (RESULT[call.outcome] === 4) return 'rejected'
  return call.direction === 'in' ? 'missed' : 'unanswered'
}
