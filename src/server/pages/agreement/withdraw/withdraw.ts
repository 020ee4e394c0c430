import {
  agreementPaper,
  allow,
  readAgreement,
  readsAtKiosk,
  withdrawAgreement,
  WITHDRAWAL_CHANNELS,
  type WithdrawalChannel,
} from '../../../../actions/index.ts'
import { paperHtml } from '../../../../notice/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { requestOf } from '../../notice/chosen.ts'
import { captionOf } from '../../notice/words.ts'

const CHANNEL_WORDS: Readonly<Record<Exclude<WithdrawalChannel, 'page'>, string>> = {
  'in-person': 'In person',
  telephone: 'By telephone',
  paper: 'By letter or on paper',
  other: 'In another way',
}

/** A change of mind: one question, no reason, and it stops at once (law row B23). */
export const withdrawRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.agreementWithdraw,
    who: 'agreement.withdraw',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.agreementWithdraw,
    who: 'agreement.withdraw',
    about: 'request',
    logs: ['agreement.withdrawn', 'authorisation.withdrawn'],
    handle: async (visit) => {
      const id = requestOf(visit)
      const channel = WITHDRAWAL_CHANNELS.find((one) => one === field(visit, 'channel'))
      if (channel === undefined) return page(visit, [{ field: 'channel', text: 'Select how they told the police' }])
      await withdrawAgreement(visit.service.ops, visit.actor, { requestId: id, channel })
      return { redirect: pathTo(PATHS.agreementWithdrawn, { request: id }) }
    },
  },
  {
    method: 'GET',
    path: PATHS.agreementWithdrawn,
    who: 'agreement.withdraw',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const id = requestOf(visit)
      const { ops } = visit.service
      const { whole } = await readAgreement(ops, visit.actor, id, 'agreement.withdraw')
      if (whole.withdrawal === undefined) return { redirect: pathTo(PATHS.agreementWithdraw, { request: id }) }
      const paper = await agreementPaper(ops, visit.actor, id, 'withdrawn')
      const sees = (await allow(ops, visit.actor, 'request.see', { of: 'request', id })).allowed
      return {
        page: 'pages/agreement/withdraw/withdrawn.njk',
        view: {
          title: 'They changed their mind',
          caption: captionOf(whole),
          stage: whole.withdrawal.stage,
          at: whole.withdrawal.happened_at,
          kiosk: await readsAtKiosk(ops, id),
          paper: paperHtml(paper, { level: 2 }),
          pdfs: sees
            ? [
                {
                  text: 'The letter (PDF)',
                  href: pathTo(PATHS.agreementPaper, { request: id, paper: 'withdrawn.pdf' }),
                },
                {
                  text: 'The letter in large print (PDF)',
                  href: pathTo(PATHS.agreementPaper, { request: id, paper: 'withdrawn-large.pdf' }),
                },
              ]
            : [],
          device: pathTo(PATHS.device, { device: whole.device.id }),
        },
      }
    },
  },
]

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const id = requestOf(visit)
  const { whole } = await readAgreement(visit.service.ops, visit.actor, id, 'agreement.withdraw')
  if (whole.withdrawal !== undefined) return { redirect: pathTo(PATHS.agreementWithdrawn, { request: id }) }
  const sees = (await allow(visit.service.ops, visit.actor, 'request.see', { of: 'request', id })).allowed
  return {
    page: 'pages/agreement/withdraw/withdraw.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'They have changed their mind',
      caption: captionOf(whole),
      back: sees ? pathTo(PATHS.request, { request: id }) : pathTo(PATHS.device, { device: whole.device.id }),
      agreed: whole.agreement?.outcome === 'agreed',
      channels: Object.entries(CHANNEL_WORDS).map(([value, text]) => ({ value, text })),
      ...errorsView(errors),
    },
  }
}
