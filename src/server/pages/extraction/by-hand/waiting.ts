import { couldEver } from '../../../../access/index.ts'
import { waitingByHand } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'

/** What is being looked at by hand, until it is on record what was seen. */
export const lookedAtToRecord: WaitingList = async (ops, actor) => {
  if (!couldEver(actor, 'extraction.start')) return []
  return (await waitingByHand(ops, actor)).map(({ id, exhibit, reference, since }) => ({
    text: `Record what was seen on ${exhibit}`,
    hint: `It is being looked at by hand under request ${reference}.`,
    href: pathTo(PATHS.extraction, { extraction: id }),
    since,
  }))
}
