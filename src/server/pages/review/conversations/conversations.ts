import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { wholeNumber, withQuery } from '../filter-fields.ts'
import { dayOf } from '../moments.ts'
import { frame, reading } from '../reading.ts'
import { appTitle, Names } from '../titles.ts'

const PER_PAGE = 30

/** Every conversation, the longest first. */
export const conversationsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewConversations,
    who: 'extract.tag',
    about: 'extraction',
    logs: [],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const { extraction } = open.opening
        const names = new Names(open)
        const page = Math.max(1, wholeNumber(visit.query['page']) ?? 1)
        const { total, conversations } = open.view.conversations(PER_PAGE, (page - 1) * PER_PAGE)
        const path = pathTo(PATHS.reviewConversations, { extraction })
        return {
          page: 'pages/review/conversations/conversations.njk',
          view: {
            ...frame(visit, open, PATHS.reviewConversations),
            title: 'Conversations',
            total,
            conversations: conversations.map((one) => ({
              href: pathTo(PATHS.reviewConversation, { extraction, thread: one.thread }),
              app: appTitle(one.app),
              title: names.ofConversation(one),
              people: one.more + one.people.length,
              count: one.count,
              first: one.firstMs === undefined ? undefined : dayOf(one.firstMs),
              last: one.lastMs === undefined ? undefined : dayOf(one.lastMs),
            })),
            links: {
              before: page > 1 ? withQuery(path, { page: page - 1 }) : undefined,
              after: page * PER_PAGE < total ? withQuery(path, { page: page + 1 }) : undefined,
            },
          },
        }
      }),
  },
]
