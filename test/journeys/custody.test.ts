import { test } from 'node:test'
import { journey } from './browser.ts'
import { opensCase, receivesDevice } from './officer.ts'

const HOUR = 3_600_000

test('the exhibits officer keeps a phone, is told before its 24 hours are over, lends another, and gives it back', async (t) => {
  const at = await journey(t, 'custody')
  if (at === undefined) return
  const officer = await at.person('pc4321')
  await opensCase(officer, '42/101238/26', 'Robbery', [['exh600', 'Exhibits officer']])
  await receivesDevice(officer, { exhibit: 'AH/1', looksLike: 'Blue phone', user: 'Kwame Asante', role: 'Witness' })
  const received = Date.now()

  const exhibits = await at.person('exh600')
  await exhibits.follow('Cases')
  await exhibits.at('Cases')
  await exhibits.follow('42/101238/26')
  await exhibits.at('Case 42/101238/26')
  await exhibits.follow('AH/1')
  await exhibits.at('Device AH/1')
  await exhibits.press('Move it')
  await exhibits.at(/^Move/)
  await exhibits.type('Where is it now?', 'Property store, shelf 4')
  await exhibits.choose('To be stored')
  await exhibits.choose('Just now')
  await exhibits.type('Number of a new seal (optional)', 'A1234567')
  await exhibits.press('Record the move')
  await exhibits.at('Device AH/1')
  await exhibits.sees('The move is recorded.')

  at.service.setNow(new Date(received + 23 * HOUR))
  const nextDay = await at.person('exh600')
  await nextDay.at('Waiting for you')
  await nextDay.follow(/^AH\/1 is due back soon/)
  await nextDay.at('Device AH/1')
  await nextDay.press('Lend a phone')
  await nextDay.at(/^Lend a phone/)
  await nextDay.type('Mark of the phone that is lent', 'LOAN-12')
  await nextDay.press('Record the loan')
  await nextDay.at('Device AH/1')
  await nextDay.sees('The user has a phone that was lent: LOAN-12.')

  // Whoever was away so long signs in again.
  at.service.setNow(new Date(received + 26 * HOUR))
  const later = await at.person('exh600')
  await later.open(new URL(nextDay.page.url()).pathname)
  await later.at('Device AH/1')
  await later.press('Return it')
  await later.at(/^Return/)
  await later.choose('The person who uses it')
  await later.choose('Just now')
  await later.type('Where was it handed over?', 'At their home')
  await later.type('Number of the seal as you found it', 'A1234567')
  await later.press('Record the return')
  await later.at('Device AH/1')
  await later.sees('The phone that was lent, LOAN-12, has not come back.')
  await later.press('Record that the lent phone came back')
  await later.at('Did the lent phone come back?')
  await later.press('Record that it came back')
  await later.at('Device AH/1')
  await later.doesNotSee('has not come back')
})
