import { ActionError, previewNotice, readNotice } from '../../../../actions/index.ts'
import { type Paper, paperPdf, questionsAndAnswers } from '../../../../notice/index.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { chosenFor, requestOf } from '../chosen.ts'

/** Papers about the notice, as PDF. */
export const paperRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.noticePaper,
    who: 'request.see',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const name = visit.params['paper'] ?? ''
      const { paper, made } = await named(visit, name)
      return pdfAnswer(paper, made, name, name.endsWith('-large.pdf'))
    },
  },
]

/** A paper as something to keep or print. Its name says what it is, and nothing of the case. */
export function pdfAnswer(paper: Paper, made: Date, name: string, large = false): Answer {
  return {
    body: paperPdf(paper, made, { large }).bytes,
    type: 'application/pdf',
    headers: { 'content-disposition': `inline; filename="${name}"`, 'cache-control': 'no-store' },
  }
}

async function named(visit: Visit, name: string): Promise<{ paper: Paper; made: Date }> {
  const { ops } = visit.service
  const id = requestOf(visit)
  const { whole, served } = await readNotice(ops, visit.actor, id)
  const now = ops.now()
  if ((name === 'served.pdf' || name === 'served-large.pdf') && served && whole.notice)
    return { paper: served, made: whole.notice.served_at }
  if (name === 'questions.pdf') return { paper: questionsAndAnswers(ops.force), made: now }
  if (name === 'information.pdf')
    return { paper: await previewNotice(ops, visit.actor, id, { to: 'user', language: 'en' }), made: now }
  const choices = await chosenFor(visit)
  if (choices !== undefined && (name === 'notice.pdf' || name === 'notice-large.pdf'))
    return { paper: await previewNotice(ops, visit.actor, id, choices), made: now }
  if (choices !== undefined && name === 'child.pdf')
    return { paper: await previewNotice(ops, visit.actor, id, choices, 'child'), made: now }
  throw new ActionError('NOT_FOUND', 'NOT_FOUND', 'there is no such paper')
}
