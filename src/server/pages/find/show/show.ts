import { allow, type Find, readFind } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'
import { FIND_DECIDED_WORDS, FIND_KIND_WORDS } from '../words.ts'

const DONE: Readonly<Record<string, string>> = {
  reported: 'It is reported, and the extract is closed. An authorising officer sees it now.',
  decided: 'Your decision is recorded. The extract may be opened again for the line of enquiry that was authorised.',
}

/** Something else that came to light: what it is, and what was decided of it. */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.find,
    who: 'find.see',
    about: 'extraction',
    logs: [],
    handle: async (visit) => {
      const { service, actor, query } = visit
      const found = await readFind(service.ops, actor, named(visit))
      const { extraction, caseId, decision } = found
      const can = async (act: 'find.decide' | 'request.write') => {
        const subject = act === 'find.decide' ? { of: 'extraction', id: extraction } : { of: 'case', id: caseId }
        const more = { stepUp: true, foundBy: found.foundBy.id }
        return (await allow(service.ops, actor, act, subject as { of: 'case'; id: string }, more)).allowed
      }
      return {
        page: 'pages/find/show/show.njk',
        view: {
          ...about(found),
          title: 'Something else came to light',
          done: DONE[query['done'] ?? ''],
          decision: decision && { ...decision, text: FIND_DECIDED_WORDS[decision.outcome] },
          decide:
            decision === undefined && (await can('find.decide'))
              ? pathTo(PATHS.findDecide, { extraction, find: found.id })
              : undefined,
          newRequest:
            decision?.outcome === 'new-request' && (await can('request.write'))
              ? pathTo(PATHS.requestNew, { case: caseId })
              : undefined,
        },
      }
    },
  },
]

/** Which find an address names. */
export function named({ params }: Pick<Visit, 'params'>): { extraction: string; find: string } {
  return { extraction: params['extraction'] ?? '', find: params['find'] ?? '' }
}

/** What every page of a find says of it. */
export function about(found: Find) {
  const { extraction } = found
  return {
    found,
    kind: FIND_KIND_WORDS[found.kind],
    back: pathTo(PATHS.extraction, { extraction }),
    backText: 'The extraction',
  }
}
