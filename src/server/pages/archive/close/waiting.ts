import { closingsWaiting } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'

/** Archives that somebody else proposed to close. */
export const archivesToClose: WaitingList = async (ops, actor) =>
  (await closingsWaiting(ops, actor)).map(({ closing, archiveId, archiveTitle }) => ({
    text: `Decide whether “${archiveTitle}” is closed`,
    hint: `Proposed by ${closing.proposedBy.name}. Its last key is destroyed only if somebody else approves it.`,
    href: pathTo(PATHS.archiveClose, { archive: archiveId }),
    since: closing.proposedAt,
  }))
