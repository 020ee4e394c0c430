import { MAY_BE_TAKEN_BACK, readRequest, withdrawRequest } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { captionOf } from '../question.ts'

/** A request is taken back before anybody has decided. */
export const withdrawRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestWithdraw,
    who: 'request.withdraw',
    about: 'request',
    logs: [],
    handle: async ({ service, actor, params }) => {
      const request = await readRequest(service.ops, actor, params['request'] as string)
      if (!MAY_BE_TAKEN_BACK.some((status) => status === request.status))
        return { redirect: pathTo(PATHS.request, { request: request.id }) }
      return {
        page: 'pages/request/confirm.njk',
        view: {
          title: 'Take this request back?',
          caption: captionOf(request),
          back: pathTo(PATHS.request, { request: request.id }),
          paragraphs: [
            'Nobody will decide on it, and nothing is taken from the phone under it.',
            'What was written stays on record. You can begin another request later.',
            ...(request.device.user_role === 'suspect' ? [] : ['Tell the user, and give the device back.']),
          ],
          button: 'Take it back',
          warning: true,
        },
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.requestWithdraw,
    who: 'request.withdraw',
    about: 'request',
    logs: ['request.withdrawn'],
    handle: async ({ service, actor, params }) => {
      const id = params['request'] as string
      await withdrawRequest(service.ops, actor, { id })
      return { redirect: pathTo(PATHS.request, { request: id }) }
    },
  },
]
