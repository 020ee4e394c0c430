import { couldEver } from '../../../../access/index.ts'
import { BREACH_KINDS, breachFaults, reportBreach } from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { momentGiven, type When, whenOf } from '../../device/when.ts'
import { BREACH_KIND_WORDS } from '../words.ts'

const TEXTS = ['facts', 'effects', 'remedy'] as const

/** Whoever finds a breach reports it, however small: DPA 2018 s.67(6) (law row C27). */
export const reportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.breachReport,
    who: 'breach.report',
    logs: [],
    handle: async (visit) => page(visit, {}, undefined, []),
  },
  {
    method: 'POST',
    path: PATHS.breachReport,
    who: 'breach.report',
    logs: ['breach.reported'],
    handle: async (visit) => {
      const { service, actor, now } = visit
      const when = whenOf(visit)
      const [facts, effects, remedy] = TEXTS.map((name) => field(visit, name)) as [string, string, string]
      const kind = BREACH_KINDS.find((one) => one === field(visit, 'kind'))
      const moment = momentGiven(when, now)
      const awareAt = 'at' in moment ? moment.at : now
      const errors: FieldError[] = [
        ...(kind === undefined ? [{ field: 'kind', text: 'Select what happened to the data' }] : []),
        ...('errors' in moment ? moment.errors : []),
        ...errorsFrom(breachFaults({ kind: kind ?? 'confidentiality', awareAt, facts, effects, remedy }, now)),
      ]
      if (kind === undefined || errors.length > 0) return page(visit, { kind, facts, effects, remedy }, when, errors)
      await reportBreach(service.ops, actor, { kind, awareAt, facts, effects, remedy })
      return { redirect: couldEver(actor, 'breach.see') ? PATHS.breaches : `${PATHS.breachReport}?done=reported` }
    },
  },
]

function page(
  { actor, query }: Visit,
  values: Readonly<Record<string, string | undefined>>,
  when: When | undefined,
  errors: readonly FieldError[],
): Answer {
  return {
    page: 'pages/breach/report/report.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Report a breach of personal data',
      ...(couldEver(actor, 'breach.see') && { back: PATHS.breaches, backText: 'Breaches' }),
      done: query['done'] === 'reported',
      kinds: BREACH_KINDS.map((value) => ({
        value,
        text: BREACH_KIND_WORDS[value],
        checked: values['kind'] === value,
      })),
      values,
      when: when ?? {},
      ...errorsView(errors),
    },
  }
}
