import { appName as knownName, type Party } from '../records/index.ts'
import type { Conversation } from './conversation.ts'
import { phone, type Span } from './document.ts'
import { number } from './words.ts'

/** An app by its name, or as the phone names it. */
export function appName(app: string): Span {
  return knownName(app) ?? phone(app)
}

/** Somebody by name and address, or by address alone. */
export function partyName({ name, address }: Party): Span[] {
  return name === undefined || name.trim() === '' || name === address
    ? [phone(address)]
    : [phone(name), ' (', phone(address), ')']
}

/** Several people, at most `most` of them by name. */
export function partyNames(parties: readonly Party[], most: number): Span[] {
  const spans = parties.slice(0, most).flatMap((party, at) => [...(at > 0 ? [', '] : []), ...partyName(party)])
  const rest = parties.length - most
  return rest > 0 ? [...spans, ` and ${number(rest)} more`] : spans
}

/** What a conversation is called: by its own name, or by the people in it. */
export function conversationTitle(conversation: Conversation): Span[] {
  const app = appName(conversation.app)
  if (!conversation.threaded) return [app, ': messages that belong to no conversation']
  const people = [...conversation.people.values()]
  if (conversation.name !== undefined && conversation.name.trim() !== '') return [app, ': ', phone(conversation.name)]
  if (people.length === 0) return [app, ': a conversation that names nobody']
  return [app, ': ', ...partyNames(people, 3)]
}
