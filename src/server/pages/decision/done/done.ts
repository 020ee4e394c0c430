import { readDecision } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { captionOf } from '../../request/question.ts'
import { OUTCOME_WORDS } from '../words.ts'

const NEXT = {
  granted: 'An extraction officer may take what was granted, and nothing else. Whoever asked sees your reasons.',
  narrowed:
    'A new version with less in it is a draft now. Its requester serves a new notice and asks for agreement anew.',
  refused: 'Nothing is taken. Whoever asked sees your reasons.',
  returned: 'Whoever asked sees what is missing, and sends it again.',
} as const

/** What was decided, where it stands in the log, and what is next. */
export const doneRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.decisionDone,
    who: 'request.see',
    about: 'request',
    logs: [],
    handle: async ({ service: { ops }, actor, params }) => {
      const id = params['request'] as string
      const view = await readDecision(ops, actor, id)
      const decision = view.whole.decisions.at(-1)
      if (decision === undefined) return { redirect: pathTo(PATHS.decision, { request: id }) }
      return {
        page: 'pages/decision/done/done.njk',
        view: {
          title: OUTCOME_WORDS[decision.outcome],
          caption: captionOf(view),
          decision,
          says: NEXT[decision.outcome],
          list: PATHS.decisions,
          request: pathTo(PATHS.decision, { request: id }),
        },
      }
    },
  },
]
