import type { SqliteReader } from '../../acquisition/index.ts'
import { has } from '../schema.ts'
import { isSomebody } from '../telephony/addresses.ts'

/** Members of one conversation that are read at most; MMS itself allows far fewer. */
const MOST_MEMBERS = 1000

/**
 * Who is in which conversation: `threads.recipient_ids` lists ids of `canonical_addresses`, never the device user. Read on
 * first use; there are as many as the user has conversations, not as many as messages.
 */
export class Conversations {
  readonly #database: SqliteReader
  #members: Map<number, readonly string[]> | undefined

  constructor(database: SqliteReader) {
    this.#database = database
  }

  /** Addresses of everybody in a conversation but the device user; empty where the phone does not say. */
  members(thread: unknown): readonly string[] {
    return typeof thread === 'number' ? (this.all().get(thread) ?? []) : []
  }

  all(): ReadonlyMap<number, readonly string[]> {
    this.#members ??= this.#read()
    return this.#members
  }

  #read(): Map<number, readonly string[]> {
    const { tables } = this.#database
    const members = new Map<number, readonly string[]>()
    if (!has(tables, 'threads', '_id', 'recipient_ids') || !has(tables, 'canonical_addresses', '_id', 'address')) {
      return members
    }
    const addresses = new Map<string, string>()
    for (const { _id, address } of this.#database.iterate('SELECT _id, address FROM canonical_addresses')) {
      if (isSomebody(address)) addresses.set(String(_id), address)
    }
    for (const { _id, recipient_ids } of this.#database.iterate('SELECT _id, recipient_ids FROM threads')) {
      if (typeof _id !== 'number') continue
      const ids = String(recipient_ids ?? '').split(' ', MOST_MEMBERS)
      const found = ids.map((id) => addresses.get(id)).filter((address) => address !== undefined)
      if (found.length > 0) members.set(_id, [...new Set(found)])
    }
    return members
  }
}
