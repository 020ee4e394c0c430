import { readRequest, savePart } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { captionOf, isOpen } from '../question.ts'
import { DIRECTION_CHOICES } from '../words.ts'

/** The lines of enquiry that a request serves: a list, changed one by one. */
export const linesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestLines,
    who: 'request.write',
    about: 'request',
    logs: [],
    handle: async ({ service, actor, params }) => {
      const request = await readRequest(service.ops, actor, params['request'] as string)
      const at = { request: request.id }
      if (!isOpen({ stated: true }, request)) return { redirect: pathTo(PATHS.request, at) }
      const lines = request.document.lines_of_enquiry ?? []
      if (lines.length === 0) return { redirect: pathTo(PATHS.requestLine, { ...at, line: 'new' }) }
      const scope = [
        ...(request.document.scope ?? []),
        ...Object.values(request.beliefs.unfinished ?? {}).map(({ clause }) => clause),
      ]
      return {
        page: 'pages/request/lines/lines.njk',
        view: {
          title: 'Lines of enquiry',
          caption: captionOf(request),
          back: pathTo(PATHS.request, at),
          lines: lines.map((line) => ({
            ...line,
            ...request.beliefs.lines?.[line.id],
            again: request.beliefs.look_again?.includes(line.id),
            directionSays: DIRECTION_CHOICES.find(({ value }) => value === request.beliefs.lines?.[line.id]?.direction)
              ?.text,
            change: pathTo(PATHS.requestLine, { ...at, line: line.id }),
            // A line that something is asked for on stays: the scope would serve nothing.
            remove: scope.some((clause) => clause.line_of_enquiry === line.id)
              ? undefined
              : pathTo(PATHS.requestLineRemove, { ...at, line: line.id }),
          })),
          add: pathTo(PATHS.requestLine, { ...at, line: 'new' }),
          next: pathTo(PATHS.request, at),
        },
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.requestLineRemove,
    who: 'request.write',
    about: 'request',
    logs: ['request.written'],
    handle: async ({ service, actor, params }) => {
      const id = params['request'] as string
      await savePart(service.ops, actor, { id, answer: { part: 'line_removed', id: params['line'] as string } })
      return { redirect: pathTo(PATHS.requestLines, { request: id }) }
    },
  },
]
