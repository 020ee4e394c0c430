import { couldEver } from '../../../../access/index.ts'
import { askedFaults, askForApp, readOwnAskedApps } from '../../../../actions/index.ts'
import { errorsFrom, field } from '../../../form.ts'
import type { NotTaken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { answersOf, linesOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { STATE_WORDS } from '../words.ts'

const QUESTIONS: readonly Question[] = [
  { ask: 'line', name: 'app', label: 'What is the app called?' },
  { ask: 'line', name: 'publisher', label: 'Who publishes it?', hint: 'As the app store names them.' },
  { ask: 'text', name: 'purpose', label: 'What is it for?' },
  {
    ask: 'text',
    name: 'why',
    label: 'Why is it needed?',
    hint: 'What cannot be done without it, and what was tried instead.',
  },
  {
    ask: 'text',
    name: 'roles',
    rows: 3,
    label: 'Which roles would have it?',
    hint: 'One on each line, for example: negotiator. Nobody else would have it.',
  },
  {
    ask: 'line',
    name: 'phones',
    label: 'On how many phones?',
    classes: 'govuk-input--width-5',
    inputmode: 'numeric',
  },
]

/** Anybody of staff asks for an app (law row E9). */
export const askRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.appAsk, who: 'app.ask', logs: [], handle: (visit) => page(visit) },
  {
    method: 'POST',
    path: PATHS.appAsk,
    who: 'app.ask',
    logs: ['app.requested'],
    handle: async (visit) => {
      const asked = {
        app: field(visit, 'app'),
        publisher: field(visit, 'publisher'),
        purpose: field(visit, 'purpose'),
        why: field(visit, 'why'),
        roles: linesOf(field(visit, 'roles')),
        phones: /^\d{1,7}$/.test(field(visit, 'phones')) ? Number(field(visit, 'phones')) : Number.NaN,
      }
      const errors = errorsFrom(askedFaults(asked))
      if (errors.length > 0) return page(visit, { errors })
      const app = await askForApp(visit.service.ops, visit.actor, asked)
      return {
        redirect: couldEver(visit.actor, 'app.see') ? pathTo(PATHS.app, { app }) : `${PATHS.appAsk}?done=asked`,
      }
    },
  },
]

async function page(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { service, actor, query } = visit
  const sees = couldEver(actor, 'app.see')
  return questionsPage(
    {
      title: 'Ask for an app',
      back: sees ? PATHS.apps : PATHS.home,
      ...(sees && { backText: 'Apps' }),
      intro: [
        'Do not put it on a phone before it is approved. Whoever answers for apps looks at what you write, and somebody else decides.',
      ],
      questions: QUESTIONS,
      answers: answersOf(visit, QUESTIONS),
      button: 'Ask for it',
      template: 'pages/app/ask/ask.njk',
      more: {
        done: query['done'] === 'asked' && notTaken === undefined ? 'Your request is on record.' : undefined,
        own: (await readOwnAskedApps(service.ops, actor)).map((one) => ({ ...one, tag: STATE_WORDS[one.state] })),
      },
    },
    notTaken,
  )
}
