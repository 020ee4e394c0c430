import { waitingKeeps } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'

/** Recordings that somebody proposed to keep for a case, for whoever may decide on it. */
export const keepsWaiting: WaitingList = async (ops, actor) => {
  if (!actor.roles.includes('authorising_officer')) return []
  return (await waitingKeeps(ops, actor)).map(
    ({ id, archiveId, archiveTitle, caseReference, recordings, proposedBy, proposedAt }) => ({
      text: `Decide whether ${recordings === 1 ? 'a recording is' : `${recordings.toLocaleString('en-GB')} recordings are`} kept for case ${caseReference}`,
      hint: `${archiveTitle}. Proposed by ${proposedBy.name}.`,
      href: pathTo(PATHS.keepDecide, { archive: archiveId, keep: id }),
      since: proposedAt,
    }),
  )
}
