import type { OpenExtract } from '../../../actions/index.ts'
import { appName, type Party, person } from '../../../records/index.ts'
import type { ConversationSummary, View } from '../../../review/index.ts'
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

  /** Somebody by name and address, by address alone, or by number. */
  of({ name, address }: Party, thread: number | undefined, phrases: readonly string[] = []): Part[] {
    if (this.isHidden(address, thread))
      return ours(`Person ${this.#view.numberIn(thread as number, address) ?? ''}`.trim())
    if (name === undefined || name.trim() === '' || name === address) return phoneText(address, phrases)
    return [...phoneText(name, phrases), ...ours(' ('), ...phoneText(address, phrases), ...ours(')')]
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
