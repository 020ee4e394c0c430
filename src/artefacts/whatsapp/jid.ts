import { person } from '../../records/index.ts'
import type { Party } from '../../records/index.ts'

/**
 * What the WhatsApp artefacts of both systems share: who is behind an id (a JID), and how a row names its people. Knows no
 * table. Its one invariant: the people that SQL finds in a row are those that the row's record names.
 */

/** Somebody behind a WhatsApp id: the spelling to show, and every other that the same file states. */
export interface Person {
  readonly address: string
  readonly also: readonly string[]
  readonly name?: string
}

/** Servers behind which no single person stands: groups, broadcast lists, statuses of everybody, calls by link. */
const NOBODY = new Set(['g.us', 'broadcast', 'call', 'temp', 'status_me', 'lid_me'])

/** Longer than any id that WhatsApp makes; what exceeds it is kept in the record's thread, but is nobody. */
const LONGEST = 200

/**
 * Reads an id as a person. `447700900123@status` (where iOS keeps somebody's status) and `…:12@lid` (one of their devices)
 * also stand for the person without the trimming. Undefined for groups, broadcasts, the phone's own blank entry and the rest.
 */
export function personOf(jid: unknown, name?: unknown): Person | undefined {
  if (typeof jid !== 'string' || jid.length > LONGEST) return undefined
  const at = jid.lastIndexOf('@')
  if (at === -1) return /^\+?\d{5,20}$/.test(jid) ? named(jid, [], name) : undefined
  const user = jid.slice(0, at)
  const server = jid.slice(at + 1).toLowerCase()
  if (user === '' || server === '' || NOBODY.has(server)) return undefined
  if (server === 'status') return named(jid, [`${user}@s.whatsapp.net`], name)
  const device = server === 'lid' ? user.search(/[:.]/) : -1
  return named(jid, device > 0 ? [`${user.slice(0, device)}@lid`] : [], name)
}

function named(address: string, also: readonly string[], name: unknown): Person {
  return typeof name === 'string' && name !== '' ? { address, also, name } : { address, also }
}

/** Every spelling of a person. */
export function spellings(someone: Person): readonly string[] {
  return someone.also.length === 0 ? [someone.address] : [someone.address, ...someone.also]
}

/** One person under several ids, shown by the first and named by the first name. Undefined where there is nobody. */
export function oneOf(...ids: readonly (Person | undefined)[]): Person | undefined {
  const known = ids.filter((id) => id !== undefined)
  const [first] = known
  if (first === undefined || known.length === 1) return first
  const also = [...new Set(known.flatMap(spellings))].filter((address) => address !== first.address)
  const name = known.find((id) => id.name !== undefined)?.name
  return name === undefined ? { address: first.address, also } : { address: first.address, also, name }
}

/** The device user, as far as the file says who that is: never a party. */
export class Owner {
  readonly #people: ReadonlySet<string>

  constructor(jids: Iterable<unknown>) {
    const people = new Set<string>()
    for (const jid of jids) {
      const someone = personOf(jid)
      if (someone !== undefined) for (const address of spellings(someone)) people.add(person(address))
    }
    // A phone has one user, under a number and a pseudonym and perhaps a number before that. More is not an answer.
    this.#people = people.size > 4 ? new Set() : people
  }

  /** The person, unless it is the device user. */
  except<T extends Person>(someone: T | undefined): T | undefined {
    if (someone === undefined || this.#people.size === 0) return someone
    return spellings(someone).some((address) => this.#people.has(person(address))) ? undefined : someone
  }
}

/** Who wrote, and everybody else: what a record says of its people. */
export interface Sides {
  readonly from?: Party
  readonly to: readonly Party[]
}

/** Divides the people of a row. `sender` is absent where the device user wrote or the phone does not say who did. */
export function sides(sender: Person | undefined, everybody: Iterable<Person | undefined>): Sides {
  const seen = new Set<string>(sender === undefined ? [] : spellings(sender))
  const to: Party[] = []
  for (const someone of everybody) {
    if (someone === undefined) continue
    const all = spellings(someone)
    if (all.every((address) => seen.has(address))) continue
    // Half known: the sender under another id as well. Say it once more rather than lose the id.
    for (const address of all) seen.add(address)
    to.push(partyOf(someone))
  }
  return sender === undefined ? { to } : { from: partyOf(sender), to }
}

function partyOf({ address, also, name }: Person): Party {
  return { address, ...(also.length > 0 && { also }), ...(name !== undefined && { name }) }
}
