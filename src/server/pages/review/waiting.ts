import { extractsToReview, setApartToDecide, type WaitingExtract } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'

/** Extracts that somebody has not looked at yet, and what was set apart for them to decide on. */
export const reviewWaiting: WaitingList = async (ops, actor) => {
  const [unread, privileged, excess] = await Promise.all([
    extractsToReview(ops, actor),
    setApartToDecide(ops, actor, 'privileged'),
    setApartToDecide(ops, actor, 'excess'),
  ])
  const one = (path: string, text: (found: WaitingExtract) => string, hint: string) => (found: WaitingExtract) => ({
    text: text(found),
    hint,
    href: pathTo(path, { extraction: found.extraction }),
    since: found.since,
  })
  const where = ({ exhibit, caseReference }: WaitingExtract) => `${exhibit} in ${caseReference}`
  return [
    ...unread.map(
      one(PATHS.extractOpen, (found) => `Review the extract from ${where(found)}`, 'You have not opened it yet.'),
    ),
    ...privileged.map(
      one(
        PATHS.privilegedOpen,
        (found) => `Decide what is privileged in ${where(found)}`,
        'Set apart from those who review it.',
      ),
    ),
    ...excess.map(
      one(
        PATHS.excessOpen,
        (found) => `Decide what becomes of excess in ${where(found)}`,
        'Set apart from those who review it.',
      ),
    ),
  ]
}
