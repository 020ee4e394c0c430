import type { SqliteReader, SqlValue } from '../../acquisition/index.ts'
import type { Contact } from '../../records/index.ts'
import { ChildRows } from '../child-rows.ts'
import { has } from '../schema.ts'

type Address = Contact['addresses'][number]

/** `ABMultiValue.property` by what it holds. Postal addresses (5), dates (12), pages (22) and relatives (23) reach nobody. */
const TYPES = new Map<unknown, string>([
  [3, 'phone'],
  [4, 'email'],
  [13, 'im'],
  [46, 'social'],
])

/** Keys of `ABMultiValueEntry` under which an account may be named, best first. */
const ACCOUNT_KEYS = ['username', 'userIdentifier', 'url']

/** The addresses of contacts. */
export class Addresses {
  readonly #database: SqliteReader
  readonly #ofPerson: ChildRows<ValueRow>
  readonly #entries: ChildRows<{ key: SqlValue; value: SqlValue }> | undefined
  #labels: ReadonlyMap<unknown, string> | undefined
  #keys: ReadonlyMap<unknown, string> | undefined

  constructor(database: SqliteReader) {
    this.#database = database
    this.#ofPerson = new ChildRows(
      database,
      'ABMultiValue',
      'record_id',
      `UID AS uid, property, label, ${textSql('value')} AS value`,
      has(database.tables, 'ABMultiValue', 'identifier') ? 'property, identifier, UID' : 'property, UID',
    )
    if (has(database.tables, 'ABMultiValueEntry', 'parent_id', 'key', 'value'))
      this.#entries = new ChildRows(
        database,
        'ABMultiValueEntry',
        'parent_id',
        `key, ${textSql('value')} AS value`,
        'key, rowid',
      )
  }

  /** By ROWID of `ABPerson`: telephone numbers, e-mail addresses, then accounts, each in the contact's own order. */
  of(person: unknown): Address[] {
    return this.#ofPerson.of(person).flatMap((row) => this.#address(row))
  }

  /** ROWID of `ABPerson` → every address of the contact. */
  all(): ReadonlyMap<number, readonly string[]> {
    const all = new Map<number, string[]>()
    for (const row of this.#database.iterate<ValueRow & { person: SqlValue }>(
      `SELECT record_id AS person, UID AS uid, property, label, ${textSql('value')} AS value FROM ABMultiValue`,
    )) {
      if (typeof row.person !== 'number') continue
      for (const { address } of this.#address(row)) {
        const known = all.get(row.person)
        if (known === undefined) all.set(row.person, [address])
        else known.push(address)
      }
    }
    return all
  }

  #address({ uid, property, label, value }: ValueRow): Address[] {
    const type = TYPES.get(property)
    if (type === undefined) return []
    const account = isText(value) ? { address: value } : this.#account(uid)
    if (account.address === undefined) return []
    const named = account.service ?? this.#label(label)
    return [{ address: account.address, type, ...(named !== undefined && { label: named }) }]
  }

  /** Accounts are kept as entries: `username`, `service`, `url` … */
  #account(uid: SqlValue): { address?: string; service?: string } {
    const found = new Map<string, string>()
    for (const { key, value } of this.#entries?.of(uid) ?? []) {
      const name = this.#key(key)
      if (name !== undefined && isText(value)) found.set(name, value)
    }
    const key = ACCOUNT_KEYS.find((name) => found.has(name))
    return { address: key && found.get(key), service: found.get('service') }
  }

  #label(key: SqlValue): string | undefined {
    this.#labels ??= this.#names('ABMultiValueLabel')
    return this.#labels.get(key)
  }

  #key(key: SqlValue): string | undefined {
    this.#keys ??= this.#names('ABMultiValueEntryKey')
    return this.#keys.get(key)
  }

  /** The system's own labels stand in `_$!<…>!$_`; the user's are as typed. */
  #names(table: string): ReadonlyMap<unknown, string> {
    const names = new Map<unknown, string>()
    if (!has(this.#database.tables, table, 'value')) return names
    for (const { key, value } of this.#database.iterate(
      `SELECT rowid AS key, ${textSql('value')} AS value FROM ${table}`,
    ))
      if (isText(value)) names.set(key, value.replace(/^_\$!<(.*)>!\$_$/s, '$1'))
    return names
  }
}

interface ValueRow {
  readonly [column: string]: SqlValue
  readonly uid: SqlValue
  readonly property: SqlValue
  readonly label: SqlValue
  readonly value: SqlValue
}

function textSql(column: string): string {
  return `CAST(${column} AS TEXT)`
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
