import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { listPage } from '../list-page.ts'
import { drawHistogram } from './histogram-drawing.ts'

/** Everything by time, with how much there is when. */
export const timelineRoutes: readonly Route[] = [
  listPage({
    path: PATHS.reviewTimeline,
    view: 'timeline',
    template: 'pages/review/timeline/timeline.njk',
    title: 'Timeline',
    perPage: 50,
    more: (open, _page, { filter, query }, path) => ({
      chart: drawHistogram(open.view.histogram(filter), path, query),
    }),
  }),
]
