import { couldEver } from '../../../access/index.ts'
import { appsWaiting, dpiasWaiting } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'
import { ASKING_WORDS } from './words.ts'

/** What waits of apps and assessments: requests to look at, decisions that somebody else asked for, advice to give or to decide on. */
export const appsToSeeTo: WaitingList = async (ops, actor) => {
  if (!couldEver(actor, 'app.see')) return []
  const [apps, dpias] = await Promise.all([appsWaiting(ops, actor), dpiasWaiting(ops, actor)])
  const DPIA_TEXTS = {
    advise: ['Advise on', 'Your advice is asked for.', PATHS.dpiaAdvise],
    decide: ['Decide on the advice on', 'The data protection officer has advised.', PATHS.dpiaAdviceDecide],
  } as const
  return [
    ...apps.map(({ id, title, act, since, askedBy }) =>
      act === 'request'
        ? {
            text: `Say whether ${title} goes further`,
            hint: `Asked for by ${askedBy}.`,
            href: pathTo(PATHS.app, { app: id }),
            since,
          }
        : {
            text: `${ASKING_WORDS[act].title}: ${title}`,
            hint: `Asked by ${askedBy}. Somebody else decides.`,
            href: pathTo(PATHS.appDecide, { app: id }),
            since,
          },
    ),
    ...dpias.map(({ id, title, part, since }) => {
      const [verb, hint, path] = DPIA_TEXTS[part]
      return { text: `${verb} ${title}`, hint, href: pathTo(path, { dpia: id }), since }
    }),
  ]
}
