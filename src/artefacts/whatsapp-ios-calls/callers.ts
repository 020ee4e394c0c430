import type { SqliteReader } from '../../acquisition/index.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { Owner, type Person, personOf, type Sides, sides, spellings } from '../whatsapp/jid.ts'

/** WhatsApp lets 32 people into a call; what claims more is cut here. */
const MOST_IN_A_CALL = 1_000

/** Who was in the calls of a CallHistory.sqlite. Asked for when first needed. */
export class Callers {
  readonly #database: SqliteReader
  readonly #columns: Columns
  #owner: Owner | undefined
  #byCall: Map<number, Person[]> | undefined

  constructor(database: SqliteReader, columns: Columns) {
    this.#database = database
    this.#columns = columns
  }

  /** Direction and people of one call, from its key and its row's creator and direction. */
  of(call: number, creator: unknown, incoming: unknown): { readonly incoming: boolean; readonly sides: Sides } {
    const others = this.#participants().get(call) ?? []
    const caller = this.#owned().except(personOf(creator))
    // Who made a call that went out is the device user, whatever the file can say of them. Older rows have no direction of their own: then a call came in when one of the others made it.
    const cameIn =
      typeof incoming === 'number' ? incoming === 1 : caller !== undefined && others.some((one) => same(one, caller))
    // A call between two without a creator was made by the only other one.
    const sender = cameIn ? (caller ?? (others.length === 1 ? others[0] : undefined)) : undefined
    return { incoming: cameIn, sides: sides(sender, others) }
  }

  /** Addresses behind every call, for scopes that name people. */
  addressesByCall(): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, string[]>()
    for (const [call, people] of this.#participants()) found.set(call, people.flatMap(spellings))
    for (const { call, creator } of this.#callersIn()) {
      const caller = this.#owned().except(personOf(creator))
      if (typeof call === 'number' && caller !== undefined)
        found.set(call, [...(found.get(call) ?? []), ...spellings(caller)])
    }
    return found
  }

  #participants(): Map<number, Person[]> {
    if (this.#byCall !== undefined) return this.#byCall
    const byCall = new Map<number, Person[]>()
    // A participant belongs to one event; iLEAPP compares it with the group of events, which is right only by luck.
    for (const { call, jid } of this.#database.iterate(
      'SELECT Z1PARTICIPANTS AS call, ZJIDSTRING AS jid FROM ZWACDCALLEVENTPARTICIPANT ORDER BY Z_PK',
    )) {
      const someone = this.#owned().except(personOf(jid))
      if (typeof call !== 'number' || someone === undefined) continue
      const people = byCall.get(call)
      if (people === undefined) byCall.set(call, [someone])
      else if (people.length < MOST_IN_A_CALL) people.push(someone)
    }
    this.#byCall = byCall
    return byCall
  }

  *#callersIn(): IterableIterator<Record<string, unknown>> {
    if (!this.#knowsDirection()) return
    yield* this.#database.iterate(
      `SELECT e.Z_PK AS call, e.ZGROUPCALLCREATORUSERJIDSTRING AS creator FROM ZWACDCALLEVENT e
       JOIN ZWAAGGREGATECALLEVENT a ON a.Z_PK = e.Z1CALLEVENTS WHERE a.ZINCOMING = 1 ORDER BY e.Z_PK`,
    )
  }

  #knowsDirection(): boolean {
    return (
      this.#columns.has('ZWACDCALLEVENT', 'Z1CALLEVENTS', 'ZGROUPCALLCREATORUSERJIDSTRING') &&
      this.#columns.has('ZWAAGGREGATECALLEVENT', 'Z_PK', 'ZINCOMING')
    )
  }

  /** Calls that went out were made by the device user. */
  #owned(): Owner {
    if (this.#owner !== undefined) return this.#owner
    const made = this.#knowsDirection()
      ? this.#database.all(
          `SELECT DISTINCT e.ZGROUPCALLCREATORUSERJIDSTRING AS jid FROM ZWACDCALLEVENT e
           JOIN ZWAAGGREGATECALLEVENT a ON a.Z_PK = e.Z1CALLEVENTS WHERE a.ZINCOMING = 0 LIMIT 20`,
        )
      : []
    this.#owner = new Owner(made.map(({ jid }) => jid))
    return this.#owner
  }
}

function same(one: Person, other: Person): boolean {
  return spellings(one).some((address) => spellings(other).includes(address))
}
