import { readDestructions, readHeld } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { VERDICTS } from '../words.ts'

/** Rows of a page: the soonest reviews. Narrower lists show the rest. */
const SHOWN = 200

/** What is held, by what becomes of it; and the destructions there were. */
export const retentionListRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.retention,
    who: 'retention.see',
    logs: [],
    handle: async ({ service: { ops }, actor, query }) => {
      const [all, destructions] = await Promise.all([readHeld(ops, actor), readDestructions(ops, actor)])
      const verdict = query['verdict']
      const held = verdict === undefined ? all : all.filter(({ decision }) => decision.verdict === verdict)
      return {
        page: 'pages/retention/list/list.njk',
        view: {
          title: 'What is held',
          tabs: [
            { text: 'All', count: all.length, href: PATHS.retention, active: verdict === undefined },
            ...Object.entries(VERDICTS).map(([id, { text }]) => ({
              text,
              count: all.filter(({ decision }) => decision.verdict === id).length,
              href: `${PATHS.retention}?verdict=${id}`,
              active: verdict === id,
            })),
          ],
          total: held.length,
          held: held.slice(0, SHOWN).map((one) => ({
            ...one,
            href: pathTo(PATHS.holding, { extraction: one.extraction }),
            verdict: VERDICTS[one.decision.verdict],
            because: one.decision.reasons[0]?.says,
            onHold: one.holds.some(({ lifted_at }) => lifted_at === null),
          })),
          destructions: destructions.map((one) => ({
            ...one,
            href: pathTo(PATHS.destruction, { destruction: one.id }),
          })),
        },
      }
    },
  },
]
