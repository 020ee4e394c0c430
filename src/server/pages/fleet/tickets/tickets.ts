import { readTickets, TICKETS_SHOWN, type TicketsWanted } from '../../../../actions/index.ts'
import { FINDING_KINDS, FINDING_SEVERITIES } from '../../../../apps/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { appWords, KIND_WORDS, SEVERITY_TAGS } from '../words.ts'

const STATES = [
  ['open', 'Open'],
  ['overdue', 'Overdue'],
  ['closed', 'Closed'],
] as const

/** What phones should not hold, overdue first (law row E11). Which phone it is stands on each ticket's own page. */
export const ticketsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleetTickets,
    who: 'fleet.see',
    logs: [],
    handle: async ({ service: { ops }, query }) => {
      const wanted: TicketsWanted = {
        state: STATES.find(([one]) => one === query['state'])?.[0] ?? 'open',
        kind: FINDING_KINDS.find((one) => one === query['kind']),
        severity: FINDING_SEVERITIES.find((one) => one === query['severity']),
        page: Math.min(10_000, Math.max(1, Math.trunc(Number(query['page'])) || 1)),
      }
      const { tickets, total } = await readTickets(ops, wanted)
      const to = (more: Partial<TicketsWanted>) => {
        const { state, kind = '', severity = '', page } = { ...wanted, page: 1, ...more }
        const asked = { state, kind, severity, page: page === 1 ? '' : String(page) }
        const words = Object.entries(asked).filter(([, value]) => value !== '' && value !== 'open')
        return words.length === 0 ? PATHS.fleetTickets : `${PATHS.fleetTickets}?${new URLSearchParams(words)}`
      }
      const first = (wanted.page - 1) * TICKETS_SHOWN
      return {
        page: 'pages/fleet/tickets/tickets.njk',
        view: {
          title: 'What phones should not hold',
          back: PATHS.fleet,
          backText: 'Phones',
          action: PATHS.fleetTickets,
          state: wanted.state,
          tabs: STATES.map(([state, text]) => ({ text, href: to({ state }), active: state === wanted.state })),
          kinds: [
            { value: '', text: 'Every kind' },
            ...FINDING_KINDS.map((value) => ({ value, text: KIND_WORDS[value], selected: value === wanted.kind })),
          ],
          severities: [
            { value: '', text: 'Every severity' },
            ...FINDING_SEVERITIES.toReversed().map((value) => ({
              value,
              text: SEVERITY_TAGS[value].text,
              selected: value === wanted.severity,
            })),
          ],
          total,
          from: first + 1,
          until: first + tickets.length,
          tickets: tickets.map((one) => ({
            ...one,
            ...appWords(one.app),
            says: KIND_WORDS[one.kind],
            tag: SEVERITY_TAGS[one.severity],
            href: pathTo(PATHS.fleetTicket, { ticket: one.id }),
          })),
          ...(wanted.page > 1 && { previous: to({ page: wanted.page - 1 }) }),
          ...(first + tickets.length < total && { next: to({ page: wanted.page + 1 }) }),
        },
      }
    },
  },
]
