import type { SqliteReader } from '../../acquisition/index.ts'
import { person } from '../../records/index.ts'
import { ChildRows } from '../child-rows.ts'
import { BCC, CC, FROM, isSomebody, plainAddress, TO } from '../telephony/addresses.ts'
import type { Conversations } from './conversations.ts'

/** What of a row of `pdu` decides who its parties are. */
export interface Envelope {
  readonly id: number
  readonly incoming: boolean
  readonly thread: unknown
}

export interface MmsParties {
  readonly from?: string
  readonly to: readonly string[]
}

/** SQL that is true for the rows of `pdu p` that came in; `msg_box` 0 and NULL say nothing, then the PDU's own type does. */
export const INCOMING =
  '(p.msg_box = 1 OR (coalesce(p.msg_box, 0) NOT BETWEEN 1 AND 5 AND coalesce(p.m_type, 132) <> 128))'

/**
 * Who an MMS was from and to, by its rows in `addr`. The device user stands there too: as `insert-address-token` in what
 * they sent, and under their own number among those a received message was addressed to. Nothing in the file says which
 * number is theirs, so it is concluded: see `#own`.
 */
export class MmsAddresses {
  readonly #database: SqliteReader
  readonly #conversations: Conversations
  readonly #rows: ChildRows<{ address: string | null; type: number | null }>
  readonly #records: string
  #ownPeople: ReadonlySet<string> | undefined

  /** `records` is SQL that is true for the rows of `pdu p` that are messages. */
  constructor(database: SqliteReader, conversations: Conversations, records: string) {
    this.#database = database
    this.#conversations = conversations
    this.#rows = new ChildRows(database, 'addr', 'msg_id', 'address, type', '_id')
    this.#records = records
  }

  of(envelope: Envelope): MmsParties {
    const { sender, addressees } = this.#written(envelope)
    const own = envelope.incoming ? this.#own() : undefined
    const others = addressees.filter((address) => own?.has(person(address)) !== true)
    if (sender !== undefined || others.length > 0) return { ...(sender && { from: sender }), to: others }
    const members = this.#conversations.members(envelope.thread)
    return envelope.incoming && members.length === 1 ? { from: members[0] as string, to: [] } : { to: members }
  }

  /** Every message's addresses, by `pdu._id`. Messages of one circle share one list. */
  byMessage(): ReadonlyMap<number, readonly string[]> {
    const lists = new Map<string, readonly string[]>()
    const found = new Map<number, readonly string[]>()
    for (const envelope of this.#envelopes('1')) {
      const { from, to } = this.of(envelope)
      const list = from === undefined ? to : [from, ...to]
      if (list.length === 0) continue
      const name = list.join('\n')
      const known = lists.get(name)
      if (known === undefined) lists.set(name, list)
      found.set(envelope.id, known ?? list)
    }
    return found
  }

  #written(envelope: Envelope): { sender: string | undefined; addressees: string[] } {
    let sender: string | undefined
    const addressees = new Set<string>()
    for (const { address, type } of this.#rows.of(envelope.id)) {
      const plain = plainAddress(address)
      if (!isSomebody(plain)) continue
      if (type === FROM) sender ??= envelope.incoming ? plain : undefined
      else if (type === TO || type === CC || type === BCC) addressees.add(plain)
    }
    if (sender !== undefined) addressees.delete(sender)
    return { sender, addressees: [...addressees] }
  }

  /**
   * The device user's own numbers: whoever is the only addressee of a received message who is not a member of its
   * conversation (a message that arrived was addressed to this phone), unless the phone has a conversation with them.
   */
  #own(): ReadonlySet<string> {
    if (this.#ownPeople !== undefined) return this.#ownPeople
    const correspondents = new Set([...this.#conversations.all().values()].flat().map(person))
    const own = new Set<string>()
    for (const envelope of this.#envelopes(INCOMING)) {
      const { addressees } = this.#written(envelope)
      const unknown = new Set(addressees.map(person).filter((one) => !correspondents.has(one)))
      if (unknown.size === 1) for (const one of unknown) own.add(one)
    }
    this.#ownPeople = own
    return own
  }

  *#envelopes(where: string): Generator<Envelope> {
    const rows = this.#database.iterate<{ id: number; incoming: number; thread: unknown }>(
      `SELECT p._id AS id, ${INCOMING} AS incoming, p.thread_id AS thread FROM pdu p WHERE ${this.#records} AND ${where}`,
    )
    for (const { id, incoming, thread } of rows) yield { id, incoming: incoming === 1, thread }
  }
}
