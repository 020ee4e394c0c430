import {
  giveReceipt,
  isReceiptCode,
  notFound,
  type ReceiptManner,
  RECEIPT_MANNERS,
  readExtraction,
  receiptOf,
} from '../../../../actions/index.ts'
import { paperHtml, paperPdf } from '../../../../notice/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { receiptPaper } from './paper.ts'

/** The receipt: made once, with a code that nobody can show again. It is the answer to the form itself, because nothing keeps it. */
export const receiptRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.receipt,
    who: 'receipt.give',
    about: 'extraction',
    logs: [],
    handle: (visit) => ask(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.receipt,
    who: 'receipt.give',
    about: 'extraction',
    logs: ['receipt.given'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const id = params['extraction'] ?? ''
      const manner = RECEIPT_MANNERS.find((one) => one === field(visit, 'manner'))
      if (manner === undefined) return ask(visit, [{ field: 'manner', text: 'Choose how you give the receipt' }])
      const again = field(visit, 'again') === 'yes'
      const code = await giveReceipt(service.ops, actor, { extractionId: id, manner: manner as ReceiptManner, again })
      const paper = receiptPaper(await receiptOf(service.ops, actor, id), code, {
        force: service.ops.force,
        url: service.url,
      })
      return {
        page: 'pages/extraction/receipt/given.njk',
        view: {
          title: 'Receipt for the device user',
          back: pathTo(PATHS.extraction, { extraction: id }),
          paper: paperHtml(paper, { level: 2 }),
          pdf: pathTo(PATHS.receiptPdf, { extraction: id }),
          code,
        },
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.receiptPdf,
    who: 'receipt.give',
    about: 'extraction',
    logs: [],
    handle: async (visit) => {
      const { service, actor, params, now } = visit
      const id = params['extraction'] ?? ''
      const code = field(visit, 'code')
      if (!(await isReceiptCode(service.ops, id, code))) throw notFound()
      const paper = receiptPaper(await receiptOf(service.ops, actor, id), code, {
        force: service.ops.force,
        url: service.url,
      })
      return {
        body: paperPdf(paper, now, { large: field(visit, 'large') === 'yes' }).bytes,
        type: 'application/pdf',
        headers: { 'content-disposition': 'attachment; filename="receipt.pdf"' },
      }
    },
  },
]

async function ask({ service, actor, params }: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const id = params['extraction'] ?? ''
  await receiptOf(service.ops, actor, id)
  const { receiptGiven, exhibit } = await readExtraction(service.ops, actor, id).catch(() => ({
    // Who gives receipts need not see results.
    receiptGiven: undefined,
    exhibit: undefined,
  }))
  return {
    page: 'pages/extraction/receipt/ask.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Give the device user the receipt',
      back: pathTo(PATHS.extraction, { extraction: id }),
      given: receiptGiven ?? false,
      exhibit,
      ...errorsView(errors),
    },
  }
}
