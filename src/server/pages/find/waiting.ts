import { findsToDecide } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'
import { FIND_KIND_WORDS } from './words.ts'

/** What else came to light and waits for this person's decision, with how often it was opened since because somebody's life was in danger. */
export const findsWaiting: WaitingList = async (ops, actor) =>
  (await findsToDecide(ops, actor)).map(({ id, extraction, kind, exhibit, caseReference, openedForLife, foundAt }) => ({
    text: `Decide what follows from something else that came to light in ${exhibit}, ${caseReference}`,
    hint: `${FIND_KIND_WORDS[kind]}. Nobody reads the extract until you decide.${openedSince(openedForLife)}`,
    href: pathTo(PATHS.findDecide, { extraction, find: id }),
    since: foundAt,
  }))

function openedSince(times: number): string {
  if (times === 0) return ''
  return ` It was opened ${times === 1 ? 'once' : `${times} times`} since to prevent an immediate risk to life.`
}
