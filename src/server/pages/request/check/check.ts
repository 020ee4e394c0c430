import { allow, LATE_PARTS, readRequest, submitRequest } from '../../../../actions/index.ts'
import { restsOnAgreement } from '../../../../authorisation/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { captionOf, isOpen } from '../question.ts'
import { readingOf } from '../reading.ts'
import { nextOf, summaryOf } from '../summary.ts'
import { QUESTIONS } from '../words.ts'

/** Everything that was written, before it is sent: complete, and with what to think about beside it. */
export const checkRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestCheck,
    who: 'request.write',
    about: 'request',
    logs: [],
    handle: async ({ service: { ops }, actor, params }) => {
      const id = params['request'] as string
      const request = await readRequest(ops, actor, id)
      const at = { request: id }
      const { status, document, open } = request
      if (!isOpen({}, request) && status !== 'agreed') return { redirect: pathTo(PATHS.request, at) }
      // What is said last is asked for now: after agreement there is nothing else to be changed.
      const [first] = open
      if (status === 'agreed' && first !== undefined && open.every(({ part }) => LATE_PARTS.has(part)))
        return { redirect: `${pathTo(QUESTIONS[first.part].path, at)}?to=check` }
      // Asked here, so that whoever may not send it reads why before they try (law row B20).
      const may = await allow(ops, actor, 'request.submit', { of: 'request', id })
      const isFirst = status === 'draft' && restsOnAgreement(document.power)
      const complete = (isFirst ? open.filter(({ part }) => !LATE_PARTS.has(part)) : open).length === 0
      return {
        page: 'pages/request/check/check.njk',
        view: {
          title: 'Check your answers',
          caption: captionOf(request),
          back: pathTo(PATHS.request, at),
          sections: summaryOf(request, true),
          reading: await readingOf(ops, request),
          complete,
          notice: isFirst && complete ? nextOf(request) : undefined,
          send: !isFirst && complete && may.allowed && request.requestedBy.id === actor.id,
          why:
            complete && !isFirst
              ? request.requestedBy.id !== actor.id
                ? `${request.requestedBy.name} began this request and holds the beliefs in it. They must send it.`
                : may.allowed
                  ? undefined
                  : may.says
              : undefined,
        },
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.requestCheck,
    who: 'request.submit',
    about: 'request',
    logs: ['authorisation.requested'],
    handle: async ({ service: { ops }, actor, params }) => {
      const id = params['request'] as string
      await submitRequest(ops, actor, { id })
      return { redirect: pathTo(PATHS.request, { request: id }) }
    },
  },
]
