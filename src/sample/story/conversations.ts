import { mobile } from './cast.ts'
import type { App, Conversation, Member, Person, System } from './types.ts'

type Spelling = 'e164' | 'national' | 'zeros' | 'jid' | 'lid' | 'email' | 'sender'

interface Plan {
  readonly id: string
  readonly with: readonly (readonly [person: string, spelling: Spelling])[]
  readonly service?: 'SMS' | 'MMS' | 'iMessage'
  readonly title?: string
}

const PLANS: readonly Plan[] = [
  { id: 'sms:ryan', with: [['ryan', 'e164']], service: 'iMessage' },
  // The same man by other spellings of his number and by e-mail: a filter by person must find them all.
  { id: 'sms:ryan-text', with: [['ryan', 'national']], service: 'SMS' },
  { id: 'sms:ryan-mail', with: [['ryan', 'email']], service: 'iMessage' },
  { id: 'sms:mum', with: [['mum', 'e164']], service: 'iMessage' },
  {
    id: 'sms:family',
    with: [
      ['mum', 'e164'],
      ['tom', 'e164'],
    ],
    service: 'iMessage',
    title: 'Whitlocks 🏡',
  },
  { id: 'sms:nain', with: [['nain', 'national']], service: 'SMS' },
  { id: 'sms:dan', with: [['dan', 'e164']], service: 'SMS' },
  { id: 'sms:simran', with: [['simran', 'e164']], service: 'iMessage' },
  { id: 'sms:teacher', with: [['teacher', 'national']], service: 'SMS' },
  { id: 'sms:clinic', with: [['clinic', 'sender']], service: 'SMS' },
  { id: 'sms:surgery', with: [['surgery', 'e164']], service: 'SMS' },
  { id: 'sms:solicitor', with: [['solicitor', 'zeros']], service: 'SMS' },
  { id: 'sms:journalist', with: [['journalist', 'e164']], service: 'iMessage' },
  { id: 'sms:garage', with: [['garage', 'national']], service: 'SMS' },
  { id: 'sms:bank', with: [['bank', 'sender']], service: 'SMS' },
  { id: 'sms:parcel', with: [['parcel', 'sender']], service: 'SMS' },
  { id: 'sms:unknown', with: [['unknown', 'e164']], service: 'SMS' },
  { id: 'sms:lost', with: [], service: 'SMS' },
  { id: 'wa:ryan', with: [['ryan', 'jid']] },
  { id: 'wa:mum', with: [['mum', 'jid']] },
  { id: 'wa:simran', with: [['simran', 'jid']] },
  { id: 'wa:kasia', with: [['kasia', 'jid']] },
  { id: 'wa:bilal', with: [['bilal', 'jid']] },
  { id: 'wa:mei', with: [['mei', 'lid']] },
  { id: 'wa:nain', with: [['nain', 'jid']] },
  { id: 'wa:beth', with: [['beth', 'jid']] },
  {
    id: 'wa:rota',
    with: [
      ['gareth', 'jid'],
      ['kasia', 'jid'],
      ['bilal', 'lid'],
      ['mei', 'lid'],
      ['owen', 'jid'],
    ],
    title: 'Kettle rota (NEW – use this one)',
  },
  {
    id: 'wa:school',
    with: [
      ['beth', 'jid'],
      ['aisha', 'lid'],
      ['dan', 'jid'],
    ],
    title: 'Kestrels Y2 parents 🦅',
  },
  {
    id: 'wa:girls',
    with: [
      ['simran', 'jid'],
      ['kasia', 'jid'],
    ],
    title: 'Thursday quiz',
  },
]

/** Every conversation on the phone: those of the core story, and one or two with each of the crowd. */
export function conversationsOf(people: readonly Person[], system: System): Conversation[] {
  const known = new Map(people.map((person) => [person.id, person]))
  const found = PLANS.filter((plan) => system === 'ios' || !plan.with.some(([, spelling]) => spelling === 'email')).map(
    (plan, at) => conversation(plan, at, known, system),
  )
  for (const [at, person] of people.filter(({ id }) => id.startsWith('crowd')).entries()) {
    const number = person.number ?? mobile(999)
    const service = system === 'ios' && at % 3 !== 0 ? ('iMessage' as const) : ('SMS' as const)
    const address = [number.e164, number.e164, number.national][at % 3] as string
    found.push({ id: `sms:${person.id}`, app: 'sms', members: [{ person: person.id, address }], group: false, service })
    found.push({
      id: `wa:${person.id}`,
      app: 'whatsapp',
      members: [{ person: person.id, address: number.jid }],
      group: false,
    })
  }
  return found
}

function conversation(plan: Plan, at: number, known: ReadonlyMap<string, Person>, system: System): Conversation {
  const app: App = plan.id.startsWith('wa:') ? 'whatsapp' : 'sms'
  const members = plan.with.map(([id, spelling]) => member(known.get(id) as Person, spelling))
  const group = members.length > 1
  const service = system === 'ios' ? plan.service : group ? 'MMS' : 'SMS'
  return {
    id: plan.id,
    app,
    members,
    group,
    ...(plan.title === undefined ? {} : { title: plan.title }),
    ...(app === 'whatsapp' && group ? { groupJid: `1203634${String(18_250_017_331 + at * 7_919)}@g.us` } : {}),
    ...(app === 'sms' && service !== undefined ? { service } : {}),
  }
}

function member(person: Person, spelling: Spelling): Member {
  const address =
    spelling === 'email'
      ? person.email
      : spelling === 'sender'
        ? person.sender
        : spelling === 'lid'
          ? `${person.lid}@lid`
          : person.number?.[spelling]
  if (address === undefined) throw new Error(`${person.id} has no ${spelling}`)
  return { person: person.id, address }
}
