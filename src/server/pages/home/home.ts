import { PATHS } from '../../paths.ts'
import type { Route } from '../../route.ts'
import { WAITING } from './waiting.ts'

/** The start page: what waits for whoever is signed in, by their roles. */
export const homeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.home,
    who: 'signed-in',
    logs: [],
    handle: async ({ service, actor, now }) => {
      const lists = await Promise.all(WAITING.map((list) => list(service.ops, actor, now)))
      const waiting = lists.flat().sort((a, b) => (a.since < b.since ? -1 : 1))
      return { page: 'pages/home/home.njk', view: { title: 'Waiting for you', waiting } }
    },
  },
]
