import type { SqliteReader, SqlValue } from '../../acquisition/index.ts'
import { type Party, person } from '../../records/index.ts'
import { ChildRows } from '../child-rows.ts'
import { has } from '../schema.ts'

/**
 * Who took part in calls of several (iOS 13 on): `ZHANDLE` and the table between. Core Data names that table and its columns
 * after the numbers of the entities, which differ by version: `Z_2REMOTEPARTICIPANTHANDLES` with `Z_2REMOTEPARTICIPANTCALLS`
 * and `Z_4REMOTEPARTICIPANTHANDLES` in those seen.
 */
export class Participants {
  readonly #database: SqliteReader
  readonly #link: { readonly table: string; readonly call: string; readonly handle: string } | undefined
  #handles: Map<number, Party> | undefined
  #ofCall: ChildRows<{ handle: SqlValue }> | undefined

  constructor(database: SqliteReader) {
    this.#database = database
    this.#link = linkOf(database.tables)
  }

  /** Everybody on the other side of a call, each once, its own address first. */
  of(call: number, address: string | undefined): Party[] {
    const everybody: Party[] = address === undefined ? [] : [{ address }]
    const parties = this.#handlesOf(call).flatMap((handle) => this.handle(handle) ?? [])
    // Of a call with one other, the record's own address and the handle are two spellings of that one.
    if (address !== undefined && parties.length === 1) return [withSpellings(address, parties[0] as Party)]
    for (const party of parties) {
      const known = everybody.findIndex((other) => person(other.address) === person(party.address))
      if (known === -1) everybody.push(party)
      else if (party.also !== undefined) everybody[known] = { ...(everybody[known] as Party), also: party.also }
    }
    return everybody
  }

  handle(key: unknown): Party | undefined {
    return typeof key === 'number' ? this.#allHandles().get(key) : undefined
  }

  /** `Z_PK` of a call → the addresses of its participants. */
  addresses(): ReadonlyMap<number, readonly string[]> {
    const addresses = new Map<number, string[]>()
    if (this.#link === undefined) return addresses
    const { table, call, handle } = this.#link
    for (const row of this.#database.iterate(`SELECT "${call}" AS call, "${handle}" AS handle FROM "${table}"`)) {
      const party = this.handle(row.handle)
      if (typeof row.call !== 'number' || party === undefined) continue
      const spellings = [party.address, ...(party.also ?? [])]
      const known = addresses.get(row.call)
      if (known === undefined) addresses.set(row.call, spellings)
      else known.push(...spellings)
    }
    return addresses
  }

  #handlesOf(call: number): SqlValue[] {
    if (this.#link === undefined) return []
    const { table, call: parent, handle } = this.#link
    this.#ofCall ??= new ChildRows(this.#database, table, parent, `${handle} AS handle`, `${handle}, rowid`)
    return this.#ofCall.of(call).map((row) => row.handle)
  }

  #allHandles(): Map<number, Party> {
    if (this.#handles !== undefined) return this.#handles
    const handles = new Map<number, Party>()
    const normal = has(this.#database.tables, 'ZHANDLE', 'znormalizedvalue') ? 'ZNORMALIZEDVALUE' : 'NULL'
    for (const row of this.#database.iterate(
      `SELECT Z_PK AS key, CAST(ZVALUE AS TEXT) AS value, CAST(${normal} AS TEXT) AS normal FROM ZHANDLE`,
    )) {
      const party = partyOf(row.value, row.normal)
      if (typeof row.key === 'number' && party !== undefined) handles.set(row.key, party)
    }
    this.#handles = handles
    return handles
  }
}

function withSpellings(address: string, party: Party): Party {
  const also = [party.address, ...(party.also ?? [])].filter((other) => person(other) !== person(address))
  return also.length === 0 ? { address } : { address, also }
}

function partyOf(value: unknown, normal: unknown): Party | undefined {
  const [address, other] = [value, normal].filter((text) => typeof text === 'string' && text !== '') as string[]
  if (address === undefined) return undefined
  return other === undefined || person(other) === person(address) ? { address } : { address, also: [other] }
}

function linkOf(tables: SqliteReader['tables']) {
  if (!has(tables, 'ZHANDLE', 'z_pk', 'zvalue')) return undefined
  for (const [table, columns] of tables) {
    if (!/^Z_\d{1,3}REMOTEPARTICIPANTHANDLES$/i.test(table)) continue
    const names = [...columns]
    const handle = names.find((name) => /^z_\d{1,3}remoteparticipanthandles$/.test(name))
    const call = names.find((name) => /^z_\d{1,3}(remoteparticipantcalls|callrecords?)$/.test(name))
    if (handle !== undefined && call !== undefined) return { table, call, handle }
  }
  return undefined
}
