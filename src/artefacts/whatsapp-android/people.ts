import type { SqliteReader } from '../../acquisition/index.ts'
import { person } from '../../records/index.ts'
import { BoundedCache } from '../whatsapp/bounded-cache.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { Owner, oneOf, type Person, personOf, type Sides, sides, spellings } from '../whatsapp/jid.ts'

/** How many people, conversations and ids are remembered at once. */
const REMEMBERED = 200_000
/** Four times the largest community; what claims more is not a conversation. */
const MOST_MEMBERS = 20_000
/** Pseudonyms whose numbers are known; a phone knows a few thousand. */
const MOST_PSEUDONYMS = 500_000
const MOST_IN_A_CALL = 1_000

/** Who is in the conversations and calls of a msgstore.db, by row of `jid` and by id. Asked for when first needed. */
export class People {
  readonly #database: SqliteReader
  readonly #columns: Columns
  readonly #raw = new BoundedCache<number, string | undefined>(REMEMBERED)
  readonly #byRow = new BoundedCache<number, Person | undefined>(REMEMBERED)
  readonly #sides = new BoundedCache<string, Sides>(REMEMBERED)
  readonly #subjects = new BoundedCache<string, string | undefined>(REMEMBERED)
  #askRaw: { get(row: number): { raw: unknown } | undefined } | undefined
  #askMembers: ((row: number | undefined, id: string) => Person[]) | undefined
  #askSubject: ((id: string) => unknown) | undefined
  #askParticipants: ((call: number) => Person[]) | undefined
  #pseudonyms: { numberOf: Map<number, number>; pseudonymsOf: Map<number, number[]> } | undefined
  #owner: Owner | undefined

  constructor(database: SqliteReader, columns: Columns) {
    this.#database = database
    this.#columns = columns
  }

  /** The id in a row of `jid`, as the phone wrote it. */
  id(row: number | undefined): string | undefined {
    if (row === undefined || row <= 0 || !this.#columns.has('jid', '_id', 'raw_string')) return undefined
    return this.#raw.get(row, () => {
      this.#askRaw ??= this.#database.prepare<{ raw: unknown }>(`SELECT ${this.#idSql()} AS raw FROM jid WHERE _id = ?`)
      const raw = this.#askRaw.get(row)?.raw
      return typeof raw === 'string' && raw !== '' ? raw : undefined
    })
  }

  #idSql(): string {
    return this.#columns.has('jid', 'user', 'server') ? "coalesce(raw_string, user || '@' || server)" : 'raw_string'
  }

  /** The person in a row of `jid`, under their number where the file knows it; never the device user. */
  at(row: number | undefined): Person | undefined {
    if (row === undefined || row <= 0) return undefined
    return this.#byRow.get(row, () => this.#owned().except(this.#resolve(row, this.id(row))))
  }

  /** The person of an id. */
  of(id: unknown): Person | undefined {
    return this.#owned().except(personOf(id))
  }

  /** Who wrote a message and who else is in its conversation: `chat` is the conversation's row of `jid`. */
  sidesAt(fromMe: boolean, chat: number | undefined, sender: number | undefined): Sides {
    return this.#sides.get(
      `${fromMe}\n${chat}\n${sender}`,
      () => this.#divide(fromMe, this.at(chat), this.at(sender), chat, this.id(chat)),
      ({ to }) => to.length + 1,
    )
  }

  /** The same for the old schema, which writes ids instead of rows. */
  sidesOf(fromMe: boolean, chat: string | undefined, sender: unknown): Sides {
    return this.#sides.get(
      `${fromMe}\n${chat}\n${sender}\nid`,
      () => this.#divide(fromMe, this.of(chat), this.of(sender), undefined, chat),
      ({ to }) => to.length + 1,
    )
  }

  #divide(
    fromMe: boolean,
    other: Person | undefined,
    sender: Person | undefined,
    row: number | undefined,
    id: string | undefined,
  ): Sides {
    const members = id === undefined || personOf(id) !== undefined ? [] : this.#members(row, id)
    if (fromMe) return sides(undefined, [other, sender, ...members])
    // Between two, the ids of the conversation and of the sender are spellings of the same person.
    return sides(oneOf(other, sender), members)
  }

  /** Members of a group or a broadcast list, from either of the two tables that versions keep them in. */
  #members(row: number | undefined, id: string): Person[] {
    this.#askMembers ??= this.#prepareMembers()
    return this.#askMembers(row, id)
  }

  #prepareMembers() {
    const byRow = this.#hasMembersByRow()
      ? this.#database.prepare<{ row: number }>(
          `SELECT user_jid_row_id AS row FROM group_participant_user WHERE group_jid_row_id = ? ORDER BY _id LIMIT ${MOST_MEMBERS}`,
        )
      : undefined
    const byId = this.#hasMembersById()
      ? this.#database.prepare<{ id: unknown }>(
          `SELECT jid AS id FROM group_participants WHERE gjid = ? ORDER BY _id LIMIT ${MOST_MEMBERS}`,
        )
      : undefined
    return (row: number | undefined, id: string) =>
      [
        ...(row === undefined ? [] : (byRow?.all(row) ?? []).map((member) => this.at(member.row))),
        ...(byId?.all(id) ?? []).map((member) => this.of(member.id)),
      ].filter((someone) => someone !== undefined)
  }

  #hasMembersByRow(): boolean {
    return this.#columns.has('group_participant_user', '_id', 'group_jid_row_id', 'user_jid_row_id')
  }

  #hasMembersById(): boolean {
    return this.#columns.has('group_participants', '_id', 'gjid', 'jid')
  }

  /** Name of a group in the old schema. */
  subjectOf(chat: string): string | undefined {
    if (!this.#columns.has('chat_list', 'key_remote_jid', 'subject')) return undefined
    return this.#subjects.get(chat, () => {
      this.#askSubject ??= this.#prepareSubject()
      const subject = this.#askSubject(chat)
      return typeof subject === 'string' && subject !== '' ? subject : undefined
    })
  }

  #prepareSubject() {
    const statement = this.#database.prepare<{ subject: unknown }>(
      'SELECT subject FROM chat_list WHERE key_remote_jid = ? LIMIT 1',
    )
    return (chat: string) => statement.get(chat)?.subject
  }

  /** Who else was in a call, without those that the call's own row names. */
  participantsOf(call: number): Person[] {
    this.#askParticipants ??= this.#prepareParticipants()
    return this.#askParticipants(call)
  }

  #prepareParticipants() {
    if (!this.#hasParticipants()) return () => []
    const statement = this.#database.prepare<{ row: number }>(
      `SELECT jid_row_id AS row FROM call_log_participant_v2 WHERE call_log_row_id = ? ORDER BY _id LIMIT ${MOST_IN_A_CALL}`,
    )
    return (call: number) =>
      statement
        .all(call)
        .map(({ row }) => this.at(row))
        .filter((someone) => someone !== undefined)
  }

  #hasParticipants(): boolean {
    return this.#columns.has('call_log_participant_v2', '_id', 'call_log_row_id', 'jid_row_id')
  }

  /** Addresses behind every row of `jid`, for scopes that name people. */
  addressesByRow(): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, readonly string[]>()
    if (!this.#columns.has('jid', '_id', 'raw_string')) return found
    const rows = this.#database.iterate<{ row: number; raw: unknown }>(
      `SELECT _id AS row, ${this.#idSql()} AS raw FROM jid`,
    )
    // Looked up after the pass, because each may ask for another row.
    const known = [...rows].map(({ row, raw }) => [row, raw] as const)
    for (const [row, raw] of known) {
      const someone = this.#owned().except(this.#resolve(row, raw))
      if (someone !== undefined) found.set(row, spellings(someone))
    }
    return found
  }

  /** Addresses behind every conversation of the table `chat`. */
  addressesByChat(): ReadonlyMap<number, readonly string[]> {
    const people = this.addressesByRow()
    const members = this.#memberAddresses(people)
    const found = new Map<number, readonly string[]>()
    const chats = this.#database.all<{ chat: number; row: number }>('SELECT _id AS chat, jid_row_id AS row FROM chat')
    for (const { chat, row } of chats) {
      const id = this.id(row)
      const isPerson = id === undefined || personOf(id) !== undefined
      const addresses = isPerson
        ? people.get(row)
        : [...(members.byRow.get(row) ?? []), ...(members.byId.get(id) ?? [])]
      if (addresses !== undefined && addresses.length > 0) found.set(chat, addresses)
    }
    return found
  }

  /** Addresses behind every id that a query yields as `id`; groups stand for their members where they are conversations. */
  addressesById(sql: string, conversations: boolean): ReadonlyMap<string, readonly string[]> {
    const members = this.#memberAddresses(new Map())
    const found = new Map<string, readonly string[]>()
    for (const { id } of this.#database.iterate<{ id: unknown }>(sql)) {
      if (typeof id !== 'string') continue
      const someone = personOf(id)
      const owned = this.#owned().except(someone)
      const group = conversations ? members.byId.get(id) : undefined
      const addresses = someone === undefined ? group : owned && spellings(owned)
      if (addresses !== undefined) found.set(id, addresses)
    }
    return found
  }

  /** Addresses behind every call that lists its participants. */
  addressesByCall(): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, string[]>()
    if (!this.#hasParticipants()) return found
    const people = this.addressesByRow()
    const rows = this.#database.iterate<{ call: number; row: number }>(
      'SELECT call_log_row_id AS call, jid_row_id AS row FROM call_log_participant_v2 ORDER BY _id',
    )
    collect(rows, MOST_IN_A_CALL, ({ call, row }) => [call, people.get(row)], found)
    return found
  }

  #memberAddresses(people: ReadonlyMap<number, readonly string[]>) {
    const byRow = new Map<number, string[]>()
    const byId = new Map<string, string[]>()
    if (this.#hasMembersByRow() && people.size > 0) {
      const rows = this.#database.iterate<{ chat: number; row: number }>(
        'SELECT group_jid_row_id AS chat, user_jid_row_id AS row FROM group_participant_user ORDER BY _id',
      )
      collect(rows, MOST_MEMBERS, ({ chat, row }) => [chat, people.get(row)], byRow)
    }
    if (this.#hasMembersById()) {
      const rows = this.#database.iterate<{ chat: string; id: unknown }>(
        'SELECT gjid AS chat, jid AS id FROM group_participants ORDER BY _id',
      )
      const addresses = (id: unknown) => {
        const someone = this.of(id)
        return someone && spellings(someone)
      }
      collect(rows, MOST_MEMBERS, ({ chat, id }) => [chat, addresses(id)], byId)
    }
    return { byRow, byId }
  }

  #resolve(row: number, raw: unknown): Person | undefined {
    const someone = personOf(raw)
    if (someone === undefined) return undefined
    const { numberOf, pseudonymsOf } = this.#known()
    const number = numberOf.get(row)
    if (number !== undefined) return oneOf(personOf(this.id(number)), someone)
    return oneOf(someone, ...(pseudonymsOf.get(row) ?? []).map((pseudonym) => personOf(this.id(pseudonym))))
  }

  /** `jid_map` says which number is behind an `@lid`; older versions have neither. */
  #known() {
    if (this.#pseudonyms !== undefined) return this.#pseudonyms
    const numberOf = new Map<number, number>()
    const pseudonymsOf = new Map<number, number[]>()
    if (this.#columns.has('jid_map', 'lid_row_id', 'jid_row_id')) {
      const rows = this.#database.iterate<{ pseudonym: number; number: number }>(
        `SELECT lid_row_id AS pseudonym, jid_row_id AS number FROM jid_map ORDER BY 1, 2 LIMIT ${MOST_PSEUDONYMS}`,
      )
      for (const { pseudonym, number } of rows) {
        if (numberOf.has(pseudonym)) continue
        numberOf.set(pseudonym, number)
        const known = pseudonymsOf.get(number)
        if (known === undefined) pseudonymsOf.set(number, [pseudonym])
        else if (known.length < 10) known.push(pseudonym)
      }
    }
    this.#pseudonyms = { numberOf, pseudonymsOf }
    return this.#pseudonyms
  }

  /** The file writes the device user as a blank; only calls that they made say from which of their devices. */
  #owned(): Owner {
    if (this.#owner !== undefined) return this.#owner
    const knows =
      this.#columns.has('call_log', 'from_me', 'call_creator_device_jid_row_id') &&
      this.#columns.has('jid', '_id', 'raw_string')
    const ids = knows
      ? this.#database.all(
          `SELECT DISTINCT j.raw_string AS id FROM call_log c JOIN jid j ON j._id = c.call_creator_device_jid_row_id
           WHERE c.from_me = 1 LIMIT 20`,
        )
      : []
    this.#owner = new Owner(ids.map(({ id }) => id))
    return this.#owner
  }
}

/** Whether two people have a spelling in common, once spellings are reduced. */
export function samePerson(one: Person, other: Person): boolean {
  const known = new Set(spellings(one).map(person))
  return spellings(other).some((address) => known.has(person(address)))
}

function collect<R, K>(
  rows: Iterable<R>,
  most: number,
  read: (row: R) => readonly [K, readonly string[] | undefined],
  into: Map<K, string[]>,
): void {
  const counted = new Map<K, number>()
  for (const row of rows) {
    const [key, addresses] = read(row)
    const count = counted.get(key) ?? 0
    counted.set(key, count + 1)
    if (addresses === undefined || count >= most) continue
    const known = into.get(key)
    if (known === undefined) into.set(key, [...addresses])
    else known.push(...addresses)
  }
}
