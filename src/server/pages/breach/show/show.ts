import { couldEver } from '../../../../access/index.ts'
import {
  breachDecisionFaults,
  COMMISSIONER_OUTCOMES,
  decideBreach,
  PEOPLE_OUTCOMES,
  readBreach,
} from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { BREACH_KIND_WORDS, CLOCK_WORDS, COMMISSIONER_WORDS, PEOPLE_WORDS } from '../words.ts'

const FIELDS = ['commissioner', 'commissionerReasons', 'lateReasons', 'people', 'peopleReasons'] as const
type Values = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>

/** One breach with its clock, and the two decisions: the Commissioner, and the people (DPA 2018 ss.67, 68; law rows C27, C28). */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.breach,
    who: 'breach.see',
    logs: [],
    handle: (visit) => page(visit, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.breach,
    who: 'breach.decide',
    logs: ['breach.decided'],
    handle: async (visit) => {
      const { service, actor, now } = visit
      const breachId = visit.params['breach'] as string
      const breach = await readBreach(service.ops, breachId)
      if (breach === undefined) return page(visit, {}, [])
      const values = Object.fromEntries(FIELDS.map((name) => [name, field(visit, name)])) as Required<Values>
      const commissioner = COMMISSIONER_OUTCOMES.find((one) => one === values.commissioner)
      const people = PEOPLE_OUTCOMES.find((one) => one === values.people)
      const said = { ...values, commissioner: commissioner ?? 'told', people: people ?? 'told' } as const
      const errors: FieldError[] = [
        ...(commissioner === undefined
          ? [{ field: 'commissioner', text: 'Select whether the Information Commissioner is told' }]
          : []),
        ...(people === undefined ? [{ field: 'people', text: 'Select whether the people are told' }] : []),
        ...errorsFrom(breachDecisionFaults(said, breach.awareAt, now)),
      ]
      if (errors.length > 0) return page(visit, values, errors)
      await decideBreach(service.ops, actor, { breachId, ...said })
      return { redirect: pathTo(PATHS.breach, { breach: breachId }) }
    },
  },
]

async function page(
  { service: { ops }, actor, params }: Visit,
  values: Values,
  errors: readonly FieldError[],
): Promise<Answer> {
  const breach = await readBreach(ops, params['breach'] as string)
  if (breach === undefined) return { redirect: PATHS.breaches }
  return {
    page: 'pages/breach/show/show.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'A breach of personal data',
      back: PATHS.breaches,
      backText: 'Breaches',
      breach,
      kind: BREACH_KIND_WORDS[breach.kind],
      tag: CLOCK_WORDS[breach.clock],
      decisions: breach.decisions.map((one) => ({
        ...one,
        commissioner: COMMISSIONER_WORDS[one.commissioner as keyof typeof COMMISSIONER_WORDS],
        people: PEOPLE_WORDS[one.people as keyof typeof PEOPLE_WORDS],
      })),
      decides: couldEver(actor, 'breach.decide'),
      commissioner: COMMISSIONER_OUTCOMES.map((value) => ({
        value,
        text: COMMISSIONER_WORDS[value],
        checked: values.commissioner === value,
      })),
      people: PEOPLE_OUTCOMES.map((value) => ({ value, text: PEOPLE_WORDS[value], checked: values.people === value })),
      values,
      ...errorsView(errors),
    },
  }
}
