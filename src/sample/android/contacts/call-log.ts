import type { Call, Party } from '../../../records/index.ts'
import { rfc3339 } from '../../../records/index.ts'
import { NOBODY } from '../../story/make-story.ts'
import type { Story, StoryCall } from '../../story/types.ts'
import { makeDatabase } from '../phone-database.ts'
import { CALL_LOG_TABLES, CALL_LOG_VERSION } from './schema.ts'

/** The telephone's own account; calls of other apps name theirs. */
const TELEPHONE = 'com.android.phone/com.android.services.telephony.TelephonyConnectionService'
const INCOMING = 1
const OUTGOING = 2
const TYPES: Readonly<Partial<Record<StoryCall['outcome'], number>>> = { missed: 3, voicemail: 4, rejected: 5 }
const ALLOWED = 1
const VIDEO = 1
const MOBILE = 2
const RESTRICTED = 2

/** Writes calllog.db at `path`, and returns the records that its rows mean. An outgoing row does not say who answered. */
export function writeCallLog(path: string, story: Story): Call[] {
  const db = makeDatabase(path, CALL_LOG_VERSION, CALL_LOG_TABLES)
  db.run("INSERT INTO properties VALUES ('call_log_last_synced', '0'), ('migrated', '1')")
  const insert = db.into('calls')
  const people = new Map(story.people.map((person) => [person.id, person]))
  const nameOf = (call: StoryCall) => (call.person === undefined ? undefined : people.get(call.person)?.name)
  const calls = story.calls.filter(({ app }) => app === 'phone')

  const write = (call: StoryCall, name: string | undefined) => {
    const person = call.person === undefined ? undefined : people.get(call.person)
    return insert({
      number: call.address,
      presentation: call.address === '' ? RESTRICTED : ALLOWED,
      date: call.at,
      duration: call.duration,
      type: typeOf(call),
      features: call.video ? VIDEO : 0,
      subscription_component_name: TELEPHONE,
      subscription_id: '1',
      phone_account_address: story.owner.number.e164,
      new: 0,
      name: name ?? null,
      numbertype: name === undefined ? null : MOBILE,
      countryiso: 'GB',
      is_read: 1,
      geocoded_location: '',
      normalized_number: person?.number?.e164 ?? null,
      formatted_number: person?.number?.spaced ?? null,
      last_modified: call.at,
    })
  }
  const gone: StoryCall = {
    app: 'phone',
    address: NOBODY.e164,
    direction: 'out',
    at: 1_773_000_000_000,
    duration: 30,
    outcome: 'answered',
  }
  // Among the others, so that its bytes stay in a page that others keep.
  const erased = write(gone, story.deletedCaller)
  for (const call of calls) if (!call.walOnly) write(call, nameOf(call))
  db.run('DELETE FROM calls WHERE _id = ?', erased)
  db.settle({})
  db.run('INSERT INTO properties VALUES (?, ?)', 'sample', '1')
  for (const call of calls) if (call.walOnly) write(call, nameOf(call))
  db.close()
  return calls.map((call) => recordOf(call, nameOf(call)))
}

function typeOf(call: StoryCall): number {
  return call.direction === 'out' ? OUTGOING : (TYPES[call.outcome] ?? INCOMING)
}

function recordOf(call: StoryCall, name: string | undefined): Call {
  const incoming = call.direction === 'in'
  const party: Party | undefined =
    call.address === '' ? undefined : { address: call.address, ...(name !== undefined && { name }) }
  return {
    kind: 'call',
    app: 'phone',
    time: rfc3339(call.at),
    time_raw: String(call.at),
    direction: call.direction,
    ...(incoming && party && { from: party }),
    to: incoming || !party ? [] : [party],
    duration_seconds: call.duration,
    ...(incoming && { outcome: call.outcome }),
    ...(call.video && { video: true }),
    attachments: [],
  }
}
