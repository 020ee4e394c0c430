import type { SqliteReader } from '../../acquisition/index.ts'
import type { Contact } from '../../records/index.ts'
import { ChildRows } from '../child-rows.ts'

type Address = Contact['addresses'][number]
type Details = Pick<Contact, 'name' | 'organisation' | 'addresses' | 'note'>
type Row = Record<'mimetype_id' | 'data1' | 'data2' | 'data3' | 'data4' | 'data5' | 'data6', unknown> &
  Record<string, never>

const ITEM = 'vnd.android.cursor.item/'

/** Mimetypes whose `data1` is an address, and the type under which a record lists it. */
const ADDRESS_TYPES: Readonly<Record<string, string>> = {
  phone_v2: 'phone',
  email_v2: 'email',
  im: 'im',
  sip_address: 'sip',
  'vnd.com.whatsapp.profile': 'whatsapp',
}

/** ContactsContract.CommonDataKinds: `data2` says the kind; 0 is "custom", and then `data3` holds the user's own word. */
const LABELS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  phone: {
    1: 'home',
    2: 'mobile',
    3: 'work',
    4: 'fax work',
    5: 'fax home',
    6: 'pager',
    7: 'other',
    8: 'callback',
    9: 'car',
    10: 'company main',
    11: 'isdn',
    12: 'main',
    13: 'other fax',
    14: 'radio',
    15: 'telex',
    16: 'tty tdd',
    17: 'work mobile',
    18: 'work pager',
    19: 'assistant',
    20: 'mms',
  },
  email: { 1: 'home', 2: 'work', 3: 'other', 4: 'mobile' },
  im: { 1: 'home', 2: 'work', 3: 'other' },
  sip: { 1: 'home', 2: 'work', 3: 'other' },
}

/** Im.PROTOCOL_* in `data5`; -1 is "custom", named in `data6`. */
const PROTOCOLS: readonly string[] = [
  'aim',
  'msn',
  'yahoo',
  'skype',
  'qq',
  'google talk',
  'icq',
  'jabber',
  'netmeeting',
]

/** What the rows of `data` say of each contact. */
export class ContactData {
  readonly #database: SqliteReader
  readonly #rows: ChildRows<Row>
  #mimetypes: ReadonlyMap<unknown, string> | undefined

  constructor(database: SqliteReader) {
    this.#database = database
    const columns = 'mimetype_id, data1, data2, data3, data4, data5, data6'
    this.#rows = new ChildRows(database, 'data', 'raw_contact_id', columns, '_id')
  }

  of(contact: unknown): Details {
    let name: string | undefined
    let organisation: string | undefined
    const nicknames: string[] = []
    const notes: string[] = []
    const addresses: Address[] = []
    for (const row of this.#rows.of(contact)) {
      const type = this.#type(row.mimetype_id)
      const value = text(row.data1)
      if (type === undefined) continue
      if (type === 'name') name ??= value ?? joined(row.data2, row.data3)
      else if (type === 'organization') organisation ??= value ?? text(row.data4)
      else if (value === undefined) continue
      else if (type === 'nickname') nicknames.push(value)
      else if (type === 'note') notes.push(value)
      else if (Object.hasOwn(ADDRESS_TYPES, type)) addresses.push(address(ADDRESS_TYPES[type] as string, value, row))
    }
    name ??= nicknames.shift()
    const note = [...nicknames.map((nickname) => `Nickname: ${nickname}`), ...notes].join('\n')
    return {
      ...(name === undefined ? {} : { name }),
      ...(organisation === undefined ? {} : { organisation }),
      addresses,
      ...(note === '' ? {} : { note }),
    }
  }

  /** Every contact's addresses, by `raw_contacts._id`. */
  byContact(): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, string[]>()
    const wanted = [...this.#types()].filter(([, type]) => Object.hasOwn(ADDRESS_TYPES, type)).map(([id]) => Number(id))
    const rows = this.#database.iterate<{ contact: number; address: string }>(
      `SELECT raw_contact_id AS contact, data1 AS address FROM data NOT INDEXED
       WHERE mimetype_id IN (${wanted.join(',')}) AND typeof(data1) = 'text' AND data1 <> ''`,
    )
    for (const { contact, address } of rows) {
      const list = found.get(contact)
      if (list === undefined) found.set(contact, [address])
      else list.push(address)
    }
    return found
  }

  #type(mimetype: unknown): string | undefined {
    return this.#types().get(mimetype)
  }

  #types(): ReadonlyMap<unknown, string> {
    this.#mimetypes ??= new Map(
      this.#database
        .all('SELECT _id, mimetype FROM mimetypes')
        .flatMap(({ _id, mimetype }) =>
          typeof mimetype === 'string' && mimetype.startsWith(ITEM)
            ? [[_id, mimetype.slice(ITEM.length)] as const]
            : [],
        ),
    )
    return this.#mimetypes
  }
}

function address(type: string, value: string, row: Row): Address {
  const kind = Number(row.data2)
  const own = type === 'im' && row.data5 !== null ? protocol(row) : undefined
  const label = own ?? (kind === 0 ? text(row.data3) : LABELS[type]?.[kind])
  return label === undefined ? { address: value, type } : { address: value, type, label }
}

function protocol(row: Row): string | undefined {
  return Number(row.data5) === -1 ? text(row.data6) : PROTOCOLS[Number(row.data5)]
}

function joined(...values: unknown[]): string | undefined {
  return text(values.filter((value) => text(value) !== undefined).join(' '))
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
