import { ActionError, liftHold, readOneHeld, setHold } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { HOLD_WORDS } from '../words.ts'

/** Setting a hold, and lifting one. */
export const holdRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.holdingHold,
    who: 'hold.set',
    about: 'extraction',
    logs: [],
    handle: (visit) => showSet(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.holdingHold,
    who: 'hold.set',
    about: 'extraction',
    logs: ['hold.set'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const extraction = params['extraction'] ?? ''
      const reviewOn = dayOf(visit)
      const errors: FieldError[] = [
        ...(field(visit, 'kind') === '' ? [{ field: 'kind', text: 'Select why it must be kept' }] : []),
        ...(field(visit, 'says') === '' ? [{ field: 'says', text: 'Enter what the hold is about' }] : []),
        ...(reviewOn === undefined
          ? [{ field: 'review-day', text: 'Enter the day on which to look at it again' }]
          : []),
      ]
      if (errors.length > 0) return showSet(visit, errors)
      try {
        await setHold(service.ops, actor, {
          extraction,
          kind: field(visit, 'kind'),
          says: field(visit, 'says'),
          reviewOn: reviewOn as string,
        })
      } catch (error) {
        if (!(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
        return showSet(visit, [{ field: error.reason === 'REVIEW' ? 'review-day' : 'kind', text: error.hint }])
      }
      return { redirect: pathTo(PATHS.holding, { extraction }) }
    },
  },
  {
    method: 'GET',
    path: PATHS.holdingLift,
    who: 'hold.lift',
    about: 'extraction',
    logs: [],
    handle: (visit) => showLift(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.holdingLift,
    who: 'hold.lift',
    about: 'extraction',
    logs: ['hold.lifted'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const extraction = params['extraction'] ?? ''
      if (field(visit, 'reason') === '') return showLift(visit, [{ field: 'reason', text: 'Enter why it is lifted' }])
      await liftHold(service.ops, actor, { extraction, hold: field(visit, 'hold'), reason: field(visit, 'reason') })
      return { redirect: pathTo(PATHS.holding, { extraction }) }
    },
  },
]

/** The day of the three boxes, as `YYYY-MM-DD`; undefined where they are no day. */
function dayOf(visit: Visit): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => field(visit, `review-${part}`))
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
    ? text
    : undefined
}

async function showSet(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const held = await readOneHeld(service.ops, actor, params['extraction'] ?? '')
  return {
    page: 'pages/retention/hold/set.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Set a hold on ${held.exhibit} in ${held.caseReference}`,
      back: pathTo(PATHS.holding, { extraction: held.extraction }),
      kinds: Object.entries(HOLD_WORDS).map(([value, text]) => ({ value, text })),
      answers: {
        kind: field(visit, 'kind'),
        says: field(visit, 'says'),
        day: field(visit, 'review-day'),
        month: field(visit, 'review-month'),
        year: field(visit, 'review-year'),
      },
      ...errorsView(errors),
    },
  }
}

async function showLift(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params, query } = visit
  const held = await readOneHeld(service.ops, actor, params['extraction'] ?? '')
  const id = field(visit, 'hold') || (query['hold'] ?? '')
  const hold = held.holds.find((one) => one.id === id && one.lifted_at === null)
  if (hold === undefined) return { redirect: pathTo(PATHS.holding, { extraction: held.extraction }) }
  return {
    page: 'pages/retention/hold/lift.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Lift this hold',
      back: pathTo(PATHS.holding, { extraction: held.extraction }),
      hold: { ...hold, text: HOLD_WORDS[hold.kind as keyof typeof HOLD_WORDS] },
      ...errorsView(errors),
    },
  }
}
