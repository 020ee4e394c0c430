/**
 * Android's contacts: `contacts2.db` of com.android.providers.contacts. Knows raw contacts and the rows of `data` that name them.
 * Does not know which raw contacts the phone shows as one person, and reads no pictures.
 * Invariant: one row of `raw_contacts` is one record; what the user deleted and has yet to be synchronised is never read.
 */
import type { Contact } from '../../records/index.ts'
import { isDatabase } from '../android-private-file.ts'
import type { DatabaseArtefact } from '../artefact.ts'
import { has, lacking, selectList } from '../schema.ts'
import { ContactData } from './contact-data.ts'

const SCHEMA = {
  raw_contacts: ['_id', 'deleted'],
  data: ['_id', 'raw_contact_id', 'mimetype_id', 'data1', 'data2', 'data3', 'data4', 'data5', 'data6'],
  mimetypes: ['_id', 'mimetype'],
}

export const androidContacts: DatabaseArtefact = {
  type: 'database',
  id: 'android-contacts',
  title: 'Contacts',
  yields: [{ kind: 'contact', app: 'contacts' }],

  locates: (path) => isDatabase(path, 'contacts2.db'),

  recognises: (tables) => has(tables, 'raw_contacts', ...SCHEMA.raw_contacts) && has(tables, 'data', ...SCHEMA.data),

  describe(database) {
    const missing = lacking(database, SCHEMA)
    if (missing !== undefined) return { notRecognised: missing }
    const data = new ContactData(database)
    return [
      {
        kind: 'contact',
        table: 'raw_contacts',
        // Some indexes are ordered by collations (PHONEBOOK, LOCALIZED) that only Android has; even counting would choose them.
        from: 'raw_contacts r NOT INDEXED',
        key: 'r._id',
        never: [{ reason: 'deleted', where: 'r.deleted = 1' }],
        app: 'contacts',
        parties: [{ key: 'r._id', addresses: () => data.byContact() }],
        columns: `r._id AS id, ${selectList(database.tables, 'raw_contacts', 'r', ['display_name'])}`,

        read(row): Contact {
          const { name, organisation, addresses, note } = data.of(row.id)
          const shown =
            name ?? (typeof row.display_name === 'string' && row.display_name !== '' ? row.display_name : undefined)
          return {
            kind: 'contact',
            app: 'contacts',
            ...(shown === undefined ? {} : { name: shown }),
            ...(organisation === undefined ? {} : { organisation }),
            addresses,
            ...(note === undefined ? {} : { note }),
            attachments: [],
          }
        },
      },
    ]
  },
}
