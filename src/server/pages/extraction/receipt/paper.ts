import {
  contextOf,
  destroyedOf,
  type ForceDetails,
  leftOf,
  type Receipt,
  type Result,
  seenByKind,
  takenOf,
} from '../../../../actions/index.ts'
import { type Language, type Paper, receipt, receiptByHand } from '../../../../notice/index.ts'
import { britishDay } from '../../../../records/index.ts'
import { PATHS } from '../../../paths.ts'

/** The paper that the device user takes home. The link is the page on which the code is typed: a code in an address would stay in a browser's history. */
export function receiptPaper(of: Receipt, code: string, { force, url }: { force: ForceDetails; url: string }): Paper {
  const about = {
    force,
    language: of.language as Language,
    audience: of.child ? (of.givenBy === 'user' ? 'child' : 'adult-for-child') : 'user',
    device: of.device,
    reference: of.reference,
    on: britishDay(of.takenAt),
    why: of.why.join(' '),
    mayWithdraw: of.byAgreement && of.withdrawnAt === undefined,
    code,
    link: `${url}${PATHS.myPhone}`,
  } as const
  if ('byHand' in of.came) {
    const { seen, excess: others, pictures, kept_as: exhibit } = of.came.byHand
    return receiptByHand({
      ...about,
      seen: { records: seenByKind(seen), others, pictures, ...(exhibit !== undefined && { exhibit }) },
      ...(of.reviewOn !== undefined && { reviewOn: of.reviewOn }),
    })
  }
  const { result } = of.came
  return receipt({
    ...about,
    taken: {
      records: everTaken(result),
      destroyed: destroyedOf(result),
      left: Object.values(leftOf(result)).reduce((all, count) => all + count, 0),
      attachments: result.attachments,
      context: contextOf(result),
      files: result.files,
      root: result.root,
    },
    reviewOn: of.reviewOn ?? britishDay(of.takenAt),
  })
}

/** Records that were taken, by kind, those too that were destroyed since. */
function everTaken(result: Result): Record<string, number> {
  const taken = Object.entries(takenOf(result))
  return Object.fromEntries(taken.map(([kind, count]) => [kind, count + (result.destroyed?.records[kind] ?? 0)]))
}
