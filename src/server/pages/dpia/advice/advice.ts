import {
  type Actor,
  adviseOnDpia,
  commissionerAdvised,
  consultCommissioner,
  decideAdvice,
  type DpiaFile,
  type Ops,
  readDpiaFile,
  reviewViews,
} from '../../../../actions/index.ts'
import type { Act } from '../../../../access/index.ts'
import type { EventKind } from '../../../../events/index.ts'
import { dayGiven, field } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { answersOf, type Question, questionsPage, YES_NO } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { ADVISES_WORDS, choices } from '../words.ts'

/** What was typed or chosen, and the days that were given. */
interface Given {
  readonly of: (name: string) => string
  readonly day: (name: string) => string
}

/** A page on which one thing of an assessment is recorded. */
interface Recorded {
  readonly path: string
  readonly who: Act
  readonly logs: readonly EventKind[]
  readonly title: string
  readonly intro?: readonly string[]
  readonly facts?: (file: DpiaFile) => readonly { readonly key: string; readonly value: string }[]
  readonly questions: readonly Question[]
  /** default: `Save` */
  readonly button?: string
  /** what the page of the assessment then says; default: `decided` */
  readonly done?: string
  /** what must be chosen before anything is done */
  readonly needs: Readonly<Record<string, string>>
  readonly act: (ops: Ops, actor: Actor, dpiaId: string, given: Given) => Promise<unknown>
}

const advise: Recorded = {
  path: PATHS.dpiaAdvise,
  who: 'dpia.advise',
  logs: ['dpia.advised'],
  title: 'Give your advice',
  intro: ['Somebody who answers for data accepts it, or overrules it with reasons. You decide nothing here.'],
  facts: ({ row }) => [{ key: 'Assessment', value: `${row.title}, ${row.reference}, revision ${row.revision}` }],
  questions: [
    { ask: 'one', name: 'advises', label: 'What do you advise?', of: choices(ADVISES_WORDS) },
    { ask: 'text', name: 'summary', rows: 6, label: 'Your advice, in short' },
  ],
  button: 'Record this advice',
  done: 'advised',
  needs: { advises: 'Choose what you advise' },
  act: (ops, actor, dpiaId, { of }) =>
    adviseOnDpia(ops, actor, {
      dpiaId,
      advises: of('advises') === 'go_ahead' ? 'go_ahead' : 'not_to_go_ahead',
      summary: of('summary'),
    }),
}

const decide: Recorded = {
  path: PATHS.dpiaAdviceDecide,
  who: 'dpia.decide',
  logs: ['dpia.advice_decided'],
  title: 'Decide on the advice',
  facts: ({ advice }) => [
    { key: 'Advice', value: advice?.advises == null ? 'None yet' : ADVISES_WORDS[advice.advises] },
    { key: 'Summary', value: advice?.summary ?? '' },
  ],
  questions: [
    {
      ask: 'one',
      name: 'outcome',
      label: 'Do you accept the advice?',
      of: [
        { value: 'accepted', text: 'Yes, I accept it' },
        { value: 'overruled', text: 'No, I overrule it' },
      ],
    },
    { ask: 'text', name: 'reasons', label: 'Why?', hint: 'Needed if you overrule it.' },
  ],
  button: 'Record this decision',
  needs: { outcome: 'Choose whether you accept the advice' },
  act: (ops, actor, dpiaId, { of }) =>
    decideAdvice(ops, actor, {
      dpiaId,
      outcome: of('outcome') === 'overruled' ? 'overruled' : 'accepted',
      reasons: of('reasons'),
    }),
}

const views: Recorded = {
  path: PATHS.dpiaViews,
  who: 'dpia.decide',
  logs: ['dpia.views_reviewed'],
  title: 'Look at what people answered',
  facts: ({ row }) => [{ key: 'Who was asked', value: row.document.answers.people_asked ?? 'Not said yet' }],
  questions: [
    { ask: 'one', name: 'follows', inline: true, label: 'Does what is planned follow what they answered?', of: YES_NO },
    { ask: 'text', name: 'reasons', label: 'Why not?', hint: 'Needed if it does not.' },
  ],
  needs: { follows: 'Choose whether what is planned follows what they answered' },
  act: (ops, actor, dpiaId, { of }) =>
    reviewViews(ops, actor, {
      dpiaId,
      follows: of('follows') === 'yes',
      reasons: of('reasons'),
    }),
}

const consult: Recorded = {
  path: PATHS.dpiaCommissioner,
  who: 'dpia.decide',
  logs: ['dpia.commissioner_asked'],
  title: 'Record that the Commissioner is consulted',
  intro: [
    'A high risk is left: the Information Commissioner is consulted before anything begins. They advise within six weeks, and may ask for a month more (section 65).',
  ],
  questions: [
    { ask: 'day', name: 'sent', label: 'On which day was it sent?' },
    { ask: 'one', name: 'extended', inline: true, label: 'Have they asked for another month?', of: YES_NO },
  ],
  needs: {},
  act: (ops, actor, dpiaId, { of, day }) =>
    consultCommissioner(ops, actor, {
      dpiaId,
      sent: day('sent'),
      extended: of('extended') === 'yes',
    }),
}

const advised: Recorded = {
  path: PATHS.dpiaCommissionerAdvice,
  who: 'dpia.decide',
  logs: ['dpia.commissioner_advised'],
  title: 'Record what the Commissioner advised',
  questions: [
    { ask: 'one', name: 'mayBegin', inline: true, label: 'May it begin?', of: YES_NO },
    { ask: 'text', name: 'summary', label: 'What was advised, in short' },
    { ask: 'day', name: 'on', label: 'On which day?' },
  ],
  needs: { mayBegin: 'Choose whether it may begin' },
  act: (ops, actor, dpiaId, { of, day }) =>
    commissionerAdvised(ops, actor, {
      dpiaId,
      on: day('on'),
      summary: of('summary'),
      mayBegin: of('mayBegin') === 'yes',
    }),
}

/** Advice on an assessment and what becomes of it, the views of people, and the Commissioner (law rows C25, C26, C29). */
export const adviceRoutes: readonly Route[] = [advise, decide, views, consult, advised].flatMap((one): Route[] => [
  { method: 'GET', path: one.path, who: one.who, logs: [], handle: (visit) => page(visit, one) },
  {
    method: 'POST',
    path: one.path,
    who: one.who,
    logs: one.logs,
    handle: async (visit) => {
      const errors = Object.entries(one.needs).flatMap(([name, text]) =>
        isChosen(one.questions, name, field(visit, name)) ? [] : [{ field: name, text }],
      )
      if (errors.length > 0) return page(visit, one, { errors })
      const dpia = visit.params['dpia'] ?? ''
      const not = await taken(() =>
        one.act(visit.service.ops, visit.actor, dpia, {
          of: (name) => field(visit, name),
          day: (name) => dayGiven(visit, name),
        }),
      )
      return not === undefined
        ? { redirect: `${pathTo(PATHS.dpia, { dpia })}?done=${one.done ?? 'decided'}` }
        : page(visit, one, not)
    },
  },
])

/** Whether what was sent is one of the choices of a question. */
function isChosen(questions: readonly Question[], name: string, value: string): boolean {
  return questions.some(
    (one) => one.name === name && one.ask === 'one' && one.of.some((choice) => choice.value === value),
  )
}

async function page(visit: Visit, one: Recorded, notTaken?: NotTaken): Promise<Answer> {
  const file = await readDpiaFile(visit.service.ops, visit.actor, visit.params['dpia'] ?? '')
  const { row } = file
  return questionsPage(
    {
      title: one.title,
      caption: row.title,
      back: pathTo(PATHS.dpia, { dpia: row.id }),
      backText: row.title,
      ...(one.intro && { intro: one.intro }),
      ...(one.facts && { facts: one.facts(file) }),
      questions: one.questions,
      answers: answersOf(visit, one.questions),
      button: one.button ?? 'Save',
    },
    notTaken,
  )
}
