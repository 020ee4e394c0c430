import type { Call, PeelRecord } from '../../records/index.ts'
import { type Block, heading, type Line, phone, type Span } from '../document.ts'
import type { Material } from '../material.ts'
import { appName, partyNames } from '../people.ts'
import { clausesOf, placeOf } from '../provenance.ts'
import { capital, duration, kindTitle, moment, number } from '../words.ts'

/** People of one call that are named. */
const PEOPLE_AT_MOST = 20

/** The calls, earliest first. */
export function callsSection(material: Material): Block[] {
  const calls = (material.gathered.shown.get('call') ?? []) as readonly (PeelRecord & Call)[]
  return [
    heading(3, kindTitle('call')),
    {
      type: 'table',
      caption: `Calls, earliest first: ${number(calls.length)}`,
      columns: [
        { title: 'When (UTC)', share: 2 },
        { title: 'From or to', share: 3 },
        { title: 'Outcome', share: 1.4 },
        { title: 'Lasted', share: 1, align: 'right' },
        { title: 'App', share: 1.2 },
        { title: 'Where it stood', share: 2.6 },
      ],
      rows: calls.map((call): Line[] => [
        call.time === undefined ? 'no usable time' : moment(call.time).replace(/ UTC$/, ''),
        partiesOf(call),
        `${call.outcome === undefined ? 'not stated' : capital(call.outcome)}${call.video ? ', video' : ''}`,
        call.duration_seconds === undefined ? 'not stated' : duration(call.duration_seconds),
        [appName(call.app), ...(call.service ? [', ', phone(call.service)] : [])],
        [...placeOf(call, material), `; ${clausesOf(call)}`],
      ]),
      ids: calls.map(({ id }) => `r-${id}`),
    },
  ]
}

function partiesOf({ direction, from, to }: Call): Span[] {
  if (direction === undefined) return ['With ', ...(to.length > 0 ? partyNames(to, PEOPLE_AT_MOST) : ['nobody named'])]
  if (direction === 'out') return ['To ', ...(to.length > 0 ? partyNames(to, PEOPLE_AT_MOST) : ['nobody named'])]
  const sender = from ? partyNames([from], 1) : ['nobody named']
  return ['From ', ...sender, ...(to.length > 0 ? [', with ', ...partyNames(to, PEOPLE_AT_MOST)] : [])]
}
