import { readAgreement, recordRefusal } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { requestOf } from '../../notice/chosen.ts'
import { captionOf } from '../../notice/words.ts'

const LONGEST = 4000

/** A no: recorded without a reason, as an outcome like any other (law row B24). */
export const refusedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.agreementRefused,
    who: 'agreement.record',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, { name: '', ownWords: '' }, []),
  },
  {
    method: 'POST',
    path: PATHS.agreementRefused,
    who: 'agreement.record',
    about: 'request',
    logs: ['agreement.refused'],
    handle: async (visit) => {
      const id = requestOf(visit)
      const values = { name: field(visit, 'name'), ownWords: field(visit, 'ownWords') }
      if (values.ownWords.length > LONGEST)
        return page(visit, values, [{ field: 'ownWords', text: 'What they said must be 4,000 characters or fewer' }])
      await recordRefusal(visit.service.ops, visit.actor, { requestId: id, ...values })
      return { redirect: pathTo(PATHS.agreementDone, { request: id }) }
    },
  },
]

async function page(
  visit: Visit,
  values: { readonly name: string; readonly ownWords: string },
  errors: readonly FieldError[],
): Promise<Answer> {
  const id = requestOf(visit)
  const { whole } = await readAgreement(visit.service.ops, visit.actor, id)
  if (whole.request.status !== 'notice_served') return { redirect: pathTo(PATHS.agreementAnswer, { request: id }) }
  return {
    page: 'pages/agreement/refused/refused.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      part: visit.query['part'] === 'yes',
      title: 'They did not agree',
      caption: captionOf(whole),
      back: pathTo(PATHS.agreementAnswer, { request: id }),
      values,
      ...errorsView(errors),
    },
  }
}
