import { couldEver } from '../../../../access/index.ts'
import { readDestructions, readOneHeld } from '../../../../actions/index.ts'
import type { Decision } from '../../../../retention/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { CLASS_WORDS, HOLD_WORDS, taggedWords, VERDICTS } from '../words.ts'

/** What follows a review, by what the schedule says after it. */
const NEXT: Readonly<Record<Decision['verdict'], string>> = {
  keep: 'It stays until its next review.',
  review: 'It is still due for a review.',
  restrict: 'It is locked away: nobody opens it save for a stated purpose.',
  destroy_due: 'Its destruction can now be proposed; another person decides on it.',
}

const DONE: Readonly<Record<string, (verdict: Decision['verdict']) => string>> = {
  reviewed: (verdict) => `The review is recorded. ${NEXT[verdict]}`,
  'hold-set': () => 'The hold is set. Nothing of it is destroyed while the hold stands.',
  'hold-lifted': () => 'The hold is lifted.',
}

/** One thing that is held: what becomes of it and why, its holds, and what may be done. */
export const holdingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.holding,
    who: 'retention.see',
    about: 'extraction',
    logs: [],
    handle: async ({ service: { ops }, actor, params, query }) => {
      const extraction = params['extraction'] ?? ''
      const held = await readOneHeld(ops, actor, extraction)
      const [open] = await readDestructions(ops, actor, { extraction, proposed: true })
      const to = (path: string) => pathTo(path, { extraction })
      return {
        page: 'pages/retention/holding/holding.njk',
        view: {
          title: `${held.exhibit} in ${held.caseReference}`,
          back: PATHS.retention,
          done: DONE[query['done'] ?? '']?.(held.decision.verdict),
          onHold: held.holds.some(({ lifted_at }) => lifted_at === null),
          held,
          tagged: taggedWords(held),
          verdict: VERDICTS[held.decision.verdict],
          objectClass: CLASS_WORDS[held.holding.objectClass],
          holds: held.holds.map((hold) => ({
            ...hold,
            text: HOLD_WORDS[hold.kind as keyof typeof HOLD_WORDS],
            setBy: held.names[hold.set_by],
            liftedBy: held.names[hold.lifted_by ?? ''],
          })),
          proposed: open && { ...open, href: pathTo(PATHS.destruction, { destruction: open.id }) },
          links: {
            review: couldEver(actor, 'retention.decide') ? to(PATHS.holdingReview) : undefined,
            hold: couldEver(actor, 'hold.set') ? to(PATHS.holdingHold) : undefined,
            lift: couldEver(actor, 'hold.lift') ? to(PATHS.holdingLift) : undefined,
            propose:
              couldEver(actor, 'destruction.propose') && held.decision.verdict === 'destroy_due' && open === undefined
                ? to(PATHS.holdingPropose)
                : undefined,
          },
        },
      }
    },
  },
]
