import { couldEver } from '../../../access/index.ts'
import { overdueTickets, readFleet } from '../../../actions/index.ts'
import { PATHS } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'

/** What phones should not hold and nobody has seen to in time, and names that wait for somebody (law row E11). */
export const fleetWaiting: WaitingList = async (ops, actor, now) => {
  if (!couldEver(actor, 'fleet.settle')) return []
  const [{ n, since }, { names, at }] = await Promise.all([overdueTickets(ops), readFleet(ops)])
  return [
    ...(n > 0
      ? [
          {
            text:
              n === 1
                ? 'See to what a phone should not hold'
                : `See to ${n.toLocaleString('en-GB')} things that phones should not hold`,
            hint: 'The day by which it was to be seen to has passed.',
            href: `${PATHS.fleetTickets}?state=overdue`,
            since: since ?? now,
            sinceWhat: 'Overdue since',
          },
        ]
      : []),
    ...(names > 0
      ? [
          {
            text: `Say which apps ${names === 1 ? 'a name stands' : `${names.toLocaleString('en-GB')} names stand`} for`,
            hint: 'Any app may take any name, so a person looks at it.',
            href: PATHS.fleetNames,
            since: at ?? now,
            sinceWhat: 'As of the export of',
          },
        ]
      : []),
  ]
}
