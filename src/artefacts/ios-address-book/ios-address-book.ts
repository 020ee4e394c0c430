/**
 * Contacts on iOS: `AddressBook.sqlitedb`, tables `ABPerson` and `ABMultiValue`.
 * Knows the names of a contact and every address by which it can be reached. Does not know contact pictures (another file,
 * never opened), groups, or the full-text and sort tables, which repeat the same content.
 * Invariant: one row of `ABPerson` is one record; a contact has no time.
 */
import type { DatabaseArtefact } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { has, lacking } from '../schema.ts'
import { contactTable } from './contact-table.ts'

/** SHA-1 of `HomeDomain-Library/AddressBook/AddressBook.sqlitedb`. */
const BLOB = '31bb7ba8914766d4ba40d6dfb6113c8b614be442'
const ESSENTIAL = {
  ABPerson: ['first', 'last', 'organization'],
  ABMultiValue: ['uid', 'record_id', 'property', 'label', 'value'],
}

export const iosAddressBook: DatabaseArtefact = {
  type: 'database',
  id: 'ios-address-book',
  title: 'Contacts',
  yields: [{ kind: 'contact', app: 'contacts' }],
  locates: (path) => isNamed(path, 'AddressBook.sqlitedb', BLOB),
  recognises: (tables) => Object.entries(ESSENTIAL).every(([table, columns]) => has(tables, table, ...columns)),
  describe(database) {
    const missing = lacking(database, ESSENTIAL)
    return missing === undefined ? [contactTable(database)] : { notRecognised: missing }
  },
}
