import type { SqliteReader } from '../../acquisition/index.ts'
import { type Party, person } from '../../records/index.ts'
import { has } from '../schema.ts'

/** A conversation: what it is called and who is in it besides the device user. */
export interface Chat {
  readonly thread?: string
  readonly name?: string
  readonly group: boolean
  readonly members: readonly Party[]
}

/** Who stands on the other side of a message. */
export interface Sides {
  readonly from?: Party
  readonly to: readonly Party[]
}

/** Style of a conversation of two; 43 is a group. */
const ONE_TO_ONE = 45
/** Combinations of conversation and handle kept ready; more only in material that means to exhaust memory. */
const MOST_KEPT = 100_000
const NOBODY: Sides = { to: [] }

/**
 * The people of a messages database: handles and the members of conversations, read once, when first needed. One row each per
 * person and conversation, never per message.
 */
export class People {
  readonly #database: SqliteReader
  #handles: Map<number, Party> | undefined
  #chats: Map<number, Chat> | undefined
  readonly #sides = new Map<string, Sides>()

  constructor(database: SqliteReader) {
    this.#database = database
  }

  handle(id: unknown): Party | undefined {
    return typeof id === 'number' ? this.#allHandles().get(id) : undefined
  }

  chat(id: unknown): Chat | undefined {
    return typeof id === 'number' ? this.#allChats().get(id) : undefined
  }

  /**
   * Sender and recipients: everybody the row names, once. The sender is the handle; where an incoming message of a
   * conversation of two has none, its other member.
   */
  sides(incoming: boolean, handleId: unknown, chatId: unknown): Sides {
    const key = `${incoming ? '<' : '>'}${String(handleId)}/${String(chatId)}`
    let sides = this.#sides.get(key)
    if (sides === undefined) {
      if (this.#sides.size >= MOST_KEPT) this.#sides.clear()
      sides = sidesOf(incoming, this.handle(handleId), this.chat(chatId))
      this.#sides.set(key, sides)
    }
    return sides
  }

  /** ROWID of `handle` → every spelling of its address. */
  handleAddresses(): ReadonlyMap<number, readonly string[]> {
    const addresses = new Map<number, readonly string[]>()
    for (const [id, party] of this.#allHandles()) addresses.set(id, spellings(party))
    return addresses
  }

  /** ROWID of `chat` → the addresses of everybody in it. */
  chatAddresses(): ReadonlyMap<number, readonly string[]> {
    const addresses = new Map<number, readonly string[]>()
    for (const [id, chat] of this.#allChats()) addresses.set(id, chat.members.flatMap(spellings))
    return addresses
  }

  #allHandles(): Map<number, Party> {
    if (this.#handles !== undefined) return this.#handles
    const handles = new Map<number, Party>()
    if (has(this.#database.tables, 'handle', 'id')) {
      const typed = has(this.#database.tables, 'handle', 'uncanonicalized_id') ? 'uncanonicalized_id' : 'NULL'
      for (const { key, id, typed: also } of this.#database.iterate(
        `SELECT ROWID AS key, CAST(id AS TEXT) AS id, CAST(${typed} AS TEXT) AS typed FROM handle`,
      ))
        if (typeof key === 'number' && typeof id === 'string' && id !== '') handles.set(key, partyOf(id, also))
    }
    this.#handles = handles
    return handles
  }

  #allChats(): Map<number, Chat> {
    if (this.#chats !== undefined) return this.#chats
    const { tables } = this.#database
    const members = new Map<number, Party[]>()
    if (has(tables, 'chat_handle_join', 'chat_id', 'handle_id'))
      for (const { chat, handle } of this.#database.iterate(
        'SELECT chat_id AS chat, handle_id AS handle FROM chat_handle_join ORDER BY chat_id, handle_id',
      )) {
        const party = this.handle(handle)
        if (typeof chat !== 'number' || party === undefined) continue
        const known = members.get(chat)
        if (known === undefined) members.set(chat, [party])
        else known.push(party)
      }
    const chats = new Map<number, Chat>()
    if (has(tables, 'chat', 'guid'))
      for (const row of this.#database.iterate(`SELECT ROWID AS key, ${chatColumns(tables)} FROM chat`))
        if (typeof row.key === 'number') chats.set(row.key, chatOf(row, members.get(row.key)))
    this.#chats = chats
    return chats
  }
}

const CHAT_COLUMNS = ['guid', 'chat_identifier', 'display_name', 'style']

function chatColumns(tables: SqliteReader['tables']): string {
  return CHAT_COLUMNS.map((name) => `${has(tables, 'chat', name) ? name : 'NULL'} AS ${name}`).join(', ')
}

function chatOf(row: Record<string, unknown>, members: readonly Party[] | undefined): Chat {
  const identifier = textOf(row.chat_identifier)
  const group = row.style !== ONE_TO_ONE
  // A conversation of two is named by the other's address, and sometimes by nothing else.
  const alone = !group && identifier !== undefined ? [partyOf(identifier, undefined)] : []
  return {
    thread: textOf(row.guid) ?? identifier,
    name: textOf(row.display_name),
    group,
    members: members === undefined ? alone : once(members),
  }
}

function sidesOf(incoming: boolean, handle: Party | undefined, chat: Chat | undefined): Sides {
  if (chat === undefined) {
    if (handle === undefined) return NOBODY
    return incoming ? { from: handle, to: [] } : { to: [handle] }
  }
  if (!incoming) return { to: handle === undefined ? chat.members : once([...chat.members, handle]) }
  const from = handle ?? (!chat.group && chat.members.length === 1 ? chat.members[0] : undefined)
  if (from === undefined) return { to: chat.members }
  const sender = person(from.address)
  return { from, to: chat.members.filter(({ address }) => person(address) !== sender) }
}

/** What the user typed counts as a spelling only where the canonical form leaves the country open. */
function partyOf(address: string, typed: unknown): Party {
  const also = textOf(typed)
  if (also === undefined || address.startsWith('+') || address.includes('@')) return { address }
  return person(also) === person(address) ? { address } : { address, also: [also] }
}

function spellings({ address, also }: Party): string[] {
  return also === undefined ? [address] : [address, ...also]
}

/** One person may have a handle per service; their address is listed once. */
function once(parties: readonly Party[]): readonly Party[] {
  const seen = new Set<string>()
  return parties.filter(({ address }) => !seen.has(address) && seen.add(address))
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
