import {
  ActionError,
  contextOf,
  destroyedOf,
  leftOf,
  openReceipt,
  seenByKind,
  takenOf,
  withdrawByCode,
} from '../../../../actions/index.ts'
import { paperHtml } from '../../../../notice/index.ts'
import type { RecordKind } from '../../../../records/index.ts'
import { KIND_WORDS } from '../../../../scope/index.ts'
import { errorsView, field } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Far above what a person types, far below what guessing 80 bits would take. */
const PER_MINUTE = 20

/** The device user's own page, for whoever holds the code on the receipt: no account, no content of any record. */
export const myPhoneRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.myPhone,
    who: 'anyone',
    logs: [],
    perMinute: PER_MINUTE,
    handle: async () => ask(200),
  },
  {
    method: 'POST',
    path: PATHS.myPhone,
    who: 'anyone',
    logs: ['receipt.seen'],
    perMinute: PER_MINUTE,
    // Answered at once and not by another address: the code stays out of the browser's history, which others may read.
    handle: (visit) => show(visit, field(visit, 'code')),
  },
  {
    method: 'GET',
    path: PATHS.myPhoneOpen,
    who: 'anyone',
    logs: ['receipt.seen'],
    perMinute: PER_MINUTE,
    handle: (visit) => show(visit, visit.params['code'] ?? ''),
  },
  {
    method: 'POST',
    path: PATHS.myPhoneWithdraw,
    who: 'anyone',
    logs: ['agreement.withdrawn', 'authorisation.withdrawn'],
    perMinute: PER_MINUTE,
    handle: async (visit) => {
      const { service, params } = visit
      if (field(visit, 'sure') !== 'yes')
        return show(visit, params['code'] ?? '', 'Tick the box if you want to withdraw your agreement')
      try {
        const { code } = await openReceipt(service.ops, params['code'] ?? '')
        const { letter } = await withdrawByCode(service.ops, code)
        return {
          page: 'pages/extraction/my-phone/withdrawn.njk',
          view: {
            title: 'Your agreement is withdrawn',
            letter: paperHtml(letter, { titled: false }),
            code,
            mine: PATHS.myPhone,
          },
        }
      } catch (error) {
        if (error instanceof ActionError && error.code === 'NOT_NOW')
          return show(visit, params['code'] ?? '', 'This cannot be withdrawn now. Ask the police by telephone.')
        return wrong(error)
      }
    },
  },
]

async function show({ service }: Visit, typed: string, error?: string): Promise<Answer> {
  try {
    const receipt = await openReceipt(service.ops, typed)
    const device = receipt.device === 'other' ? 'device' : receipt.device
    const { came } = receipt
    const counts = 'byHand' in came ? seenByKind(came.byHand.seen) : takenOf(came.result)
    const taken = Object.entries(counts).map(([kind, count]) => ({
      kind: KIND_WORDS[kind as RecordKind] ?? kind,
      count,
    }))
    return {
      page: 'pages/extraction/my-phone/my-phone.njk',
      status: error === undefined ? 200 : 422,
      view: {
        title: 'byHand' in came ? `What was seen on your ${device}` : `What was taken from your ${device}`,
        device,
        receipt,
        taken,
        total: taken.reduce((all, { count }) => all + count, 0),
        ...('byHand' in came
          ? { byHand: came.byHand }
          : {
              result: came.result,
              destroyed: destroyedOf(came.result),
              left: Object.values(leftOf(came.result)).reduce((all, count) => all + count, 0),
              attachments: came.result.attachments,
              context: contextOf(came.result),
            }),
        contact: service.ops.force,
        withdraw: pathTo(PATHS.myPhoneWithdraw, { code: receipt.code }),
        ...errorsView(error === undefined ? [] : [{ field: 'sure', text: error }]),
      },
    }
  } catch (error) {
    return wrong(error)
  }
}

/** A code of nothing, whether it could be one or not. */
function wrong(error: unknown): Answer {
  if (error instanceof ActionError && error.code === 'NOT_FOUND')
    return ask(404, 'Check the code: it is on your receipt, in groups of four')
  throw error
}

function ask(status: number, error?: string): Answer {
  return {
    page: 'pages/extraction/my-phone/ask.njk',
    status,
    view: { title: 'My phone', ...errorsView(error === undefined ? [] : [{ field: 'code', text: error }]) },
  }
}
