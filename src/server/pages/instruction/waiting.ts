import { couldEver } from '../../../access/index.ts'
import { instructionsFor } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'

/** Instructions on apps that somebody's phone may have, and that they have not read or not passed (law row E9). */
export const instructionsWaiting: WaitingList = async (ops, actor) => {
  if (!couldEver(actor, 'instruction.answer')) return []
  const theirs = (await instructionsFor(ops, actor)).filter(
    ({ isTheirs, reading }) => isTheirs && reading !== 'cleared',
  )
  return theirs.map(({ app, title, reading, instruction }) => ({
    text:
      reading === 'not_read' || reading === 'read_before'
        ? `Read the instruction on ${title}`
        : `Answer the questions on ${title}`,
    hint:
      reading === 'read_before'
        ? 'It has changed since you read it.'
        : 'You should not have the app before you pass its questions.',
    href: pathTo(PATHS.instruction, { app }),
    since: new Date(`${instruction.issued}T00:00:00Z`),
    sinceWhat: 'Issued',
    onDay: true,
  }))
}
