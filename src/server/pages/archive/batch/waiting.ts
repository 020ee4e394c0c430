import { batchesToDecide } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'
import { recordingsWords } from '../recording-words.ts'

/** Batches of recordings that somebody else proposed. */
export const batchesWaiting: WaitingList = async (ops, actor) =>
  (await batchesToDecide(ops, actor)).map(({ id, title, items, proposedByName, proposedAt, stale }) => ({
    text: `Decide on the destruction of ${recordingsWords(items)} of “${title}”`,
    hint: stale
      ? `Proposed by ${proposedByName}. The archive has been matched again since. Refuse it, and have it proposed anew.`
      : `Proposed by ${proposedByName}. Nothing is destroyed unless somebody else approves it.`,
    href: pathTo(PATHS.batch, { batch: id }),
    since: proposedAt,
  }))
