import type { Contact, PeelRecord } from '../../records/index.ts'
import { type Block, heading, type Line, phone, type Span } from '../document.ts'
import type { Material } from '../material.ts'
import { appName } from '../people.ts'
import { clausesOf, placeOf } from '../provenance.ts'
import { kindTitle, number } from '../words.ts'

/** Addresses of one contact that are shown. */
const ADDRESSES_AT_MOST = 50
/** Characters of one note that are shown. */
const NOTE_AT_MOST = 2000

/** The contacts. */
export function contactsSection(material: Material): Block[] {
  const contacts = (material.gathered.shown.get('contact') ?? []) as readonly (PeelRecord & Contact)[]
  return [
    heading(3, kindTitle('contact')),
    {
      type: 'table',
      caption: `Contacts: ${number(contacts.length)}`,
      columns: [
        { title: 'Name', share: 2 },
        { title: 'How they can be reached', share: 4 },
        { title: 'App', share: 1.2 },
        { title: 'Where it stood', share: 2.6 },
      ],
      rows: contacts.map((contact): Line[] => [
        nameOf(contact),
        reached(contact),
        appName(contact.app),
        [...placeOf(contact, material), `; ${clausesOf(contact)}`],
      ]),
      ids: contacts.map(({ id }) => `r-${id}`),
    },
  ]
}

function nameOf({ name, organisation }: Contact): Line {
  const parts = [name, organisation].filter((part) => part !== undefined && part.trim() !== '') as string[]
  return parts.length === 0 ? 'no name' : parts.flatMap((part, at) => [...(at > 0 ? [', '] : []), phone(part)])
}

function reached({ addresses, note }: Contact): Span[] {
  const spans: Span[] = addresses
    .slice(0, ADDRESSES_AT_MOST)
    .flatMap(({ address, label, type }, at) => [...(at > 0 ? ['\n'] : []), phone(label ?? type), ': ', phone(address)])
  if (addresses.length === 0) spans.push('no address')
  if (addresses.length > ADDRESSES_AT_MOST) spans.push(`\nand ${number(addresses.length - ADDRESSES_AT_MOST)} more`)
  if (note !== undefined && note !== '') {
    spans.push('\nNote: ', phone(note.slice(0, NOTE_AT_MOST)))
    if (note.length > NOTE_AT_MOST) spans.push(` (${number(note.length - NOTE_AT_MOST)} more characters are not shown)`)
  }
  return spans
}
