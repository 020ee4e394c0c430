import { RECORD_KINDS, type RecordKind } from '../../../records/index.ts'
import { type Filter, type Someone, type View } from '../../../review/index.ts'
import { KIND_WORDS } from '../../../scope/index.ts'
import { TAGS } from '../../../actions/index.ts'
import type { Visit } from '../../route.ts'
import { addressTitle, appTitle } from './titles.ts'
import { dayBegins } from './moments.ts'
import { plainText } from './phone-text.ts'

/** What stands in the address of a page of records. People and conversations stand there by numbers that mean nothing outside this opening. */
export interface Asked {
  readonly filter: Filter
  /** the same as it is written in an address */
  readonly query: Readonly<Record<string, string>>
  readonly errors: readonly { readonly field: string; readonly text: string }[]
}

/** Reads the filter of an address. What is not understood does not limit, and is said. */
export function askedFor({ query }: Pick<Visit, 'query'>): Asked {
  const kind = RECORD_KINDS.find((one) => one === query['kind'])
  const party = wholeNumber(query['party'])
  const tag = query['tag'] !== undefined && Object.hasOwn(TAGS, query['tag']) ? query['tag'] : undefined
  const app = query['app'] === '' ? undefined : query['app']
  const [from, to] = [query['from'] ?? '', query['to'] ?? '']
  const fromMs = dayBegins(from)
  const lastDay = dayBegins(to)
  const errors = [
    ...(from !== '' && fromMs === undefined ? [{ field: 'from', text: 'Enter a day to begin with' }] : []),
    ...(to !== '' && lastDay === undefined ? [{ field: 'to', text: 'Enter a day to end with' }] : []),
    ...(fromMs !== undefined && lastDay !== undefined && lastDay < fromMs
      ? [{ field: 'to', text: 'The day to end with must not be before the first' }]
      : []),
  ]
  const filter: Filter = {
    ...(kind !== undefined && { kind }),
    ...(app !== undefined && { app }),
    ...(party !== undefined && { party }),
    ...(tag !== undefined && { tag }),
    ...(fromMs !== undefined && { fromMs }),
    // The day itself belongs to it, also where clocks change in it.
    ...(lastDay !== undefined && { toMs: dayBegins(nextDay(to)) ?? lastDay }),
  }
  const kept = {
    kind,
    app,
    party: party === undefined ? undefined : String(party),
    tag,
    from: fromMs === undefined ? undefined : from,
    to: lastDay === undefined ? undefined : to,
    words: query['words'],
  }
  return {
    filter,
    query: Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => Boolean(entry[1]))),
    errors,
  }
}

/** The fields of the form above a page of records. People who are masked are not offered. */
export function filterFields(view: View, { query }: Asked, involved: ReadonlySet<string>, only?: { kind: RecordKind }) {
  const option = (value: string, text: string, name: string) => ({
    value,
    text,
    selected: (query[name] ?? '') === value,
  })
  const people = view.people(100).filter((one) => one.isDirect || involved.has(one.person))
  return {
    kinds: only
      ? []
      : [
          option('', 'Everything', 'kind'),
          ...view.kinds().map(({ kind, count }) => option(kind, `${capital(KIND_WORDS[kind])} (${count})`, 'kind')),
        ],
    apps: [option('', 'Every app', 'app'), ...view.apps().map((app) => option(app, appTitle(app), 'app'))],
    people: [
      option('', 'Everybody', 'party'),
      ...people.map((one) => option(String(one.party), someoneText(one), 'party')),
    ],
    tags: [
      option('', 'Any or none', 'tag'),
      ...Object.entries(TAGS)
        .filter(([tag]) => tag !== 'privileged' && tag !== 'excess')
        .map(([tag, text]) => option(tag, text, 'tag')),
    ],
    from: query['from'] ?? '',
    to: query['to'] ?? '',
    isOn: Object.keys(query).some((name) => name !== 'words'),
  }
}

export function someoneText({ name, address }: Someone): string {
  return plainText(
    name === undefined || name === address ? addressTitle(address) : `${name} (${addressTitle(address)})`,
  )
}

/** An address with a filter. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`
}

/** A number of ours in an address. */
export function wholeNumber(written: string | undefined): number | undefined {
  return written !== undefined && /^\d{1,12}$/.test(written) ? Number(written) : undefined
}

/** The cursor of an address, and the addresses of the pages beside this one. */
export function cursorOf({ query }: Pick<Visit, 'query'>) {
  const [after, before] = [wholeNumber(query['after']), wholeNumber(query['before'])]
  return before === undefined ? (after === undefined ? {} : { after }) : { before }
}

/** Links to the pages before and after one. */
export function beside(
  path: string,
  query: Readonly<Record<string, string>>,
  page: {
    readonly items: readonly { readonly seq: number }[]
    readonly hasBefore: boolean
    readonly hasAfter: boolean
  },
) {
  const [first, last] = [page.items[0], page.items.at(-1)]
  return {
    before: page.hasBefore && first ? withQuery(path, { ...query, before: first.seq }) : undefined,
    after: page.hasAfter && last ? withQuery(path, { ...query, after: last.seq }) : undefined,
  }
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
