import { couldEver } from '../../../access/index.ts'
import { readDestructions, readHeld } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'

/** Of each kind at most: nobody does more in a day, and the page about what is held has them all. */
const SHOWN = 50
const NOTHING = { held: [], total: 0 }

/** Reviews whose day has come, what is to be proposed for destruction, and destructions that wait for a second person. */
export const retentionWaiting: WaitingList = async (ops, actor, now) => {
  if (!couldEver(actor, 'retention.decide') && !couldEver(actor, 'destruction.approve')) return []
  const may = { review: couldEver(actor, 'retention.decide'), propose: couldEver(actor, 'destruction.propose') }
  const [toReview, toGo, proposed] = await Promise.all([
    may.review ? readHeld(ops, actor, { due: 'review', most: SHOWN }) : NOTHING,
    may.propose ? readHeld(ops, actor, { due: 'destruction', most: SHOWN }) : NOTHING,
    readDestructions(ops, actor, { proposed: true }),
  ])
  const inProposal = new Set(proposed.map(({ extraction }) => extraction))
  const reviews = toReview.held.filter(({ decision }) => decision.verdict === 'review')
  const due = toGo.held.filter(
    ({ extraction, decision }) => decision.verdict === 'destroy_due' && !inProposal.has(extraction),
  )
  return [
    ...reviews.map(({ extraction, exhibit, caseReference, decision }) => ({
      text: `Review ${exhibit} in ${caseReference}`,
      hint: decision.reasons[0]?.says ?? '',
      href: pathTo(PATHS.holding, { extraction }),
      since: new Date(`${decision.reviewOn}T00:00:00Z`),
    })),
    ...due.map(({ extraction, exhibit, caseReference }) => ({
      text: `Propose the destruction of ${exhibit} in ${caseReference}`,
      hint: 'Its review decided that it is to be destroyed.',
      href: pathTo(PATHS.holding, { extraction }),
      since: now,
    })),
    ...proposed
      .filter(({ proposedBy }) => proposedBy !== actor.id && couldEver(actor, 'destruction.approve'))
      .map(({ id, exhibit, caseReference, proposedByName, proposedAt, records }) => ({
        text: `Decide on the destruction of ${records === undefined ? '' : 'a part of '}${exhibit} in ${caseReference}`,
        hint: `Proposed by ${proposedByName}. It takes two people.`,
        href: pathTo(PATHS.destruction, { destruction: id }),
        since: proposedAt,
      })),
  ]
}
