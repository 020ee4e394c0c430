import { newVersion, readRequest } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { captionOf } from '../question.ts'

/** A change is a new version, with a notice, an agreement and a decision of its own (law row B29). */
export const newVersionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestNewVersion,
    who: 'request.write',
    about: 'request',
    logs: [],
    handle: async ({ service, actor, params }) => {
      const request = await readRequest(service.ops, actor, params['request'] as string)
      return {
        page: 'pages/request/confirm.njk',
        view: {
          title: 'Make a new version?',
          caption: captionOf(request),
          back: pathTo(PATHS.request, { request: request.id }),
          paragraphs: [
            'Everything that was written is copied, and can be changed there.',
            'What was agreed is not copied: the new version needs a notice, an agreement and a decision of its own.',
            request.status === 'granted'
              ? 'This version stays in force until the new one is granted.'
              : 'This version stays on record as it is.',
          ],
          button: `Make version ${request.version + 1}`,
        },
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.requestNewVersion,
    who: 'request.write',
    about: 'request',
    logs: ['request.started'],
    handle: async ({ service, actor, params }) => {
      const id = await newVersion(service.ops, actor, { id: params['request'] as string })
      return { redirect: pathTo(PATHS.request, { request: id }) }
    },
  },
]
