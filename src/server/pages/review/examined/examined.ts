import { readSearches } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { frame, reading } from '../reading.ts'

/** How the extract was examined: which words, in what, with how many hits, by whom (Attorney General's Guidelines 2024, law row D14). */
export const examinedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewSearches,
    who: 'extract.tag',
    about: 'extraction',
    logs: [],
    handle: (visit) =>
      reading(visit, 'main', async (open) => ({
        page: 'pages/review/examined/examined.njk',
        view: {
          ...frame(visit, open),
          title: 'How it was examined',
          searches: await readSearches(visit.service.ops, open),
          search: pathTo(PATHS.reviewSearch, { extraction: open.opening.extraction }),
        },
      })),
  },
]
