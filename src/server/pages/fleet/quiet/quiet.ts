import { QUIET_DAYS, seeQuietPhones } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { SOURCE_WORDS } from '../words.ts'

/** Phones of which nothing is heard any more: what they hold now nobody knows (law row E11). */
export const quietRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleetQuiet,
    who: 'fleet.see',
    logs: ['fleet.quiet_seen'],
    handle: async ({ service: { ops }, actor }) => ({
      page: 'pages/fleet/quiet/quiet.njk',
      view: {
        title: 'Silent phones',
        back: PATHS.fleet,
        backText: 'Phones',
        days: QUIET_DAYS,
        phones: (await seeQuietPhones(ops, actor)).map((one) => ({ ...one, says: SOURCE_WORDS[one.source]?.text })),
      },
    }),
  },
]
