import { beginAssessment, readApp, screenApp, suspendApp, withdrawApp } from '../../../../actions/index.ts'
import { field } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { answersOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** What a change in the catalogue does not do by itself. */
const OFF_PHONES =
  'This takes nothing off a phone by itself. Take the app out of the policies of its roles, write them out, and bring them into device management.'

/** What is done to an app by one person: whether it goes further, its assessment begun, suspended, withdrawn (law rows E9 to E11). */
export const manageRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.appScreen, who: 'app.manage', logs: [], handle: (visit) => screening(visit) },
  {
    method: 'POST',
    path: PATHS.appScreen,
    who: 'app.manage',
    logs: ['app.screened'],
    handle: async (visit) => {
      const outcome = field(visit, 'outcome')
      if (outcome !== 'go_on' && outcome !== 'refuse')
        return screening(visit, { errors: [{ field: 'outcome', text: 'Choose whether it goes further' }] })
      const input = { appId: idOf(visit), outcome, why: field(visit, 'why') } as const
      const not = await taken(() => screenApp(visit.service.ops, visit.actor, input))
      return not === undefined ? back(visit, 'saved') : screening(visit, not)
    },
  },
  {
    method: 'POST',
    path: PATHS.appAssess,
    formOn: PATHS.app,
    who: 'app.manage',
    logs: ['app.assessment_begun'],
    handle: async (visit) => {
      await beginAssessment(visit.service.ops, visit.actor, idOf(visit))
      return back(visit, 'saved')
    },
  },
  ...byReason(PATHS.appSuspend, {
    title: 'Suspend this app',
    intro: [
      'You can do this at once, and by yourself. It stays suspended until somebody asks for it again and somebody else decides.',
      OFF_PHONES,
    ],
    label: 'Why?',
    button: 'Suspend it',
    act: suspendApp,
    log: 'app.suspended',
  }),
  ...byReason(PATHS.appWithdraw, {
    title: 'Withdraw this app',
    intro: [
      'You cannot undo this. To have the app back, somebody must ask for it anew, and it is assessed anew.',
      OFF_PHONES,
      'Then show that it is gone from every phone, and what became of its data. Somebody else confirms it.',
    ],
    label: 'Why?',
    button: 'Withdraw it for good',
    act: withdrawApp,
    log: 'app.withdrawn',
  }),
]

/** Which app an address names. */
export function idOf({ params }: Visit): string {
  return params['app'] ?? ''
}

/** Back to the page of the app, with what was done. */
export function back(visit: Visit, done: string): Answer {
  return { redirect: `${pathTo(PATHS.app, { app: idOf(visit) })}?done=${done}` }
}

const SCREENING: readonly Question[] = [
  {
    ask: 'one',
    name: 'outcome',
    label: 'Does it go further?',
    of: [
      { value: 'go_on', text: 'Yes', hint: 'It is assessed next.' },
      {
        value: 'refuse',
        text: 'No',
        hint: 'It is refused for good, and whoever asked sees that it is. They may ask anew.',
      },
    ],
  },
  { ask: 'text', name: 'why', label: 'Why?', hint: 'Needed where it is refused.' },
]

async function screening(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { row, requestedBy } = await readApp(visit.service.ops, visit.actor, idOf(visit))
  const { entry } = row.record
  return questionsPage(
    {
      title: 'Say whether it goes further',
      caption: row.title,
      back: pathTo(PATHS.app, { app: row.id }),
      backText: row.title,
      facts: [
        { key: 'What it is for', value: entry.purpose },
        { key: 'Why it is needed', value: row.asked_because },
        { key: 'For whom', value: `${entry.roles.join(', ')}: ${row.asked_phones} phones` },
        { key: 'Asked by', value: requestedBy },
      ],
      questions: SCREENING,
      answers: answersOf(visit, SCREENING),
      button: 'Save',
    },
    notTaken,
  )
}

/** A page that asks for nothing but a reason. */
function byReason(
  path: string,
  about: {
    readonly title: string
    readonly intro: readonly string[]
    readonly label: string
    readonly button: string
    readonly act: typeof suspendApp
    readonly log: 'app.suspended' | 'app.withdrawn'
  },
): Route[] {
  const questions: readonly Question[] = [{ ask: 'text', name: 'why', large: true, label: about.label }]
  const page = async (visit: Visit, notTaken?: NotTaken): Promise<Answer> => {
    const { row } = await readApp(visit.service.ops, visit.actor, idOf(visit))
    const { title, intro, button } = about
    const place = { caption: row.title, back: pathTo(PATHS.app, { app: row.id }), backText: row.title }
    const asked = { questions, answers: answersOf(visit, questions), button, grave: true } as const
    return questionsPage({ title, intro, ...place, ...asked }, notTaken)
  }
  return [
    { method: 'GET', path, who: 'app.suspend', logs: [], handle: (visit) => page(visit) },
    {
      method: 'POST',
      path,
      who: 'app.suspend',
      logs: [about.log],
      handle: async (visit) => {
        const input = { appId: idOf(visit), why: field(visit, 'why') }
        const not = await taken(() => about.act(visit.service.ops, visit.actor, input))
        return not === undefined ? back(visit, 'decided') : page(visit, not)
      },
    },
  ]
}
