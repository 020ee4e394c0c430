import type { SqliteReader } from '../../acquisition/index.ts'
import { BoundedCache } from '../whatsapp/bounded-cache.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { textOf } from '../whatsapp/values.ts'
import { Owner, oneOf, type Person, personOf, type Sides, sides, spellings } from '../whatsapp/jid.ts'

/** What a row says of its people. */
export interface Named {
  readonly chat: number | undefined
  readonly fromMe: boolean
  /** ZFROMJID of what came in, ZTOJID of what went out */
  readonly jid: unknown
  /** the sender's row of ZWAGROUPMEMBER */
  readonly member: number | undefined
}

/** What a conversation says of itself. */
export interface About {
  /** its id: a group, a broadcast list, or the person on the other side */
  readonly id?: string
  readonly groupName?: string
  /** how the device user named the person on the other side */
  readonly contactName?: string
}

/** How many people the remembered conversations may hold together. */
const REMEMBERED = 200_000
/** Rows at either end of the messages among which the device user is looked for. */
const LOOKED_AT = 2_000
/** Four times the largest community; what claims more is not a conversation. */
const MOST_MEMBERS = 20_000

/** Who is in the conversations of a ChatStorage.sqlite. Everything is asked for when it is first needed. */
export class Conversations {
  readonly #database: SqliteReader
  readonly #columns: Columns
  readonly #sides = new BoundedCache<string, Sides>(REMEMBERED)
  readonly #members = new BoundedCache<number, readonly Person[]>(REMEMBERED)
  readonly #pushNames = new BoundedCache<string, string | undefined>(REMEMBERED)
  readonly #about = new BoundedCache<number, About>(REMEMBERED)
  readonly #memberByRow = new BoundedCache<number, Person | undefined>(REMEMBERED)
  #owner: Owner | undefined
  #askAbout: { get(chat: number): Record<string, unknown> | undefined } | undefined
  #askMember: { get(row: number): Record<string, unknown> | undefined } | undefined
  #askMembers: ((chat: number) => Record<string, unknown>[]) | undefined
  #askPushName: ((jid: string) => unknown) | undefined

  constructor(database: SqliteReader, columns: Columns) {
    this.#database = database
    this.#columns = columns
  }

  /** Who wrote a message and who else is in its conversation. */
  sidesOf(row: Named): Sides {
    const key = `${row.fromMe}\n${row.chat}\n${row.member}\n${row.jid}`
    return this.#sides.get(
      key,
      () => this.#sidesOf(row),
      ({ to }) => to.length + 1,
    )
  }

  #sidesOf(row: Named): Sides {
    const { id, contactName } = this.about(row.chat)
    const contact = this.#someone(id, contactName)
    const jid = this.#someone(row.jid)
    const member = row.member === undefined ? undefined : this.#member(row.member)
    const members = row.chat === undefined ? [] : this.membersOf(row.chat)
    // Without a group member, the ids of the message and of the conversation are two spellings of the one on the other side.
    const everybody = row.fromMe ? [oneOf(jid, contact), member, ...members] : [contact, ...members]
    const sender = row.fromMe ? undefined : member === undefined ? oneOf(jid, contact) : oneOf(member, jid)
    return sides(
      this.#withName(sender),
      everybody.map((someone) => this.#withName(someone)),
    )
  }

  /** What is known of a conversation by its row. */
  about(chat: number | undefined): About {
    if (chat === undefined) return {}
    return this.#about.get(chat, () => {
      const name = this.#columns.text('ZWACHATSESSION', 'c', 'ZPARTNERNAME')
      this.#askAbout ??= this.#database.prepare(
        `SELECT ${this.#columns.text('ZWACHATSESSION', 'c', 'ZCONTACTJID')} AS id, ${name} AS name
         FROM ZWACHATSESSION c WHERE c.Z_PK = ?`,
      )
      const row = this.#askAbout.get(chat)
      const id = textOf(row?.id)
      const called = textOf(row?.name)
      if (id === undefined) return {}
      if (called === undefined) return { id }
      return /@(g\.us|broadcast)$/.test(id) ? { id, groupName: called } : { id, contactName: called }
    })
  }

  #member(row: number): Person | undefined {
    return this.#memberByRow.get(row, () => {
      if (!this.#hasMembers()) return undefined
      this.#askMember ??= this.#database.prepare(
        `SELECT ${this.#memberColumns()} FROM ZWAGROUPMEMBER g WHERE g.Z_PK = ?`,
      )
      const found = this.#askMember.get(row)
      return this.#someone(found?.jid, found?.name)
    })
  }

  #memberColumns(): string {
    const names = ['ZCONTACTNAME', 'ZFIRSTNAME'].map((column) => this.#columns.text('ZWAGROUPMEMBER', 'g', column))
    return `g.ZMEMBERJID AS jid, coalesce(${names.join(', ')}) AS name`
  }

  /** The members of a conversation, past ones too, without the device user. */
  membersOf(chat: number): readonly Person[] {
    return this.#members.get(
      chat,
      () => {
        this.#askMembers ??= this.#prepareMembers()
        return this.#askMembers(chat)
          .map(({ jid, name }) => this.#someone(jid, name))
          .filter((someone) => someone !== undefined)
      },
      (members) => members.length + 1,
    )
  }

  /** Addresses behind every conversation, for scopes that name people. */
  addressesByChat(): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, string[]>()
    const counted = new Map<number, number>()
    const add = (chat: unknown, jid: unknown) => {
      if (typeof chat !== 'number') return
      const count = counted.get(chat) ?? 0
      counted.set(chat, count + 1)
      const someone = this.#owned().except(personOf(jid))
      // The conversation's own id comes first and is not counted: the limit is the one that `membersOf` has.
      if (someone === undefined || count > MOST_MEMBERS) return
      const known = found.get(chat)
      if (known === undefined) found.set(chat, [...spellings(someone)])
      else known.push(...spellings(someone))
    }
    for (const { chat, jid } of this.#database.iterate('SELECT Z_PK AS chat, ZCONTACTJID AS jid FROM ZWACHATSESSION'))
      add(chat, jid)
    if (this.#hasMembers()) {
      const rows = this.#database.iterate(
        'SELECT ZCHATSESSION AS chat, ZMEMBERJID AS jid FROM ZWAGROUPMEMBER ORDER BY Z_PK',
      )
      for (const { chat, jid } of rows) add(chat, jid)
    }
    return found
  }

  /** Addresses behind every value that a query yields as `jid`, keyed by `key`. */
  addressesBy(sql: string): ReadonlyMap<string | number, readonly string[]> {
    const found = new Map<string | number, readonly string[]>()
    for (const { key, jid } of this.#database.iterate(sql)) {
      const someone = this.#owned().except(personOf(jid))
      if (someone !== undefined && (typeof key === 'string' || typeof key === 'number'))
        found.set(key, spellings(someone))
    }
    return found
  }

  #someone(jid: unknown, name?: unknown): Person | undefined {
    return this.#owned().except(personOf(jid, name))
  }

  /** Where the address book's name does not stand in the file, the one that people gave themselves may. */
  #withName(someone: Person | undefined): Person | undefined {
    if (someone === undefined || someone.name !== undefined) return someone
    const name = this.#pushName(someone.address)
    return name === undefined ? someone : { ...someone, name }
  }

  #pushName(jid: string): string | undefined {
    if (!this.#columns.has('ZWAPROFILEPUSHNAME', 'ZJID', 'ZPUSHNAME')) return undefined
    return this.#pushNames.get(jid, () => {
      this.#askPushName ??= this.#preparePushName()
      const name = this.#askPushName(jid)
      return typeof name === 'string' && name !== '' ? name : undefined
    })
  }

  #preparePushName() {
    const statement = this.#database.prepare<{ name: unknown }>(
      'SELECT ZPUSHNAME AS name FROM ZWAPROFILEPUSHNAME WHERE ZJID = ? ORDER BY Z_PK LIMIT 1',
    )
    return (jid: string) => statement.get(jid)?.name
  }

  #prepareMembers() {
    if (!this.#hasMembers()) return () => []
    const statement = this.#database.prepare(
      `SELECT ${this.#memberColumns()} FROM ZWAGROUPMEMBER g WHERE g.ZCHATSESSION = ? ORDER BY g.Z_PK LIMIT ${MOST_MEMBERS}`,
    )
    return (chat: number) => statement.all(chat)
  }

  #hasMembers(): boolean {
    return this.#columns.has('ZWAGROUPMEMBER', 'Z_PK', 'ZCHATSESSION', 'ZMEMBERJID')
  }

  /** What came in came to the device user: ZTOJID says their id, on the first and last rows that have one. */
  #owned(): Owner {
    this.#owner ??= new Owner(
      this.#columns.has('ZWAMESSAGE', 'ZTOJID')
        ? ['ASC', 'DESC'].flatMap((order) =>
            this.#database
              .all(
                `SELECT DISTINCT jid FROM (SELECT ZTOJID AS jid, ZISFROMME AS mine FROM ZWAMESSAGE
                 ORDER BY Z_PK ${order} LIMIT ${LOOKED_AT}) WHERE mine = 0 AND jid IS NOT NULL LIMIT 20`,
              )
              .map(({ jid }) => jid),
          )
        : [],
    )
    return this.#owner
  }
}
