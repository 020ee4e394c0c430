import { couldEver } from '../../../../access/index.ts'
import { readBreaches } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { BREACH_KIND_WORDS, CLOCK_WORDS } from '../words.ts'

/** Every breach, with its clock: DPA 2018 s.67(6) (law row C27). */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.breaches,
    who: 'breach.see',
    logs: [],
    handle: async ({ service: { ops }, actor }) => ({
      page: 'pages/breach/list/list.njk',
      view: {
        title: 'Breaches of personal data',
        report: couldEver(actor, 'breach.report') ? PATHS.breachReport : undefined,
        breaches: (await readBreaches(ops)).map((breach) => ({
          ...breach,
          says: BREACH_KIND_WORDS[breach.kind],
          tag: CLOCK_WORDS[breach.clock],
          href: pathTo(PATHS.breach, { breach: breach.id }),
        })),
      },
    }),
  },
]
