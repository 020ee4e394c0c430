import { readAgreement } from '../../../../actions/index.ts'
import type { Agreeing } from '../../../../notice/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { requestOf } from '../../notice/chosen.ts'
import { AGREEING_WORDS, captionOf } from '../../notice/words.ts'

/** What they answered: a yes and a no stand side by side, and neither is chosen already (law row B24). */
export const answerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.agreementAnswer,
    who: 'agreement.record',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.agreementAnswer,
    who: 'agreement.record',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const at = { request: requestOf(visit) }
      const answer = field(visit, 'answer')
      if (answer === 'yes') return { redirect: pathTo(PATHS.agreementStep, { ...at, step: 'who' }) }
      if (answer === 'no') return { redirect: pathTo(PATHS.agreementRefused, at) }
      // What was asked for was not agreed to: less is asked for anew, because agreement is to what a notice says (law row B29).
      if (answer === 'part') return { redirect: `${pathTo(PATHS.agreementRefused, at)}?part=yes` }
      return page(visit, [{ field: 'answer', text: 'Select what they answered' }])
    },
  },
]

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const id = requestOf(visit)
  const { whole, ladder } = await readAgreement(visit.service.ops, visit.actor, id)
  const { request, notice } = whole
  if (request.status !== 'notice_served' || notice === undefined)
    return { redirect: pathTo(notice === undefined ? PATHS.noticeChoose : PATHS.agreementDone, { request: id }) }
  return {
    page: 'pages/agreement/answer/answer.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'What did they answer?',
      caption: captionOf(whole),
      back: pathTo(PATHS.request, { request: id }),
      to: AGREEING_WORDS[notice.served_on as Agreeing],
      servedAt: notice.served_at,
      others: ladder.length > 1,
      again: pathTo(PATHS.noticeChoose, { request: id }),
      ...errorsView(errors),
    },
  }
}
