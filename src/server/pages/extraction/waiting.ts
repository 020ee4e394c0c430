import { couldEver } from '../../../access/index.ts'
import { waitingGrants, waitingReceipts } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'

/** Grants under which nothing was taken yet, for whoever runs extractions. */
export const grantsToExtract: WaitingList = async (ops, actor, now) => {
  if (!couldEver(actor, 'extraction.start')) return []
  return (await waitingGrants(ops, actor, now)).map(({ requestId, reference, caseReference, exhibit, grantedAt }) => ({
    text: `Extract from ${exhibit}`,
    hint: `Request ${reference} in case ${caseReference} was granted.`,
    href: pathTo(PATHS.extractionStart, { request: requestId }),
    since: grantedAt,
  }))
}

/** Extractions whose device user has no receipt yet. */
export const receiptsToGive: WaitingList = async (ops, actor) => {
  if (!couldEver(actor, 'receipt.give')) return []
  return (await waitingReceipts(ops, actor)).map(({ id, exhibit, reference, since }) => ({
    text: `Give the receipt for ${exhibit}`,
    hint: `What request ${reference} allowed was taken; its device user has not been told yet.`,
    href: pathTo(PATHS.receipt, { extraction: id }),
    since,
  }))
}
