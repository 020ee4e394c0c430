import { recordsAgreement, sends, servesNotice } from './agreeing.ts'
import type { Journey } from './browser.ts'
import { grants } from './deciding.ts'
import { approvesDestruction, asksTheLog, proposesDestruction, reviewsHolding } from './ending.ts'
import { extracts, givesReceipt, looksAtTheirPhone, seesTheEnd } from './extracting.ts'
import { opensCase, receivesDevice, writesRequest } from './officer.ts'
import {
  closesExtract,
  decidesPrivilege,
  looksAround,
  opensExtract,
  readsConversation,
  searchesAndSetsApart,
} from './reviewing.ts'

const CASE = '42/101234/26'
const EXHIBIT = 'AH/1'
const DAY = 86_400_000

/** From the first page of a case to the certificate that nothing of it is left, with everybody whose part it is. */
export async function wholeStory(at: Journey): Promise<void> {
  const officer = await at.person('pc4321', { looking: true })
  await opensCase(officer, CASE, 'Harassment', [
    ['ext510', /^Extraction officer/],
    ['rev200', 'Reviewer'],
    ['dis210', 'Disclosure officer'],
    ['csl900', 'Independent counsel'],
  ])
  await receivesDevice(officer, { exhibit: EXHIBIT, looksLike: 'Black phone in a blue case', user: 'Megan Doyle' })
  await officer.follow(`Case ${CASE}`)
  await officer.at(`Case ${CASE}`)
  await writesRequest(officer)
  await servesNotice(officer, { who: 'The device user' })
  await recordsAgreement(officer)
  await sends(officer)

  const inspector = await at.person('insp77')
  await inspector.at('Waiting for you')
  await grants(inspector, new Date(Date.now() + 20 * DAY))

  await at.phone('iPhone of AH-1')
  const operator = await at.person('ext510')
  await operator.at('Waiting for you')
  await extracts(operator, 'iPhone of AH-1', EXHIBIT)
  // Nothing begins before somebody has seen the page of an extraction that waits.
  await at.worker()
  await seesTheEnd(operator, EXHIBIT, 'not taken')
  const code = await givesReceipt(operator)
  await looksAtTheirPhone(await at.stranger('Megan Doyle'), code)

  const reviewer = await at.person('rev200')
  await opensExtract(reviewer, EXHIBIT)
  await readsConversation(reviewer)
  await looksAround(reviewer)
  await searchesAndSetsApart(reviewer, 'you')
  await decidesPrivilege(await at.person('csl900'), EXHIBIT)
  await closesExtract(reviewer)

  const records = await at.person('rec300')
  await reviewsHolding(records, EXHIBIT)
  await proposesDestruction(records, EXHIBIT)
  await approvesDestruction(await at.person('iao310'), EXHIBIT)

  const auditor = await at.person('aud503')
  await asksTheLog(auditor, CASE)
}
