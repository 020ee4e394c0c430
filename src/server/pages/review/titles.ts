import type { OpenExtract } from '../../../actions/index.ts'
import { appName, type Party, person } from '../../../records/index.ts'
import type { ConversationSummary, View } from '../../../review/index.ts'
import { describePerson } from '../../../scope/index.ts'
import { ours, type Part, phoneText, plainText } from './phone-text.ts'

/** An app by its name, or as the phone names it. */
export function appTitle(app: string): string {
  return appName(app) ?? plainText(app)
}

/**
 * Names people, and hides those who have nothing to do with it: in a conversation of several, whoever the authorisation does not name is a number until
 * somebody asks, and that is logged (law row G11).
 */
export class Names {
  readonly #view: View
  readonly #unmasked: ReadonlySet<number>
  readonly involved: ReadonlySet<string>
  readonly #groups = new Map<number, boolean>()
  readonly #known = new Map<string, string | undefined>()

  constructor({ view, unmasked, held }: Pick<OpenExtract, 'view' | 'unmasked' | 'held'>) {
    this.#view = view
    this.#unmasked = unmasked
    const scope = (held.document['scope'] ?? []) as readonly { readonly with?: readonly string[] }[]
    this.involved = new Set(scope.flatMap((clause) => clause.with ?? []).map(person))
  }

  /** Whether the people of a conversation are hidden here. */
  masks(thread: number | undefined): boolean {
    if (thread === undefined || this.#unmasked.has(thread)) return false
    let group = this.#groups.get(thread)
    if (group === undefined) this.#groups.set(thread, (group = this.#view.peopleIn(thread) > 1))
    return group
  }

  isHidden(address: string, thread: number | undefined): boolean {
    return this.masks(thread) && !this.involved.has(person(address))
  }

  /** Somebody by name and address, by address alone, or by number. Where the record has no name for them, by that of another record here. */
  of(party: Party, thread: number | undefined, phrases: readonly string[] = []): Part[] {
    const { address } = party
    if (this.isHidden(address, thread))
      return ours(`Person ${this.#view.numberIn(thread as number, address) ?? ''}`.trim())
    const name = isName(party) ? party.name : this.elsewhere(address)
    const shown = addressText(address, phrases)
    return name === undefined ? shown : [...phoneText(name, phrases), ...ours(' '), ...bracketed(shown)]
  }

  /** The name that another record here gives to whoever is behind an address. */
  elsewhere(address: string): string | undefined {
    const who = person(address)
    if (!this.#known.has(who)) {
      const name = this.#view.nameOf(address)
      this.#known.set(who, isName({ name, address }) ? name : undefined)
    }
    return this.#known.get(who)
  }

  /** Several people, at most `most` of them. */
  ofAll(parties: readonly Party[], thread: number | undefined, most = 3): Part[] {
    const shown = parties
      .slice(0, most)
      .flatMap((party, at) => [...(at > 0 ? ours(', ') : []), ...this.of(party, thread)])
    const rest = parties.length - most
    return rest > 0 ? [...shown, ...ours(` and ${rest} more`)] : shown
  }

  /** What a conversation is called. */
  ofConversation({ thread, threaded, name, people, more }: ConversationSummary): Part[] {
    if (!threaded) return ours('Messages that belong to no conversation')
    if (name !== undefined) return phoneText(name)
    if (people.length === 0) return ours('A conversation that names nobody')
    const named = people.slice(0, 3)
    const rest = more + people.length - named.length
    return [...this.ofAll(named, thread), ...(rest > 0 ? ours(` and ${rest} more`) : [])]
  }
}

function isName({ name, address }: { readonly name?: string | undefined; readonly address: string }): boolean {
  return name !== undefined && name.trim() !== '' && person(name) !== person(address)
}

/** An address as people write it. Where what was searched for stands only in how the phone wrote it, it is shown so. */
function addressText(address: string, phrases: readonly string[]): Part[] {
  const raw = phoneText(address, phrases)
  const shown = phoneText(addressTitle(address), phrases)
  return raw.some(isHit) && !shown.some(isHit) ? raw : shown
}

/** A telephone number as people write it, whatever spelling or account of an app the phone has for it; everything else as it stands. */
export function addressTitle(address: string): string {
  return person(address).startsWith('+') ? describePerson(address) : address
}

function isHit(part: Part): boolean {
  return 'hit' in part
}

/** Characters that stay beside the bracket that closes: an address without a space is broken anywhere, and a bracket is no line. */
const KEPT = 6

function bracketed(parts: readonly Part[]): Part[] {
  const last = parts.at(-1)
  if (last === undefined || 'mark' in last || isHit(last)) return [...ours('('), ...parts, ...ours(')')]
  const at = Math.max(0, last.text.length - KEPT)
  const [broken, kept] = [last.text.slice(0, at), `${last.text.slice(at)})`]
  return [...ours('('), ...parts.slice(0, -1), ...ours(broken), { text: kept, keep: true }]
}
