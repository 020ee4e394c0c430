import { test } from 'node:test'
import { recordsAgreement, sends, servesNotice } from './agreeing.ts'
import { journey } from './browser.ts'
import { grants } from './deciding.ts'
import { opensCase, receivesDevice, writesRequest } from './officer.ts'

const DAY = 86_400_000

test('from signing in to a granted request without a mouse', async (t) => {
  const at = await journey(t, 'by-keyboard')
  if (at === undefined) return
  const officer = await at.person('pc4321', { keyboard: true })
  await opensCase(officer, '42/101237/26', 'Harassment', [['ext510', /^Extraction officer/]])
  await receivesDevice(officer, { exhibit: 'AH/1', looksLike: 'Black phone', user: 'Megan Doyle' })
  await officer.follow('Case 42/101237/26')
  await officer.at('Case 42/101237/26')
  await writesRequest(officer)
  await servesNotice(officer, { who: 'The device user' })
  await recordsAgreement(officer)
  await sends(officer)
  const inspector = await at.person('insp77', { keyboard: true })
  await grants(inspector, new Date(Date.now() + 20 * DAY))
})
