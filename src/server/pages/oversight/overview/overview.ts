import { type Figure, type FigureGroup, readFigures, readLogState } from '../../../../actions/index.ts'
import { couldEver } from '../../../../access/index.ts'
import { qrSvg } from '../../../../notice/index.ts'
import { csv } from '../../../csv.ts'
import { PATHS } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'
import { ago } from '../ago.ts'

/** Months that may be chosen. */
const PERIODS = [3, 12, 36] as const
/** Said alike of what is too small and of what is hidden beside it: which of the two it is would tell something, too. */
const NOT_TOLD = 'not shown'

/** How it stands with the log, and figures over everybody: no case, no person, and no count so small that it might be one (law row H22). */
export const overviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.oversight,
    who: 'oversight.see',
    logs: [],
    handle: async (visit) => {
      const { service, actor, now } = visit
      const { ops, audit } = service
      const { months, since } = periodOf(visit)
      const [log, groups] = await Promise.all([readLogState(ops, actor), readFigures(ops, actor, since)])
      const age = (at: Date | undefined) => at && { at, ago: ago(at, now) }
      return {
        page: 'pages/oversight/overview/overview.njk',
        view: {
          title: 'Oversight',
          log,
          lastEntry: age(log.lastEntryAt),
          waitingSince: age(log.waitingSince),
          witnesses: log.witnesses.map(({ name, at }) => ({ name, cosigned: age(at) })),
          qr: qrSvg(log.checkpoint),
          audit: { checked: audit.checked, found: audit.found, findings: audit.findings.slice(0, 10) },
          groups: groups.map(({ title, figures }) => ({
            title,
            figures: figures.map(({ says, value, unlimited }) => ({ says, value, unlimited, hidden: NOT_TOLD })),
          })),
          periods: PERIODS.map((one) => ({
            months: one,
            href: `${PATHS.oversight}?months=${one}`,
            active: one === months,
          })),
          csvHref: `${PATHS.oversightFigures}?months=${months}`,
          logHref: couldEver(actor, 'log.see') ? PATHS.oversightLog : undefined,
        },
      }
    },
  },
  {
    method: 'GET',
    path: PATHS.oversightFigures,
    who: 'oversight.see',
    logs: [],
    handle: async (visit) => {
      const { months, since } = periodOf(visit)
      return {
        body: csv([
          ['id', 'group', 'figure', 'value', 'months'],
          ...(await readFigures(visit.service.ops, visit.actor, since)).flatMap((group) =>
            group.figures.map((figure) => row(group, figure, months)),
          ),
        ]),
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="oversight.csv"' },
      }
    },
  },
]

function row({ title }: FigureGroup, { id, says, value, unlimited }: Figure, months: number): (string | number)[] {
  return [id, title, says, value ?? (unlimited ? 'no limit' : NOT_TOLD), months]
}

function periodOf({ query, now }: Visit): { months: number; since: Date } {
  const months = PERIODS.find((one) => String(one) === query['months']) ?? 12
  const since = new Date(now)
  since.setUTCMonth(since.getUTCMonth() - months)
  return { months, since }
}
