import type { SqliteReader } from '../../acquisition/index.ts'
import type { Contact } from '../../records/index.ts'
import type { DatabaseArtefact, RecordTable } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { Columns, holds } from '../whatsapp/columns.ts'
import { textOf } from '../whatsapp/values.ts'

const TABLE = 'wa_contacts'
const WANTED = { [TABLE]: ['_id', 'jid', 'display_name'] }

/** WhatsApp's contacts on Android: `wa.db`, of WhatsApp and of WhatsApp Business. */
export const whatsappAndroidContacts: DatabaseArtefact = {
  type: 'database',
  id: 'whatsapp-android-contacts',
  title: 'WhatsApp contacts (Android)',
  yields: [{ kind: 'contact', app: 'whatsapp' }],
  locates: (path) => isNamed(path, 'wa.db') && /(^|\/)com\.whatsapp(\.w4b)?\/(databases|db)\/[^/]+$|^[^/]+$/.test(path),
  recognises: (tables) => holds(tables, TABLE, ...WANTED[TABLE]),
  describe(database: SqliteReader): RecordTable[] | { readonly notRecognised: string } {
    const columns = new Columns(database)
    const notRecognised = columns.lacking(WANTED)
    return notRecognised === undefined ? [contactTable(columns)] : { notRecognised }
  },
}

function contactTable(columns: Columns): RecordTable {
  const text = (column: string) => columns.text(TABLE, 'k', column)
  return {
    kind: 'contact',
    table: TABLE,
    from: `${TABLE} k`,
    key: 'k._id',
    app: 'whatsapp',
    parties: [{ address: text('number') }, { address: text('jid') }],
    columns: `${text('display_name')} AS display, ${text('given_name')} AS given, ${text('family_name')} AS family,
      ${text('wa_name')} AS own, ${text('company')} AS company, ${text('number')} AS number, ${text('jid')} AS jid,
      ${text('status')} AS about`,
    read: readContact,
  }
}

function readContact(row: Readonly<Record<string, unknown>>): Contact {
  const given = [textOf(row.given), textOf(row.family)].filter((part) => part !== undefined).join(' ')
  // The address book's name before the one that people gave themselves.
  const name = textOf(row.display) ?? textOf(given) ?? textOf(row.own)
  const organisation = textOf(row.company)
  const note = textOf(row.about)
  const number = textOf(row.number)
  const jid = textOf(row.jid)
  return {
    kind: 'contact',
    app: 'whatsapp',
    ...(name !== undefined && { name }),
    ...(organisation !== undefined && { organisation }),
    addresses: [
      ...(number === undefined ? [] : [{ address: number, type: 'phone' }]),
      ...(jid === undefined ? [] : [{ address: jid, type: 'whatsapp' }]),
    ],
    ...(note !== undefined && { note }),
    attachments: [],
  }
}
