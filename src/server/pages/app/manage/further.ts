import { changeFurther, type FurtherFacts, readApp } from '../../../../actions/index.ts'
import { field } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { type Answers, answersOf, type Question, questionsPage, YES_NO } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { back, idOf } from './manage.ts'

/** Details of an app that device management needs, and nobody decides on. */
export const furtherRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.appFurther, who: 'app.manage', logs: [], handle: (visit) => further(visit) },
  {
    method: 'POST',
    path: PATHS.appFurther,
    who: 'app.manage',
    logs: ['app.management_changed'],
    handle: async (visit) => {
      const platform = platformOf(visit)
      const cohort = field(visit, 'cohort')
      const facts: FurtherFacts = {
        ...(field(visit, 'intuneApp') !== '' && { intuneApp: field(visit, 'intuneApp') }),
        ...(field(visit, 'storeUrl') !== '' && { storeUrl: field(visit, 'storeUrl') }),
        ...(field(visit, 'inHouse') === 'yes' && { inHouse: true }),
        ...(cohort !== '' && { cohort: /^\d{1,9}$/.test(cohort) ? Number(cohort) : 0 }),
      }
      const not = await taken(() =>
        changeFurther(visit.service.ops, visit.actor, { appId: idOf(visit), platform, facts }),
      )
      return not === undefined ? back(visit, 'saved') : further(visit, not)
    },
  },
]

function platformOf({ params }: Visit): 'android' | 'ios' {
  return params['platform'] === 'ios' ? 'ios' : 'android'
}

async function further(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { row } = await readApp(visit.service.ops, visit.actor, idOf(visit))
  const platform = platformOf(visit)
  const known = (row.further[platform] ?? {}) as FurtherFacts
  const questions: readonly Question[] = [
    { ask: 'line', name: 'intuneApp', label: 'Id of the app in Intune', hint: 'Where the force uses Intune.' },
    ...(platform === 'ios' ? [{ ask: 'line', name: 'storeUrl', label: 'Its address in the App Store' } as const] : []),
    {
      ask: 'line',
      name: 'cohort',
      label: 'On how many phones may it be?',
      hint: 'More than that is shown.',
      classes: 'govuk-input--width-5',
      inputmode: 'numeric',
    },
    { ask: 'one', name: 'inHouse', inline: true, label: 'Is it the force’s own, from no shop?', of: YES_NO },
  ]
  const stored: Answers = {
    intuneApp: known.intuneApp,
    storeUrl: known.storeUrl,
    cohort: known.cohort === undefined ? '' : String(known.cohort),
    inHouse: known.inHouse ? 'yes' : 'no',
  }
  return questionsPage(
    {
      title: platform === 'ios' ? 'On iPhones' : 'On Android',
      caption: row.title,
      back: pathTo(PATHS.app, { app: row.id }),
      backText: row.title,
      intro: ['Nobody decides on these details, and changing them suspends nothing.'],
      questions,
      answers: notTaken === undefined ? stored : answersOf(visit, questions),
      button: 'Save',
    },
    notTaken,
  )
}
