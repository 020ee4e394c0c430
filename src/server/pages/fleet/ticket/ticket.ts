import { couldEver } from '../../../../access/index.ts'
import { seeTicket, settleTicket } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { appWords, detectionWords, KIND_WORDS, SEVERITY_TAGS, WHAT_TO_DO } from '../words.ts'

/** One thing that a phone should not hold: what, why, what to do, and what was done (law row E11). */
export const ticketRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleetTicket,
    who: 'fleet.see',
    logs: ['fleet.ticket_seen'],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.fleetTicket,
    who: 'fleet.settle',
    logs: ['fleet.settled', 'fleet.noted'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const ticket = params['ticket'] ?? ''
      const kind = (['done', 'note'] as const).find((one) => one === field(visit, 'kind'))
      const text = field(visit, 'text')
      if (kind === undefined)
        return page(visit, [
          { field: 'kind', text: 'Select whether it was seen to' },
          ...(text === '' ? [{ field: 'text', text: 'Enter what was done, or a note' }] : []),
        ])
      const not = await taken(
        () => settleTicket(service.ops, actor, { ticket, kind, text }),
        () => 'text',
      )
      return not === undefined ? { redirect: pathTo(PATHS.fleetTicket, { ticket }) } : page(visit, not.errors)
    },
  },
]

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const ticket = await seeTicket(service.ops, actor, params['ticket'] ?? '')
  const { kind, severity, reasons, detection } = ticket
  const said = field(visit, 'kind')
  return {
    page: 'pages/fleet/ticket/ticket.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: KIND_WORDS[kind],
      back: PATHS.fleetTickets,
      backText: 'What phones should not hold',
      ticket,
      ...appWords(ticket.app),
      tag: SEVERITY_TAGS[severity],
      reasons: reasons.map(({ says, source }) => ({ says, source: source === 'own' ? undefined : source })),
      todo: WHAT_TO_DO[kind],
      detected: detectionWords(detection),
      may: couldEver(actor, 'fleet.settle') && ticket.closed === undefined,
      kinds: [
        {
          value: 'done',
          text: 'It was seen to',
          hint: { text: 'The ticket closes when the next import shows that nothing is wrong any more.' },
          checked: said === 'done',
        },
        {
          value: 'note',
          text: 'Not yet: this is a note',
          hint: { text: 'The ticket stays to be seen to.' },
          checked: said === 'note',
        },
      ],
      text: field(visit, 'text'),
      ...errorsView(errors),
    },
  }
}
