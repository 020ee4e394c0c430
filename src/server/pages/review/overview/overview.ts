import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { TAGS } from '../../../../actions/index.ts'
import { KIND_WORDS } from '../../../../scope/index.ts'
import { capital, withQuery } from '../filter-fields.ts'
import { dayOf } from '../moments.ts'
import { frame, reading } from '../reading.ts'
import { appTitle, Names } from '../titles.ts'

const CONVERSATIONS = 8

/** What is in an extract, in numbers. What was set apart is not counted. */
export const overviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.review,
    who: 'extract.tag',
    about: 'extraction',
    logs: [],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const { view, held, opening } = open
        const { extraction } = opening
        const names = new Names(open)
        const kinds = view.kinds()
        const { total, conversations } = view.conversations(CONVERSATIONS)
        const timeline = pathTo(PATHS.reviewTimeline, { extraction })
        return {
          page: 'pages/review/overview/overview.njk',
          view: {
            ...frame(visit, open, PATHS.review),
            title: `Extract ${held.exhibit}`,
            records: kinds.reduce((sum, { count }) => sum + count, 0),
            kinds: kinds.map(({ kind, count }) => ({
              text: capital(KIND_WORDS[kind]),
              count,
              href: withQuery(timeline, { kind }),
            })),
            lines: held.document['lines_of_enquiry'],
            total,
            conversations: conversations.map((one) => ({
              href: pathTo(PATHS.reviewConversation, { extraction, thread: one.thread }),
              app: appTitle(one.app),
              title: names.ofConversation(one),
              count: one.count,
              last: one.lastMs === undefined ? undefined : dayOf(one.lastMs),
            })),
            allConversations: pathTo(PATHS.reviewConversations, { extraction }),
            tags: Object.entries(view.tags()).map(([tag, count]) => ({
              text: TAGS[tag as keyof typeof TAGS],
              count,
              href: withQuery(timeline, { tag }),
            })),
          },
        }
      }),
  },
]
