import { fold } from './fold.ts'
import type { Found } from './record.ts'

/** The words by which a record is found again: its text, its names and addresses, the names of its files; folded. */
export function wordsOf(found: Found): string {
  const texts: (string | undefined)[] = []
  switch (found.kind) {
    case 'message':
      texts.push(found.body, found.subject, found.thread_name, ...people(found))
      break
    case 'call':
      texts.push(...people(found))
      break
    case 'contact':
      texts.push(found.name, found.organisation, found.note, ...found.addresses.map(({ address }) => address))
      break
    case 'media_item':
      break
  }
  for (const { name } of found.attachments) texts.push(name)
  return fold(texts.filter((text) => text !== undefined).join('\n'))
}

function people(found: Extract<Found, { kind: 'message' | 'call' }>): (string | undefined)[] {
  const parties = found.from ? [found.from, ...found.to] : found.to
  return parties.flatMap(({ address, name }) => [address, name])
}
