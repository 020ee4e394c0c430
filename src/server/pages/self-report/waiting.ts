import { couldEver } from '../../../access/index.ts'
import { readReports } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'

/** Reports that stand on the start page at most: the list has them all. */
const SHOWN = 20

/** What staff reported and nobody has seen to yet (law rows E11, E14). */
export const selfReportsWaiting: WaitingList = async (ops, actor) => {
  if (!couldEver(actor, 'app.see_reports')) return []
  const open = (await readReports(ops, actor)).filter(({ done }) => !done)
  return open.slice(0, SHOWN).map(({ id, app, on, evidence }) => ({
    text: `See what follows from a report of ${app}`,
    hint: evidence === 'no' ? 'It was on somebody’s phone.' : 'It may be evidence.',
    href: pathTo(PATHS.appReport, { report: id }),
    since: new Date(`${on}T00:00:00Z`),
    sinceWhat: 'Reported',
    onDay: true,
  }))
}
