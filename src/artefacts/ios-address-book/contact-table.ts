import type { SqliteReader } from '../../acquisition/index.ts'
import type { Contact } from '../../records/index.ts'
import type { RecordTable } from '../artefact.ts'
import { has } from '../schema.ts'
import { Addresses } from './addresses.ts'

/** What makes up a name, in the order in which it is written. */
const NAME = ['prefix', 'first', 'middle', 'last', 'suffix']
const OTHER = ['nickname', 'displayname', 'organization', 'note']

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type ContactRow = Readonly<Record<string, unknown>>

/** Describes `ABPerson` of a database that has the essential columns. */
export function contactTable(database: SqliteReader): RecordTable {
  const addresses = new Addresses(database)
  const columns = [...NAME, ...OTHER].filter((name) => has(database.tables, 'ABPerson', name))
  return {
    kind: 'contact',
    table: 'ABPerson',
    from: 'ABPerson p',
    key: 'p.ROWID',
    app: 'contacts',
    parties: [{ key: 'p.ROWID', addresses: () => addresses.all() }],
    columns: ['p.ROWID AS id', ...columns.map((name) => `CAST(p.${name} AS TEXT) AS ${name}`)].join(', '),
    read: (row) => readContact(row, addresses),
  }
}

function readContact(row: ContactRow, addresses: Addresses): Contact {
  const contact: Writable<Contact> = {
    kind: 'contact',
    app: 'contacts',
    addresses: addresses.of(row.id),
    attachments: [],
  }
  const whole = NAME.map((part) => textOf(row[part]))
    .filter((part) => part !== undefined)
    .join(' ')
  const name = textOf(whole) ?? textOf(row.nickname) ?? textOf(row.displayname)
  if (name !== undefined) contact.name = name
  const organisation = textOf(row.organization)
  if (organisation !== undefined) contact.organisation = organisation
  const note = textOf(row.note)
  if (note !== undefined) contact.note = note
  return contact
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
