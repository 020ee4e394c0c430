import { askDecision, type Asks, readApp } from '../../../../actions/index.ts'
import { LONGEST_TRIAL, MOST_IN_TRIAL, QUORUM } from '../../../../apps/index.ts'
import { after, dayOf, isDay } from '../../../../retention/index.ts'
import { dayGiven, field, type FieldError } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { answersOf, linesOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { knownPeople, namedBy } from '../people.ts'
import { saidPlainly } from '../words.ts'
import { removalAsk } from './removal.ts'

/** What is asked of an app, on a page: its questions, and what is made of them. */
export interface AskPage {
  readonly path: string
  readonly title: string
  readonly intro: readonly string[]
  readonly questions: (visit: Visit) => Promise<readonly Question[]> | readonly Question[]
  readonly read: (visit: Visit) => Promise<{ readonly asks: Asks; readonly errors: readonly FieldError[] }>
}

const trialAsk: AskPage = {
  path: PATHS.appTrial,
  title: 'Ask for a trial',
  intro: ['It goes onto the phones of those whom you name, and onto no other. Somebody else decides.'],
  questions: () => [
    {
      ask: 'text',
      name: 'people',
      rows: 4,
      label: 'Who tries it?',
      hint: `Staff numbers, one on each line, at most ${MOST_IN_TRIAL}. They must have signed in before.`,
    },
    { ask: 'day', name: 'until', label: 'Until when?', hint: `At most ${LONGEST_TRIAL.days} days from now.` },
    { ask: 'text', name: 'question', rows: 3, label: 'What is to be found out?' },
  ],
  read: async (visit) => {
    const errors: FieldError[] = []
    const ids = [...new Set(linesOf(field(visit, 'people')))]
    if (ids.length === 0) errors.push({ field: 'people', text: 'Enter who tries it' })
    if (ids.length > MOST_IN_TRIAL) errors.push({ field: 'people', text: `Enter at most ${MOST_IN_TRIAL} people` })
    const { people, errors: unknown } = await namedBy(visit.service.ops, 'people', ids.slice(0, MOST_IN_TRIAL))
    const until = dayGiven(visit, 'until')
    const today = dayOf(visit.now)
    if (!isDay(until) || until <= today || until > after(today, LONGEST_TRIAL))
      errors.push({ field: 'until', text: `Enter a day within the next ${LONGEST_TRIAL.days} days` })
    const question = field(visit, 'question')
    if (question === '') errors.push({ field: 'question', text: 'Enter what is to be found out' })
    return { asks: { act: 'begin_trial', people, until, question }, errors: [...errors, ...unknown] }
  },
}

const approvalAsk: AskPage = {
  path: PATHS.appApproval,
  title: 'Ask for approval',
  intro: [
    `Ask once the board has met, with at least ${QUORUM} people besides the data protection officer. One of them then confirms here what it decided.`,
  ],
  questions: async ({ service: { ops } }) => [
    { ask: 'text', name: 'report', label: 'What came of the trial?' },
    { ask: 'line', name: 'minutes', label: 'Reference of the minutes' },
    {
      ask: 'text',
      name: 'present',
      rows: 4,
      label: 'Who of the board was present?',
      hint: 'Staff numbers, one on each line. They must have signed in before.',
    },
    {
      ask: 'line',
      name: 'accepts',
      label: 'Who takes the risk for the force?',
      hint: 'The staff number of one of those present. It must not be whoever answers for the app.',
      classes: 'govuk-input--width-10',
      known: await knownPeople(ops, 'information_asset_owner', 'authorising_officer'),
    },
  ],
  read: async (visit) => {
    const errors: FieldError[] = []
    const { ops } = visit.service
    const ids = [...new Set(linesOf(field(visit, 'present')))]
    if (field(visit, 'report') === '') errors.push({ field: 'report', text: 'Enter what came of the trial' })
    if (field(visit, 'minutes') === '') errors.push({ field: 'minutes', text: 'Enter the reference of the minutes' })
    if (ids.length === 0) errors.push({ field: 'present', text: 'Enter who was present' })
    const accepts = field(visit, 'accepts')
    if (accepts === '') errors.push({ field: 'accepts', text: 'Enter who takes the risk' })
    const present = await namedBy(ops, 'present', ids.slice(0, 50))
    const taker = await namedBy(ops, 'accepts', accepts === '' ? [] : [accepts])
    const [risk_accepted_by = { id: '', name: '', role: '' }] = taker.people
    const board = { minutes: field(visit, 'minutes'), present: present.people, risk_accepted_by }
    return {
      asks: { act: 'approve', board, trial_report: field(visit, 'report') },
      errors: [...errors, ...present.errors, ...taker.errors],
    }
  },
}

/** What one person asks of an app and another decides: a trial, the approval, that it is gone (law rows E10, E12). */
export const askPagesRoutes: readonly Route[] = [trialAsk, approvalAsk, removalAsk].flatMap((ask): Route[] => [
  {
    method: 'GET',
    path: ask.path,
    who: 'app.manage',
    logs: [],
    handle: (visit) => page(visit, ask),
  },
  {
    method: 'POST',
    path: ask.path,
    who: 'app.manage',
    logs: ['app.asked'],
    handle: async (visit) => {
      const { asks, errors } = await ask.read(visit)
      if (errors.length > 0) return page(visit, ask, { errors })
      const appId = visit.params['app'] ?? ''
      const not = await taken(() => askDecision(visit.service.ops, visit.actor, { appId, asks }))
      return not === undefined ? { redirect: `${pathTo(PATHS.app, { app: appId })}?done=asked` } : page(visit, ask, not)
    },
  },
])

async function page(visit: Visit, ask: AskPage, notTaken?: NotTaken): Promise<Answer> {
  const { row } = await readApp(visit.service.ops, visit.actor, visit.params['app'] ?? '')
  const questions = await ask.questions(visit)
  return questionsPage(
    {
      title: ask.title,
      caption: row.title,
      back: pathTo(PATHS.app, { app: row.id }),
      backText: row.title,
      intro: ask.intro,
      questions,
      answers: answersOf(visit, questions),
      button: 'Ask for it',
    },
    saidPlainly(notTaken),
  )
}
