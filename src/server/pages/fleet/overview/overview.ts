import { couldEver } from '../../../../access/index.ts'
import { QUIET_DAYS, readFleet, readFleetImports } from '../../../../actions/index.ts'
import { FINDING_KINDS, FINDING_SEVERITIES } from '../../../../apps/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { appWords, detectionWords, IMPORT_TAGS, KIND_WORDS, SEVERITY_TAGS, SOURCE_WORDS } from '../words.ts'

/** The fleet in figures: what phones hold against what they may hold (law rows E10, E11). */
export const overviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleet,
    who: 'fleet.see',
    logs: [],
    handle: async ({ service: { ops }, actor }) => {
      const [fleet, imports] = await Promise.all([readFleet(ops), readFleetImports(ops)])
      const { tickets, last } = fleet
      const sum = (of: 'open' | 'overdue') => tickets.reduce((all, one) => all + one[of], 0)
      const gravestFirst = FINDING_SEVERITIES.toReversed()
      return {
        page: 'pages/fleet/overview/overview.njk',
        view: {
          title: 'Phones',
          may: couldEver(actor, 'fleet.import'),
          paths: PATHS,
          fleet,
          last,
          open: sum('open'),
          overdue: sum('overdue'),
          kinds: FINDING_KINDS.map((kind) => ({
            says: KIND_WORDS[kind],
            href: `${PATHS.fleetTickets}?kind=${kind}`,
            counts: gravestFirst
              .map((severity) => ({
                tag: SEVERITY_TAGS[severity],
                count: tickets
                  .filter((one) => one.kind === kind && one.severity === severity)
                  .reduce((all, one) => all + one.open, 0),
              }))
              .filter(({ count }) => count > 0),
          })).filter(({ counts }) => counts.length > 0),
          detection: fleet.detection && detectionWords(fleet.detection),
          quietDays: QUIET_DAYS,
          above: (last?.above ?? []).map((one) => ({ ...one, ...appWords(one.app) })),
          imports: imports.map((one) => ({
            ...one,
            says: SOURCE_WORDS[one.source]?.text,
            tag: IMPORT_TAGS[one.state],
            href: pathTo(PATHS.fleetImport, { import: one.id }),
          })),
        },
      }
    },
  },
]
