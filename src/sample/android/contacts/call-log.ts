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
const RESTRICTED = 2

/** Writes calllog.db at `path`, and returns the records that its rows mean. An outgoing row does not say who answered. */
export function writeCallLog(path: string, story: Story): Call[] {
  const db = makeDatabase(path, CALL_LOG_VERSION, CALL_LOG_TABLES)
  db.run("INSERT INTO properties VALUES ('call_log_last_synced', '0'), ('migrated', '1')")
  const insert = db.into(
    'calls',
    `number, presentation, date, duration, type, features, subscription_component_name, subscription_id,
    phone_account_address, new, name, numbertype, countryiso, is_read, geocoded_location, normalized_number,
    formatted_number, last_modified`,
  )
  const people = new Map(story.people.map((person) => [person.id, person]))
  const nameOf = (call: StoryCall) => (call.person === undefined ? undefined : people.get(call.person)?.name)
  const calls = story.calls.filter(({ app }) => app === 'phone')

  const write = (call: StoryCall, name: string | undefined) => {
    const person = call.person === undefined ? undefined : people.get(call.person)
    return insert(
      call.address,
      call.address === '' ? RESTRICTED : ALLOWED,
      call.at,
      call.duration,
      typeOf(call),
      call.video ? 1 : 0,
      TELEPHONE,
      '8944000000000000001',
      story.owner.number.e164,
      0,
      name ?? null,
      name === undefined ? null : 2,
      'GB',
      1,
      '',
      person?.number?.e164 ?? null,
      person?.number?.spaced ?? null,
      call.at,
    )
  }
  const gone: StoryCall = {
    app: 'phone',
    address: NOBODY.e164,
    direction: 'out',
    at: 1773e9,
    duration: 30,
    outcome: 'answered',
  }
  for (const call of calls) if (!call.walOnly) write(call, nameOf(call))
  db.run('DELETE FROM calls WHERE _id = ?', write(gone, story.deletedCaller))
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
