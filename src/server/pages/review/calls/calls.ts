import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { listPage } from '../list-page.ts'

/** Calls that were taken. */
export const callsRoutes: readonly Route[] = [
  listPage({
    path: PATHS.reviewCalls,
    view: 'calls',
    template: 'pages/review/records-page.njk',
    title: 'Calls',
    perPage: 50,
    only: { kind: 'call' },
    more: () => ({ what: 'calls', one: 'call' }),
  }),
]
