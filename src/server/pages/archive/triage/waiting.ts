import { waitingRecordings } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'

const number = new Intl.NumberFormat('en-GB')

/** Recordings that wait for the disclosure officer, by archive (law row E14). */
export const recordingsToDecide: WaitingList = async (ops, actor) =>
  (await waitingRecordings(ops, actor)).map(({ archive, title, waiting, overdue, since, deadline }) => ({
    text: waiting === 1 ? 'Decide on a recording' : `Decide on ${number.format(waiting)} recordings`,
    hint: overdue === 0 ? title : `${title}. ${number.format(overdue)} overdue.`,
    href: pathTo(PATHS.archiveWaiting, { archive }),
    since,
    due: deadline,
  }))
