import { templatesWaiting } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'

/** How names are to be read, where somebody else proposed it. */
export const waitingTemplates: WaitingList = async (ops, actor) =>
  (await templatesWaiting(ops, actor)).map(({ learnt, archiveTitle }) => ({
    text: 'Decide how file names of recordings are read',
    hint: `${archiveTitle}. Proposed by ${learnt.proposedBy.name}.`,
    href: pathTo(PATHS.archiveNameTemplate, { archive: learnt.archiveId, template: learnt.id }),
    since: learnt.proposedAt,
  }))
