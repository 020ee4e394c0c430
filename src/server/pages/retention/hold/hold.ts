import { liftHold, setHold } from '../../../../actions/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { actOnHolding, extractionOf, holdingPage, missing } from '../holding-page.ts'
import { HOLD_WORDS } from '../words.ts'

/** Setting a hold, and lifting one. */
export const holdRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.holdingHold,
    who: 'hold.set',
    about: 'extraction',
    logs: [],
    handle: (visit) => showSet(visit),
  },
  {
    method: 'POST',
    path: PATHS.holdingHold,
    who: 'hold.set',
    about: 'extraction',
    logs: ['hold.set'],
    handle: (visit) => {
      const [kind, says, reviewOn] = [field(visit, 'kind'), field(visit, 'says'), dayOf(visit)]
      return actOnHolding(visit, {
        errors: [
          ...missing(kind, 'kind', 'Select why it must be kept'),
          ...missing(says, 'says', 'Enter what the hold is about'),
          ...missing(reviewOn, 'review-day', 'Enter the day on which to look at it again'),
        ],
        show: (errors) => showSet(visit, errors),
        at: ({ reason, hint }) => ({ field: reason === 'REVIEW' ? 'review-day' : 'kind', text: hint }),
        act: async () => {
          const hold = { extraction: extractionOf(visit), kind, says, reviewOn: reviewOn as string }
          await setHold(visit.service.ops, visit.actor, hold)
          return done(visit, 'hold-set')
        },
      })
    },
  },
  {
    method: 'GET',
    path: PATHS.holdingLift,
    who: 'hold.lift',
    about: 'extraction',
    logs: [],
    handle: (visit) => showLift(visit),
  },
  {
    method: 'POST',
    path: PATHS.holdingLift,
    who: 'hold.lift',
    about: 'extraction',
    logs: ['hold.lifted'],
    handle: (visit) => {
      const [hold, reason] = [field(visit, 'hold'), field(visit, 'reason')]
      return actOnHolding(visit, {
        errors: missing(reason, 'reason', 'Enter why it is lifted'),
        show: (errors) => showLift(visit, errors),
        act: async () => {
          await liftHold(visit.service.ops, visit.actor, { extraction: extractionOf(visit), hold, reason })
          return done(visit, 'hold-lifted')
        },
      })
    },
  },
]

/** The holding, with what was done. */
function done(visit: Visit, what: 'hold-set' | 'hold-lifted'): string {
  return `${pathTo(PATHS.holding, { extraction: extractionOf(visit) })}?done=${what}`
}

/** The day of the three boxes, as `YYYY-MM-DD`; undefined where they are no day. */
function dayOf(visit: Visit): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => field(visit, `review-${part}`))
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
    ? text
    : undefined
}

function showSet(visit: Visit, errors?: readonly FieldError[]): Promise<Answer> {
  return holdingPage(
    visit,
    {
      page: 'pages/retention/hold/set.njk',
      title: (held) => `Set a hold on ${held.exhibit} in ${held.caseReference}`,
      view: () => ({
        kinds: Object.entries(HOLD_WORDS).map(([value, text]) => ({ value, text })),
        answers: {
          kind: field(visit, 'kind'),
          says: field(visit, 'says'),
          day: field(visit, 'review-day'),
          month: field(visit, 'review-month'),
          year: field(visit, 'review-year'),
        },
      }),
    },
    errors,
  )
}

function showLift(visit: Visit, errors?: readonly FieldError[]): Promise<Answer> {
  const id = field(visit, 'hold') || (visit.query['hold'] ?? '')
  return holdingPage(
    visit,
    {
      page: 'pages/retention/hold/lift.njk',
      title: () => 'Lift this hold',
      view: ({ holds }) => {
        const hold = holds.find((one) => one.id === id && one.lifted_at === null)
        return hold && { hold: { ...hold, text: HOLD_WORDS[hold.kind as keyof typeof HOLD_WORDS] } }
      },
    },
    errors,
  )
}
