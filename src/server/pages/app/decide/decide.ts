import { couldEver } from '../../../../access/index.ts'
import {
  agreeToAsking,
  type AppFile,
  type Asks,
  readApp,
  refuseAsking,
  takeBackAsking,
} from '../../../../actions/index.ts'
import { dayWords } from '../../../day-words.ts'
import { field } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { answersOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { ASKING_WORDS, saidPlainly } from '../words.ts'

/** What a yes leads to, by what is asked. */
const YES_MEANS: Readonly<Record<Asks['act'], string>> = {
  begin_trial: 'The trial begins at once. The app may be on the phones of those who try it.',
  approve: 'The app is approved at once, and may be on the phones of its roles.',
  remove: 'Its file ends here: the app counts as gone from every phone.',
}

const questionsOn = (act: Asks['act']): readonly Question[] => [
  {
    ask: 'one',
    name: 'outcome',
    label: 'Do you agree?',
    of: [
      { value: 'agree', text: 'Yes', hint: YES_MEANS[act] },
      { value: 'refuse', text: 'No', hint: 'Everything stays as it is.' },
    ],
  },
  { ask: 'text', name: 'reasons', label: 'Why not?', hint: 'Needed where you do not agree. Whoever asked reads it.' },
]

/** Somebody decides on what another asked of an app, and proves first who they are (law rows E10, E12, H17). */
export const decideRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.appDecide, who: 'app.see', stepUp: true, logs: [], handle: (visit) => page(visit) },
  {
    method: 'POST',
    path: PATHS.appDecide,
    // Who asked is a fact of what is asked: the act itself asks the policy with it.
    who: 'app.see',
    stepUp: true,
    logs: ['app.trial_begun', 'app.approved', 'app.removed', 'app.asking_refused'],
    handle: async (visit) => {
      const { ops } = visit.service
      const { row, asking } = await readApp(ops, visit.actor, visit.params['app'] ?? '')
      const home = pathTo(PATHS.app, { app: row.id })
      if (asking === undefined) return { redirect: home }
      const outcome = field(visit, 'outcome')
      if (outcome !== 'agree' && outcome !== 'refuse')
        return page(visit, { errors: [{ field: 'outcome', text: 'Choose whether you agree' }] })
      const not = await taken(() =>
        outcome === 'agree'
          ? agreeToAsking(ops, visit.actor, asking.id)
          : refuseAsking(ops, visit.actor, { askingId: asking.id, reasons: field(visit, 'reasons') }),
      )
      return not === undefined ? { redirect: `${home}?done=decided` } : page(visit, not)
    },
  },
  {
    method: 'POST',
    path: PATHS.appTakeBack,
    formOn: PATHS.app,
    who: 'app.manage',
    logs: ['app.asking_taken_back'],
    handle: async (visit) => {
      const { ops } = visit.service
      const { row, asking } = await readApp(ops, visit.actor, visit.params['app'] ?? '')
      if (asking !== undefined) await takeBackAsking(ops, visit.actor, asking.id)
      return { redirect: pathTo(PATHS.app, { app: row.id }) }
    },
  },
]

async function page(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { service, actor, params } = visit
  const file = await readApp(service.ops, actor, params['app'] ?? '')
  const { row, asking } = file
  const home = pathTo(PATHS.app, { app: row.id })
  if (asking === undefined) return { redirect: home }
  const questions = questionsOn(asking.act)
  const mayDecide = couldEver(actor, 'app.decide') && asking.asked_by !== actor.id
  return questionsPage(
    {
      title: ASKING_WORDS[asking.act].title,
      caption: row.title,
      back: home,
      backText: row.title,
      intro: mayDecide
        ? ['Read the page of the app first: what it is, and what stands against it.']
        : ['Somebody else decides, who answers for data and has not asked for this.'],
      facts: [{ key: 'Asked by', value: asking.askedByName }, ...factsOf(asking.asks as unknown as Asks, file)],
      questions: mayDecide ? questions : [],
      answers: answersOf(visit, questions),
      ...(mayDecide && { button: 'Record this decision' }),
    },
    saidPlainly(notTaken),
  )
}

function factsOf(asks: Asks, { row }: AppFile): { key: string; value: string }[] {
  switch (asks.act) {
    case 'begin_trial':
      return [
        { key: 'Who tries it', value: asks.people.map(({ name, id }) => `${name} (${id})`).join('\n') },
        { key: 'Until', value: dayWords(asks.until) },
        { key: 'To find out', value: asks.question },
      ]
    case 'approve':
      return [
        { key: 'For the roles', value: row.record.entry.roles.join('\n') },
        { key: 'What came of the trial', value: asks.trial_report },
        { key: 'Minutes of the board', value: asks.board.minutes },
        { key: 'Present', value: asks.board.present.map(({ name, role }) => `${name}, ${role}`).join('\n') },
        { key: 'Takes the risk', value: asks.board.risk_accepted_by.name },
      ]
    case 'remove': {
      const { disposal } = asks
      return [
        { key: 'Phones', value: `${disposal.phones_without} of ${disposal.phones_held} no longer hold it` },
        {
          key: 'Places',
          value: disposal.places
            .map(({ place, found }) => `${place}: ${found === 'not_reached' ? 'nobody could look' : 'gone'}`)
            .join('\n'),
        },
        { key: 'Data', value: DATA_WORDS[disposal.data] },
        { key: 'Proofs', value: disposal.proofs.join('\n') || 'None' },
        { key: 'Exit plan', value: disposal.exit_plan_followed ? 'Followed' : 'Not followed' },
      ]
    }
  }
}

const DATA_WORDS = { none_held: 'There was none', destroyed: 'Destroyed', handed_over: 'Handed over' } as const
