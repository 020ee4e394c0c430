import { showRecords } from '../../../../actions/index.ts'
import { errorsView } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { askedFor, beside, cursorOf, filterFields } from '../filter-fields.ts'
import { frame, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { Names } from '../titles.ts'
import { drawMap } from './map-drawing.ts'

const PER_PAGE = 100

/** Records with a place, on a map of points alone. */
export const mapRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewMap,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const asked = askedFor(visit)
        const names = new Names(open)
        const path = pathTo(PATHS.reviewMap, { extraction: open.opening.extraction })
        const page = open.view.page({ ...asked.filter, place: true }, PER_PAGE, cursorOf(visit))
        await showRecords(visit.service.ops, visit.actor, open, 'map', page.items)
        const points = page.items.flatMap(({ record }, at) =>
          record.place ? [{ ...record.place, number: at + 1 }] : [],
        )
        return {
          page: 'pages/review/map/map.njk',
          view: {
            ...frame(visit, open, PATHS.reviewMap),
            title: 'Map',
            path,
            fields: filterFields(open.view, asked, names.involved),
            ...errorsView(asked.errors),
            total: page.total,
            map: drawMap(points),
            records: page.items.map((item) => shownRecord(open, item, { names })),
            links: beside(path, asked.query, page),
          },
        }
      }),
  },
]
