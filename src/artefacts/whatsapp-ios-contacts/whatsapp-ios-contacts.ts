import type { SqliteReader } from '../../acquisition/index.ts'
import type { Contact } from '../../records/index.ts'
import type { DatabaseArtefact, ReadContext, RecordTable } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { Oddities } from '../oddities.ts'
import { Columns, holds } from '../whatsapp/columns.ts'
import { textOf } from '../whatsapp/values.ts'

const TABLE = 'ZWAADDRESSBOOKCONTACT'
const WANTED = { [TABLE]: ['Z_PK', 'ZFULLNAME', 'ZWHATSAPPID'] }

/** WhatsApp's copy of the address book on iOS: `ContactsV2.sqlite` in the app's group folder. */
export const whatsappIosContacts: DatabaseArtefact = {
  type: 'database',
  id: 'whatsapp-ios-contacts',
  title: 'WhatsApp contacts (iOS)',
  yields: [{ kind: 'contact', app: 'whatsapp' }],
  locates: (path) =>
    isNamed(path, 'ContactsV2.sqlite') &&
    /(^|\/)(AppGroup\/[^/]+|AppDomainGroup-group\.net\.whatsapp\.[^/]+)\/[^/]+$|^[^/]+$/.test(path),
  recognises: (tables) => holds(tables, TABLE, ...WANTED[TABLE]),
  describe(database: SqliteReader, context: ReadContext): RecordTable[] | { readonly notRecognised: string } {
    const columns = new Columns(database)
    const notRecognised = columns.lacking(WANTED)
    if (notRecognised !== undefined) return { notRecognised }
    const oddities = new Oddities(context)
    database.define(TEXT, (value) => decoded(value, oddities))
    return [contactTable(columns)]
  },
}

const TEXT = 'peel_whatsapp_contact_text'
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Newer versions write text as bytes; bytes that are no text are told of, since nothing of them can be matched. */
function decoded(value: unknown, oddities: Oddities): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  if (!(value instanceof Uint8Array) || value.length === 0) return null
  try {
    const text = UTF_8.decode(value)
    if (!text.includes('\0')) return text
  } catch {
    // Told of below, like what decodes and still is no text.
  }
  oddities.once(TABLE, 'bytes that are no text where text stands')
  return null
}

function contactTable(columns: Columns): RecordTable {
  const text = (column: string) => {
    const sql = columns.of(TABLE, 'k', column)
    return sql === 'NULL' ? sql : `${TEXT}(${sql})`
  }
  const phone = text('ZPHONENUMBER')
  // Newer versions write the bare number or pseudonym; written whole it is the id that messages and calls have.
  const whatsapp = whole(text('ZWHATSAPPID'), 's.whatsapp.net')
  const lid = whole(text('ZLID'), 'lid')
  return {
    kind: 'contact',
    table: TABLE,
    from: `${TABLE} k`,
    key: 'k.Z_PK',
    app: 'whatsapp',
    parties: [{ address: phone }, { address: whatsapp }, { address: lid }],
    columns: `${text('ZFULLNAME')} AS name, ${text('ZGIVENNAME')} AS given, ${text('ZBUSINESSNAME')} AS business,
      ${phone} AS phone, ${text('ZPHONENUMBERLABEL')} AS label, ${whatsapp} AS whatsapp, ${lid} AS lid,
      ${text('ZABOUTTEXT')} AS about`,
    read: readContact,
  }
}

function whole(sql: string, server: string): string {
  return sql === 'NULL' ? sql : `CASE WHEN ${sql} NOT GLOB '*[^0-9]*' THEN ${sql} || '@${server}' ELSE ${sql} END`
}

function readContact(row: Readonly<Record<string, unknown>>): Contact {
  const name = textOf(row.name) ?? textOf(row.given)
  const organisation = textOf(row.business)
  const note = textOf(row.about)
  const phone = textOf(row.phone)
  const label = textOf(row.label)?.replace(/^_\$!<(.*)>!\$_$/s, '$1')
  const ids = [textOf(row.whatsapp), textOf(row.lid)].filter((id) => id !== undefined)
  return {
    kind: 'contact',
    app: 'whatsapp',
    ...(name !== undefined && { name }),
    ...(organisation !== undefined && { organisation }),
    addresses: [
      ...(phone === undefined ? [] : [{ address: phone, type: 'phone', ...(label !== undefined && { label }) }]),
      ...ids.map((address) => ({ address, type: 'whatsapp' })),
    ],
    ...(note !== undefined && { note }),
    attachments: [],
  }
}
