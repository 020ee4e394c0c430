import { contextOf, destroyedOf, type ForceDetails, leftOf, type Receipt, takenOf } from '../../../../actions/index.ts'
import { type Language, type Paper, receipt } from '../../../../notice/index.ts'
import { britishDay } from '../../../../records/index.ts'
import { PATHS } from '../../../paths.ts'

/** The paper that the device user takes home. The link is the page on which the code is typed: a code in an address would stay in a browser's history. */
export function receiptPaper(of: Receipt, code: string, { force, url }: { force: ForceDetails; url: string }): Paper {
  const { result } = of
  return receipt({
    force,
    language: of.language as Language,
    audience: of.child ? (of.givenBy === 'user' ? 'child' : 'adult-for-child') : 'user',
    device: of.device,
    reference: of.reference,
    on: britishDay(of.takenAt),
    taken: {
      records: everTaken(result),
      destroyed: destroyedOf(result),
      left: Object.values(leftOf(result)).reduce((all, count) => all + count, 0),
      attachments: result.attachments,
      context: contextOf(result),
      files: result.files,
      root: result.root,
    },
    why: of.why.join(' '),
    mayWithdraw: of.byAgreement && of.withdrawnAt === undefined,
    reviewOn: of.reviewOn ?? britishDay(of.takenAt),
    code,
    link: `${url}${PATHS.myPhone}`,
  })
}

/** Records that were taken, by kind, those too that were destroyed since. */
function everTaken(result: Receipt['result']): Record<string, number> {
  const taken = Object.entries(takenOf(result))
  return Object.fromEntries(taken.map(([kind, count]) => [kind, count + (result.destroyed?.records[kind] ?? 0)]))
}
