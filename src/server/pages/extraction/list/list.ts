import { couldEver } from '../../../../access/index.ts'
import { listExtractions, waitingGrants } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { capital, STATE_WORDS } from '../words.ts'

/** Everything that may be taken, is being taken, or was taken, in the cases of whoever asks. */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.extractions,
    who: 'signed-in',
    logs: [],
    handle: async ({ service: { ops }, actor, now }) => {
      const [waiting, all] = await Promise.all([waitingGrants(ops, actor, now), listExtractions(ops, actor)])
      const rows = all.map((one) => ({
        ...one,
        device: capital(one.device),
        word: STATE_WORDS[one.state],
        href: pathTo(PATHS.extraction, { extraction: one.id }),
      }))
      const going = (state: string) => state === 'queued' || state === 'running' || state === 'looking'
      return {
        page: 'pages/extraction/list/list.njk',
        view: {
          title: 'Extractions',
          waiting: waiting.map((one) => ({
            ...one,
            device: capital(one.device),
            href: pathTo(PATHS.extractionStart, { request: one.requestId }),
          })),
          mayStart: couldEver(actor, 'extraction.start'),
          going: rows.filter(({ state }) => going(state)),
          over: rows.filter(({ state }) => !going(state)),
        },
      }
    },
  },
]
