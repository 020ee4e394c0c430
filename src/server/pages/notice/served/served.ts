import { readNotice } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import type { Agreeing } from '../../../../notice/index.ts'
import { requestOf } from '../chosen.ts'
import { AGREEING_WORDS, captionOf, FORMAT_WORDS } from '../words.ts'

/** That the notice was served, and what is next. */
export const servedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.noticeServed,
    who: 'request.see',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const id = requestOf(visit)
      const { whole } = await readNotice(visit.service.ops, visit.actor, id)
      const { notice } = whole
      if (notice === undefined) return { redirect: pathTo(PATHS.noticeChoose, { request: id }) }
      return {
        page: 'pages/notice/served/served.njk',
        view: {
          title: 'The notice is served',
          caption: captionOf(whole),
          to: AGREEING_WORDS[notice.served_on as Agreeing],
          at: notice.served_at,
          format: FORMAT_WORDS[notice.format as keyof typeof FORMAT_WORDS],
          pdf: pathTo(PATHS.noticePaper, { request: id, paper: 'served.pdf' }),
          answer: whole.request.status === 'notice_served' ? pathTo(PATHS.agreementAnswer, { request: id }) : undefined,
          request: pathTo(PATHS.request, { request: id }),
        },
      }
    },
  },
]
