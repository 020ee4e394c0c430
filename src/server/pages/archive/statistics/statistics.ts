import { couldEver } from '../../../../access/index.ts'
import { type ArchiveAccount, readStatistics } from '../../../../actions/index.ts'
import { csv } from '../../../csv.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { archiveOf } from '../address.ts'
import { drawn } from './drawn.ts'
import { NOT_TOLD, partsOf } from './parts.ts'
import { statisticsPdf } from './statistics-pdf.ts'

/** What a regulator asks of an archive: on a page, as a table and as a paper (law row E17). */
export const statisticsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveStatistics,
    who: 'archive.see',
    logs: [],
    handle: async (visit) => {
      const account = await accountOf(visit)
      const { id: archive } = account
      return {
        page: 'pages/archive/statistics/statistics.njk',
        view: {
          title: 'Figures for the regulator',
          back: pathTo(PATHS.archive, { archive }),
          backText: account.title,
          matchedAt: account.matchedAt,
          parts: partsOf(account).map(drawn),
          csvHref: pathTo(PATHS.archiveStatisticsCsv, { archive }),
          pdfHref: pathTo(PATHS.archiveStatisticsPdf, { archive }),
          byHand: couldEver(visit.actor, 'archive.note') ? pathTo(PATHS.archiveFigures, { archive }) : undefined,
        },
      }
    },
  },
  file(PATHS.archiveStatisticsCsv, 'text/csv; charset=utf-8', statisticsCsv),
  file(PATHS.archiveStatisticsPdf, 'application/pdf', (account, visit) =>
    statisticsPdf(account, visit.service.ops.force.name, visit.now),
  ),
]

function file(path: string, type: string, write: (account: ArchiveAccount, visit: Visit) => string | Buffer): Route {
  return {
    method: 'GET',
    path,
    who: 'archive.see',
    logs: [],
    handle: async (visit): Promise<Answer> => {
      const name = `archive-${path.split('/').at(-1)}`
      return {
        body: write(await accountOf(visit), visit),
        type,
        headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
      }
    },
  }
}

/** One line a figure. */
function statisticsCsv(account: ArchiveAccount): string {
  return csv([
    ['part', 'id', 'what', 'measure', 'value', 'how'],
    ...partsOf(account).flatMap(({ title, lines = [], bars }) => [
      ...lines.map(({ id, what, value, how = '' }) => [title, id, what, '', value, how]),
      ...(bars?.bars ?? []).flatMap(({ id, label, values }) =>
        values.map((value, at) => [title, id, label, bars?.head[at + 1] ?? '', value ?? NOT_TOLD, '']),
      ),
    ]),
  ])
}

function accountOf({ service, actor, params }: Visit): Promise<ArchiveAccount> {
  return readStatistics(service.ops, actor, archiveOf({ params }))
}
