import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { listPage } from '../list-page.ts'
import { drawMap } from './map-drawing.ts'

/** Records with a place, on a map of points alone. */
export const mapRoutes: readonly Route[] = [
  listPage({
    path: PATHS.reviewMap,
    view: 'map',
    template: 'pages/review/map/map.njk',
    title: 'Map',
    perPage: 100,
    only: { place: true },
    more: (_open, { items }) => ({
      map: drawMap(items.flatMap(({ record }, at) => (record.place ? [{ ...record.place, number: at + 1 }] : []))),
    }),
  }),
]
