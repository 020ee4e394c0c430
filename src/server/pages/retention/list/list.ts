import { readDestructions, readHeld } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { VERDICTS } from '../words.ts'

/** Rows of a page: the soonest reviews. Narrower lists show the rest. */
const SHOWN = 200

const TABS: readonly { readonly text: string; readonly due?: 'review' | 'destruction' | 'restricted' }[] = [
  { text: 'All' },
  { text: 'To be reviewed', due: 'review' },
  { text: 'To be destroyed', due: 'destruction' },
  { text: 'Restricted', due: 'restricted' },
]

/** What is held, by what becomes of it; and the destructions there were. */
export const retentionListRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.retention,
    who: 'retention.see',
    logs: [],
    handle: async ({ service: { ops }, actor, query }) => {
      const due = TABS.find(({ due: one }) => one !== undefined && one === query['due'])?.due
      const [{ held, total }, destructions] = await Promise.all([
        readHeld(ops, actor, { ...(due !== undefined && { due }), most: SHOWN }),
        readDestructions(ops, actor, { most: SHOWN }),
      ])
      return {
        page: 'pages/retention/list/list.njk',
        view: {
          title: 'What is held',
          tabs: TABS.map(({ text, due: one }) => ({
            text,
            href: one === undefined ? PATHS.retention : `${PATHS.retention}?due=${one}`,
            active: one === due,
          })),
          total,
          held: held.map((one) => ({
            ...one,
            href: pathTo(PATHS.holding, { extraction: one.extraction }),
            verdict: VERDICTS[one.decision.verdict],
            because: one.decision.reasons[0]?.says,
            onHold: one.holds.some(({ lifted_at }) => lifted_at === null),
          })),
          moreDestructions: destructions.length === SHOWN,
          destructions: destructions.map((one) => ({
            ...one,
            href: pathTo(PATHS.destruction, { destruction: one.id }),
          })),
        },
      }
    },
  },
]
