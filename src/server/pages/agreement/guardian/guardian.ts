import { readAgreement, tellGuardian } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { requestOf } from '../../notice/chosen.ts'
import { captionOf } from '../../notice/words.ts'

const LONGEST = 2000

/** Telling somebody nearer that a responsible adult agreed, or why not (law row B13). */
export const guardianRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.agreementGuardian,
    who: 'agreement.record',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.agreementGuardian,
    who: 'agreement.record',
    about: 'request',
    logs: ['agreement.guardian_told'],
    handle: async (visit) => {
      const id = requestOf(visit)
      const told = field(visit, 'told')
      const values = { told, how: field(visit, 'how'), whyNot: field(visit, 'whyNot') }
      const reason = told === 'yes' ? values.how : values.whyNot
      const errors: FieldError[] = []
      if (told !== 'yes' && told !== 'no') errors.push({ field: 'told', text: 'Select whether somebody was told' })
      else if (reason === '')
        errors.push(
          told === 'yes'
            ? { field: 'how', text: 'Enter who was told, and how' }
            : { field: 'whyNot', text: 'Enter why telling them would be inappropriate' },
        )
      else if (reason.length > LONGEST)
        errors.push({ field: told === 'yes' ? 'how' : 'whyNot', text: 'Use 2,000 characters or fewer' })
      if (errors.length > 0) return page(visit, values, errors)
      await tellGuardian(visit.service.ops, visit.actor, { requestId: id, told: told === 'yes', reason })
      return { redirect: pathTo(PATHS.request, { request: id }) }
    },
  },
]

async function page(
  visit: Visit,
  values: { told?: string; how?: string; whyNot?: string },
  errors: readonly FieldError[],
): Promise<Answer> {
  const id = requestOf(visit)
  const { whole } = await readAgreement(visit.service.ops, visit.actor, id)
  const { agreement, device } = whole
  if (agreement?.given_by !== 'responsible-adult' || agreement.guardian_told !== null)
    return { redirect: pathTo(PATHS.request, { request: id }) }
  return {
    page: 'pages/agreement/guardian/guardian.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Tell a parent, guardian or care authority',
      caption: captionOf(whole),
      back: pathTo(PATHS.request, { request: id }),
      userName: device.user_name,
      at: agreement.happened_at,
      letter: pathTo(PATHS.agreementPaper, { request: id, paper: 'parent-told.pdf' }),
      values,
      ...errorsView(errors),
    },
  }
}
