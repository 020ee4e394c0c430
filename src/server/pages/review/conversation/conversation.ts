import { notFound, showRecords, unmaskPeople } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { beside, cursorOf, wholeNumber } from '../filter-fields.ts'
import { frame, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { appTitle, Names } from '../titles.ts'

const PER_PAGE = 50
const RECORD_ID = /^[a-z2-7]{1,64}$/

/** One conversation, message by message, with what was sent in it. */
export const conversationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewConversation,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const { view, opening } = open
        const { extraction } = opening
        const thread = wholeNumber(visit.params['thread'])
        const about = thread === undefined ? undefined : view.conversation(thread)
        if (thread === undefined || about === undefined) throw notFound()
        const at = visit.query['at']
        const page =
          at !== undefined && RECORD_ID.test(at)
            ? view.pageAround({ thread }, PER_PAGE, at)
            : view.page({ thread }, PER_PAGE, cursorOf(visit))
        await showRecords(visit.service.ops, visit.actor, open, 'conversation', page.items)
        const names = new Names(open)
        const path = pathTo(PATHS.reviewConversation, { extraction, thread })
        const masked = names.masks(thread)
        let last: string | undefined
        return {
          page: 'pages/review/conversation/conversation.njk',
          view: {
            ...frame(visit, open, PATHS.reviewConversations),
            title: 'Conversation',
            name: names.ofConversation(about),
            app: appTitle(about.app),
            count: about.count,
            people: names.ofAll(about.people, thread, 50),
            peopleCount: about.people.length + about.more,
            isMasked: masked && about.people.some(({ address }) => names.isHidden(address, thread)),
            unmask: pathTo(PATHS.reviewUnmask, { extraction, thread }),
            records: page.items.map((item) => {
              const shown = shownRecord(open, item, { names })
              const newDay = shown.day !== last
              last = shown.day
              return { ...shown, newDay }
            }),
            links: beside(path, {}, page),
          },
        }
      }),
  },
  {
    method: 'POST',
    path: PATHS.reviewUnmask,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.unmasked'],
    handle: async ({ service, actor, params }) => {
      const extraction = params['extraction'] ?? ''
      const thread = wholeNumber(params['thread']) ?? -1
      await unmaskPeople(service.ops, actor, { extraction, thread })
      return { redirect: pathTo(PATHS.reviewConversation, { extraction, thread }) }
    },
  },
]
