import { couldEver } from '../../../access/index.ts'
import { type Actor, type Ops, waitingDecisions } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Waiting } from '../home/waiting.ts'

/** Requests that this person may decide. */
export async function decisionsWaiting(ops: Ops, actor: Actor): Promise<Waiting[]> {
  if (!couldEver(actor, 'decision.grant')) return []
  return (await waitingDecisions(ops, actor)).map(
    ({ id, reference, version, offence, exhibit, requestedBy, since }) => ({
      text: `Decide request ${reference}${version > 1 ? `, version ${version}` : ''}`,
      hint: `${offence}, exhibit ${exhibit}. Asked by ${requestedBy}.`,
      href: pathTo(PATHS.decision, { request: id }),
      since,
    }),
  )
}
