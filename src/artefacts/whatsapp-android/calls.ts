import type { Call } from '../../records/index.ts'
import type { RecordTable } from '../artefact.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { sides } from '../whatsapp/jid.ts'
import { numberOf, timeOf } from '../whatsapp/values.ts'
import { type People, samePerson } from './people.ts'

/** Whether this version keeps a log of calls. */
export function hasCalls(columns: Columns): boolean {
  return (
    columns.has('call_log', '_id', 'jid_row_id', 'from_me', 'timestamp', 'duration', 'call_result') &&
    columns.has('jid', '_id', 'raw_string')
  )
}

/** Every row of the call log as one record. */
export function callTable(columns: Columns, people: People): RecordTable {
  const c = (column: string) => columns.of('call_log', 'c', column)
  const creator = `CASE WHEN c.from_me = 1 THEN NULL ELSE ${c('call_creator_device_jid_row_id')} END`
  return {
    kind: 'call',
    table: 'call_log',
    from: 'call_log c',
    key: 'c._id',
    app: 'whatsapp',
    time: { sql: 'c.timestamp', encoding: 'unix_milliseconds' },
    parties: [
      { key: 'c.jid_row_id', addresses: () => people.addressesByRow() },
      { key: creator, addresses: () => people.addressesByRow() },
      { key: 'c._id', addresses: () => people.addressesByCall() },
    ],
    columns: `c._id AS call, c.jid_row_id AS other, ${creator} AS creator, c.from_me AS mine, c.timestamp AS time,
      c.duration AS seconds, c.call_result AS result, ${c('video_call')} AS video`,
    read: (row) => {
      const out = row.mine === 1
      const other = people.at(numberOf(row.other))
      const device = people.at(numberOf(row.creator))
      // The id of a caller's device is worth a party only where it is somebody else than the row names.
      const caller = device !== undefined && other !== undefined && samePerson(device, other) ? undefined : device
      const sender = out ? undefined : (other ?? caller)
      const others = [other, caller, ...people.participantsOf(numberOf(row.call) ?? 0)]
      const seconds = numberOf(row.seconds)
      const outcome = outcomeOf(numberOf(row.result), out)
      const found: Call = {
        kind: 'call',
        app: 'whatsapp',
        ...timeOf(row.time, 'unix_milliseconds'),
        direction: out ? 'out' : 'in',
        ...sides(sender, others),
        ...(seconds !== undefined && seconds >= 0 && { duration_seconds: seconds }),
        ...(outcome !== undefined && { outcome }),
        ...(row.video === 1 && { video: true as const }),
        attachments: [],
      }
      return found
    },
  }
}

/** call_result: 5 answered; 2 not answered; 3 the other was not available; 0, 4 and 7 ended before anybody answered. */
function outcomeOf(result: number | undefined, out: boolean): Call['outcome'] {
  switch (result) {
    case 5:
      return 'answered'
    case 2:
    case 3:
      return out ? 'unanswered' : 'missed'
    case 0:
    case 4:
    case 7:
      return out ? 'cancelled' : 'missed'
    default:
      return undefined
  }
}
