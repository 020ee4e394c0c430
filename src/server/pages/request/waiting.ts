import { type Actor, type Ops, readOwnRequests } from '../../../actions/index.ts'
import { couldEver } from '../../../access/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Waiting } from '../home/waiting.ts'

const SAYS: Readonly<Record<string, (reference: string) => Pick<Waiting, 'text' | 'hint'>>> = {
  draft: (reference) => ({ text: `Finish request ${reference}`, hint: 'It is still being written.' }),
  returned: (reference) => ({ text: `Request ${reference} was returned to you`, hint: 'Read why, and amend it.' }),
  offered: (reference) => ({
    text: `Less was offered than you asked: request ${reference}`,
    hint: 'Read why, check what you wrote, and serve a new notice.',
  }),
  agreed: (reference) => ({ text: `Send request ${reference} for decision`, hint: 'The user agreed.' }),
}

/** Requests that somebody has to go on with: drafts that are not ready for their notice, what was returned, what was agreed to and not yet sent. */
export async function requestsToFinish(ops: Ops, actor: Actor): Promise<Waiting[]> {
  if (!couldEver(actor, 'request.write')) return []
  const own = await readOwnRequests(ops, actor)
  return own.flatMap(({ id, reference, version, status, offeredLess, readyToServe, exhibit, caseReference, since }) => {
    // What is next of it is said with the other notices.
    if (readyToServe) return []
    const says = SAYS[offeredLess ? 'offered' : status]?.(version > 1 ? `${reference}, version ${version},` : reference)
    if (says === undefined) return []
    return [
      {
        text: says.text.replace(/,$/, ''),
        hint: `Case ${caseReference}, exhibit ${exhibit}. ${says.hint}`,
        href: pathTo(PATHS.request, { request: id }),
        since,
      },
    ]
  })
}
