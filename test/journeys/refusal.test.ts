import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordsRefusal, servesNotice } from './agreeing.ts'
import { journey } from './browser.ts'
import { opensCase, receivesDevice, writesRequest } from './officer.ts'

test('the device user says no: it is recorded, nobody is asked to decide, and the enquiry goes on without the phone', async (t) => {
  const at = await journey(t, 'refusal')
  if (at === undefined) return
  const officer = await at.person('pc4321')
  await opensCase(officer, '42/101235/26', 'Affray', [])
  await receivesDevice(officer, { exhibit: 'AH/1', looksLike: 'Red phone', user: 'Connor Bligh', role: 'Witness' })
  await officer.follow('Case 42/101235/26')
  await officer.at('Case 42/101235/26')
  await writesRequest(officer)
  await servesNotice(officer, { who: 'The device user' })
  await recordsRefusal(officer, 'I would rather show you the two messages.')
  await officer.sees('the refusal counts against nobody')
  await officer.follow('Back to the request')
  await officer.at(/^Request /)
  await officer.sees('Agreement refused')

  const inspector = await at.person('insp77')
  await inspector.follow('Requests to decide')
  await inspector.at('Requests to decide')
  await inspector.sees('Nothing waits for your decision.')
  const said = await at.service.ops.store.db.selectFrom('statements').select('kind').execute()
  assert.ok(said.some(({ kind }) => kind === 'agreement.refused'))
})
