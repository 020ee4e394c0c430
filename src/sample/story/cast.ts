import type { Owner, Person, Spellings, StoryContact } from './types.ts'

/** The ways in which phones write one mobile number of Ofcom's drama range, 07700 900000 to 900999. */
export function mobile(last: number): Spellings {
  return spellings(`7700900${String(last).padStart(3, '0')}`, (n) => `0${n.slice(0, 4)} ${n.slice(4)}`)
}

/** The ways in which phones write one London number of Ofcom's drama range, 020 7946 0000 to 0999. */
export function london(last: number): Spellings {
  return spellings(`2079460${String(last).padStart(3, '0')}`, (n) => `0${n.slice(0, 2)} ${n.slice(2, 6)} ${n.slice(6)}`)
}

function spellings(national: string, spaced: (national: string) => string): Spellings {
  return {
    e164: `+44${national}`,
    national: `0${national}`,
    zeros: `0044${national}`,
    spaced: spaced(national),
    jid: `44${national}@s.whatsapp.net`,
  }
}

export const OWNER: Owner = { name: 'Hannah Whitlock', number: mobile(101), email: 'hannah.whitlock@example.org' }

/** Everybody in the core story. Nobody here exists; the numbers cannot ring. */
export const CAST: readonly Person[] = [
  { id: 'ryan', name: 'Ryan Calder', push: 'Ryan C 💪', number: mobile(123), email: 'ryan.calder@example.com' },
  { id: 'mum', name: 'Mum', push: 'Carol', number: mobile(210), email: 'carol.whitlock@example.org' },
  { id: 'tom', name: 'Tom', push: 'Tom W', number: mobile(211) },
  { id: 'nain', name: 'Nain', push: 'Eirlys', number: mobile(212) },
  { id: 'dan', name: 'Dan (Isla)', push: 'Dan Mercer', number: mobile(230), email: 'dan.mercer@example.com' },
  { id: 'simran', name: 'Simran Gill', push: 'Sim ✨', number: mobile(301), email: 'simran@example.org' },
  { id: 'kasia', name: 'Kasia Nowak', push: 'Kasia', number: mobile(302) },
  { id: 'bilal', name: 'Bilal Kettle', push: 'بلال احمد', number: mobile(303), lid: '182736455001928' },
  { id: 'mei', name: 'Mei', push: '陈美', number: mobile(304), lid: '190022837465510' },
  { id: 'gareth', name: 'Gareth (boss)', push: 'Gareth Pryce', organisation: 'The Copper Kettle', number: mobile(305) },
  { id: 'owen', name: 'Owen Pryce', push: 'Owen', number: mobile(306) },
  { id: 'aisha', name: 'Aisha, Noor’s mum', push: 'Aisha K', number: mobile(401), lid: '201199283746550' },
  { id: 'beth', name: 'Beth (Alfie’s mum)', push: 'Beth 🌻', number: mobile(402) },
  { id: 'teacher', name: 'Miss Lacey', push: 'J Lacey', organisation: 'St Anne’s Primary School', number: london(144) },
  { id: 'surgery', organisation: 'Millbrook Surgery', name: 'Millbrook Surgery', number: london(210) },
  {
    id: 'solicitor',
    name: 'Anand Desai',
    organisation: 'Desai Marsh Solicitors',
    number: london(321),
    email: 'a.desai@example.com',
  },
  {
    id: 'journalist',
    name: 'Rosa Lindqvist',
    organisation: 'Hallowick Courier',
    number: mobile(778),
    email: 'rosa@example.org',
  },
  { id: 'unknown', push: '.', number: mobile(666) },
  { id: 'garage', name: 'Lockside Garage', number: london(512) },
  { id: 'bank', sender: '66777' },
  { id: 'parcel', sender: 'SwiftParcel' },
  { id: 'clinic', sender: 'MillbrookGP' },
]

/** People of the bulk: named here once, each with a number of the drama range that nobody of the cast has. */
export function crowd(size: number): Person[] {
  const people: Person[] = []
  for (let at = 0; at < size; at++) {
    const first = FIRST[at % FIRST.length] as string
    const last = LAST[(at * 7 + Math.floor(at / FIRST.length)) % LAST.length] as string
    people.push({ id: `crowd${at}`, name: `${first} ${last}`, push: first, number: mobile(800 + at) })
  }
  return people
}

const FIRST = [
  'Amelia',
  'Joe',
  'Marta',
  'Callum',
  'Fatima',
  'Sian',
  'Harpreet',
  'Luke',
  'Ewa',
  'Nathan',
  'Zainab',
  'Rhys',
  'Lin',
  'Oliver',
  'Jaspal',
  'Megan',
  'Piotr',
  'Grace',
  'Yusuf',
  'Holly',
  'Wei',
  'Dylan',
  'Manjit',
  'Chloe',
]
const LAST = [
  'Barrow',
  'Okafor',
  'Wiśniewska',
  'Tanner',
  'Rahman',
  'Bevan',
  'Sandhu',
  'Fairley',
  'Zielińska',
  'Cope',
  'Malik',
  'Parry',
  'Zhao',
  'Hartnell',
  'Bains',
  'Lloyd',
  'Kowalczyk',
  'Underhill',
  'Aziz',
  'Prentice',
  'Liu',
  'Vaughan',
]

const NOTES: Record<string, string> = {
  garage: 'Service due June. Ask for Pete.',
  surgery: 'Reception opens at eight',
  solicitor: 'Reference HW/26/0417',
}

/** The address book of the device user. Some numbers as `+44…`, some as they were typed. */
export function addressBook(people: readonly Person[], photo: (person: string) => string | undefined): StoryContact[] {
  const contacts: StoryContact[] = []
  for (const [at, person] of people.entries()) {
    if (person.name === undefined || !person.number) continue
    const whole = person.name === person.organisation
    const [first, ...rest] = person.name.split(' ')
    const written = [person.number.e164, person.number.spaced, person.number.national, person.number.zeros][
      at % 4
    ] as string
    const image = photo(person.id)
    const company = person.number.e164.startsWith('+4420')
    contacts.push({
      person: person.id,
      ...(whole ? {} : { first: first as string }),
      ...(whole || rest.length === 0 ? {} : { last: rest.join(' ') }),
      ...(person.organisation === undefined ? {} : { organisation: person.organisation }),
      addresses: [
        { address: written, type: 'phone', label: company ? 'work' : 'mobile' },
        ...(person.email === undefined
          ? []
          : [{ address: person.email, type: 'email' as const, label: 'home' as const }]),
      ],
      ...(NOTES[person.id] === undefined ? {} : { note: NOTES[person.id] as string }),
      ...(image === undefined ? {} : { photo: image }),
      ...(company
        ? {}
        : {
            whatsapp: { jid: person.number.jid, ...(at % 3 === 0 ? { about: 'Hey there! I am using WhatsApp.' } : {}) },
          }),
      ...(person.id === 'journalist' ? { walOnly: true as const } : {}),
    })
  }
  return contacts
}
