import { AGREEMENT_PAPERS, agreementPaper, notFound } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { requestOf } from '../../notice/chosen.ts'
import { pdfAnswer } from '../../notice/paper/paper.ts'

/** Papers that follow from an answer, as PDF: normal and in large print. */
export const paperRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.agreementPaper,
    who: 'request.see',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const name = visit.params['paper'] ?? ''
      const large = name.endsWith('-large.pdf')
      const kind = AGREEMENT_PAPERS.find((one) => name === `${one}.pdf` || name === `${one}-large.pdf`)
      if (kind === undefined) throw notFound()
      const { ops } = visit.service
      return pdfAnswer(await agreementPaper(ops, visit.actor, requestOf(visit), kind), ops.now(), name, large)
    },
  },
]
