import { couldEver } from '../../../../access/index.ts'
import { type CaseFilter, readCases, seesEveryCase } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'

/** The cases that somebody is a member of. What it is narrowed by stands in the address, so that a list can be kept and sent. */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.cases,
    who: 'signed-in',
    logs: [],
    handle: async ({ service, actor, query }) => {
      const filter = filterOf(query)
      const list = await readCases(service.ops, actor, filter)
      return {
        page: 'pages/case/list/list.njk',
        view: {
          title: 'Cases',
          all: seesEveryCase(actor),
          mayOpen: couldEver(actor, 'case.open'),
          newHref: PATHS.caseNew,
          filter,
          selected: selected(filter),
          list,
          cases: list.cases.map((one) => ({ ...one, href: pathTo(PATHS.case, { case: one.id }) })),
          pages: pagesOf(filter, list.page, list.pages),
        },
      }
    },
  },
]

function filterOf(query: Visit['query']): CaseFilter {
  const { q, state, mine, held, page } = query
  return {
    ...(text(q) !== '' && { search: text(q) }),
    ...((state === 'open' || state === 'closed') && { state }),
    ...(mine === 'yes' && { mine: true }),
    ...(held === 'yes' && { held: true }),
    ...(page !== undefined && { page: Number.parseInt(text(page), 10) }),
  }
}

// A name that came twice is a list.
function text(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, 80) : ''
}

/** The address of the same list, with another page or without one of its filters. */
function address(filter: CaseFilter, change: Partial<CaseFilter> = {}): string {
  const { search, state, mine, held, page } = { ...filter, page: undefined, ...change }
  const query = new URLSearchParams({
    ...(search && { q: search }),
    ...(state && { state }),
    ...(mine && { mine: 'yes' }),
    ...(held && { held: 'yes' }),
    ...(page !== undefined && page > 1 && { page: String(page) }),
  }).toString()
  return query === '' ? PATHS.cases : `${PATHS.cases}?${query}`
}

function selected(filter: CaseFilter): { text: string; href: string }[] {
  const { search, state, mine, held } = filter
  return [
    ...(search ? [{ text: `“${search}”`, href: address(filter, { search: '' }) }] : []),
    ...(state ? [{ text: state === 'open' ? 'Open' : 'Closed', href: address(without(filter, 'state')) }] : []),
    ...(mine ? [{ text: 'I am the officer', href: address(filter, { mine: false }) }] : []),
    ...(held ? [{ text: 'A device is held', href: address(filter, { held: false }) }] : []),
  ]
}

function without(filter: CaseFilter, name: keyof CaseFilter): CaseFilter {
  const { [name]: _, ...rest } = filter
  return rest
}

function pagesOf(filter: CaseFilter, page: number, pages: number) {
  if (pages === 1) return undefined
  const near = [1, page - 1, page, page + 1, pages].filter((one) => one >= 1 && one <= pages)
  const numbers = [...new Set(near)].sort((a, b) => a - b)
  return {
    ...(page > 1 && { previous: { href: address(filter, { page: page - 1 }) } }),
    ...(page < pages && { next: { href: address(filter, { page: page + 1 }) } }),
    items: numbers.flatMap((number, at) => [
      ...(at > 0 && number - (numbers[at - 1] ?? 0) > 1 ? [{ ellipsis: true }] : []),
      { number, href: address(filter, { page: number }), current: number === page },
    ]),
  }
}
