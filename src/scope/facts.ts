import type { Found, Party, RecordKind } from '../records/index.ts'

/** What the conditions of a clause look at; the same facts from a record in memory and from a row through SQL. */
export interface Facts {
  readonly kind: RecordKind
  readonly app: string
  /** milliseconds since 1970 */
  readonly time?: number
  readonly addresses: readonly string[]
  readonly place?: { readonly lat: number; readonly lon: number }
  readonly body?: string
}

/** Draws the facts from a record. */
export function factsOf(found: Found): Facts {
  return {
    kind: found.kind,
    app: found.app,
    time: found.time === undefined ? undefined : Date.parse(found.time),
    addresses: addressesOf(found),
    place: found.place,
    body: found.kind === 'message' ? found.body : undefined,
  }
}

function addressesOf(found: Found): string[] {
  switch (found.kind) {
    case 'message':
    case 'call':
      return spellings(found.from ? [found.from, ...found.to] : found.to)
    case 'contact':
      return found.addresses.map((entry) => entry.address).filter((address) => address !== '')
    case 'media_item':
      return []
  }
}

function spellings(parties: readonly Party[]): string[] {
  const all: string[] = []
  for (const party of parties) {
    if (party.address !== '') all.push(party.address)
    if (party.also) all.push(...party.also)
  }
  return all
}
