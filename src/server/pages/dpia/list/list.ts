import { couldEver } from '../../../../access/index.ts'
import { beginDpia, LARGEST_PIA, readApps, readDpias } from '../../../../actions/index.ts'
import { field } from '../../../form.ts'
import { type NotTaken, outcomeOf } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { answersOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { VERDICT_WORDS } from '../words.ts'

const ROOM = 64 << 10

/** Every assessment with what it is worth today, and a new one (law row C25). */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.dpias,
    who: 'app.see',
    logs: [],
    handle: async ({ service: { ops }, actor }) => ({
      page: 'pages/dpia/list/list.njk',
      view: {
        title: 'Data protection impact assessments',
        back: PATHS.apps,
        backText: 'Apps',
        begin: couldEver(actor, 'dpia.write') ? PATHS.dpiaNew : undefined,
        dpias: (await readDpias(ops, actor)).map((one) => ({
          ...one,
          tag: VERDICT_WORDS[one.standing.verdict],
          review: one.document.review_on,
          href: pathTo(PATHS.dpia, { dpia: one.id }),
        })),
      },
    }),
  },
  { method: 'GET', path: PATHS.dpiaNew, who: 'dpia.write', logs: [], handle: (visit) => page(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaNew,
    who: 'dpia.write',
    logs: ['dpia.begun'],
    bodyLimit: LARGEST_PIA + ROOM,
    handle: async (visit) => {
      const { ops } = visit.service
      const apps = await readApps(ops, visit.actor)
      const app = apps.find(({ id }) => id === field(visit, 'app'))?.id
      const pia = visit.files.get('pia')?.bytes.toString('utf8')
      const begun = {
        reference: field(visit, 'reference'),
        title: field(visit, 'title'),
        ...(app !== undefined && { app }),
        ...(pia !== undefined && { pia }),
      }
      const { came, not } = await outcomeOf(() => beginDpia(ops, visit.actor, begun))
      if (not !== undefined) return page(visit, not)
      const odd =
        came.oddities.length > 0 ? `&odd=${[...new Set(came.oddities.map(({ code }) => code))].join(',')}` : ''
      return { redirect: `${pathTo(PATHS.dpia, { dpia: came.id })}?done=begun${odd}` }
    },
  },
]

async function page(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const apps = await readApps(visit.service.ops, visit.actor)
  const questions: readonly Question[] = [
    {
      ask: 'line',
      name: 'reference',
      label: 'What is the force’s reference for it?',
      classes: 'govuk-input--width-20',
    },
    { ask: 'line', name: 'title', label: 'What is it about?' },
    ...(apps.length === 0
      ? []
      : [
          {
            ask: 'one' as const,
            name: 'app',
            label: 'Which app is it about?',
            hint: 'You can add more apps later.',
            of: apps
              .filter(({ state }) => !['removed', 'refused'].includes(state))
              .map(({ id, title, publisher }) => ({ value: id, text: title, hint: publisher })),
          },
        ]),
    {
      ask: 'file',
      name: 'pia',
      label: 'A file to begin from (optional)',
      hint: 'A JSON export of the PIA tool of CNIL, the French regulator. What has no field here is kept, and goes back out with it. Nothing that was validated there counts as approved here.',
    },
  ]
  const app = visit.query['app']
  return questionsPage(
    {
      title: 'Begin an assessment',
      back: PATHS.dpias,
      backText: 'Assessments',
      questions,
      answers: notTaken === undefined ? { app } : answersOf(visit, questions),
      button: 'Begin it',
    },
    notTaken,
  )
}
