import { showRecords } from '../../../../actions/index.ts'
import { errorsView } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { askedFor, beside, cursorOf, filterFields } from '../filter-fields.ts'
import { frame, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { Names } from '../titles.ts'
import { drawHistogram } from './histogram-drawing.ts'

const PER_PAGE = 50

/** Everything by time, with how much there is when. */
export const timelineRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewTimeline,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const asked = askedFor(visit)
        const names = new Names(open)
        const path = pathTo(PATHS.reviewTimeline, { extraction: open.opening.extraction })
        const page = open.view.page(asked.filter, PER_PAGE, cursorOf(visit))
        await showRecords(visit.service.ops, visit.actor, open, 'timeline', page.items)
        return {
          page: 'pages/review/timeline/timeline.njk',
          view: {
            ...frame(visit, open, PATHS.reviewTimeline),
            title: 'Timeline',
            path,
            fields: filterFields(open.view, asked, names.involved),
            ...errorsView(asked.errors),
            chart: drawHistogram(open.view.histogram(asked.filter), path, asked.query),
            total: page.total,
            records: page.items.map((item) => shownRecord(open, item, { names })),
            links: beside(path, asked.query, page),
          },
        }
      }),
  },
]
