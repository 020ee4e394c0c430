import { fold } from './fold.ts'
import type { Found } from './record.ts'

/** The words by which a record is found again: its text, its names and addresses, the names of its files; folded. */
export function wordsOf(found: Found): string {
  let words = ''
  switch (found.kind) {
    case 'message':
      words += folded(found.body) + folded(found.subject) + known(found.thread_name) + people(found)
      break
    case 'call':
      words += people(found)
      break
    case 'contact':
      words += folded(found.name) + folded(found.organisation) + folded(found.note)
      for (const { address } of found.addresses) words += folded(address)
      break
    case 'media_item':
      break
  }
  for (const { name } of found.attachments) words += folded(name)
  return words
}

function people({ from, to }: Extract<Found, { kind: 'message' | 'call' }>): string {
  let words = ''
  if (from) words += known(from.address) + known(from.name)
  for (const { address, name } of to) words += known(address) + known(name)
  return words
}

function folded(text: string | undefined): string {
  return text === undefined ? '' : fold(text)
}

/** What people and conversations are called stands in many records. Bounded, because a hostile phone may name any number. */
const remembered = new Map<string, string>()
const MOST_REMEMBERED = 10_000

function known(name: string | undefined): string {
  if (name === undefined) return ''
  let words = remembered.get(name)
  if (words === undefined) {
    words = fold(name)
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(name, words)
  }
  return words
}
