import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSubmittedRequest } from '../../src/actions/decision/a-request.fixture.ts'
import { journey } from './browser.ts'
import { opensRequest } from './deciding.ts'

test('a request is returned for more, comes back, and less is offered than was asked: nothing is granted until the device user is asked anew', async (t) => {
  const at = await journey(t, 'offered-less')
  if (at === undefined) return
  const { ops } = at.service
  await aSubmittedRequest(ops, await at.service.actor('pc4321'))

  const inspector = await at.person('insp77')
  await opensRequest(inspector)
  await inspector.follow('Return it for more')
  await inspector.at('Return the request for more')
  await inspector.type('Necessity', 'Say whether the other person was asked, and what they answered.')
  await inspector.type('Proportionality', 'Say why two weeks are needed, and not the one evening.')
  await inspector.press('Return the request')
  await inspector.at('Returned for more')

  const officer = await at.person('pc4321')
  await officer.at('Waiting for you')
  await officer.follow(/was returned to you$/)
  await officer.at(/^Request /)
  await officer.sees('Say whether the other person was asked')
  await officer.follow('Necessity')
  await officer.at('Why is it necessary?')
  await officer.type('What could not be done without it', 'They were asked on Monday, and say that they wrote nothing.')
  await officer.press('Save and continue')
  await officer.at(/^Request /)
  await officer.follow('Check everything that was written')
  await officer.at('Check your answers')
  await officer.press('Send for decision')
  await officer.at(/^Request /)
  await officer.sees('Waiting for a decision')

  await opensRequest(inspector)
  await inspector.follow('Offer less')
  await inspector.provesWhoTheyAre()
  await inspector.at('Offer less than was asked')
  // Nobody can offer less without taking something out: the page says so, and keeps what was written.
  await inspector.type('Necessity', 'The messages are needed. That they called each other is known.')
  await inspector.type('Proportionality', 'Without the calls little but the one conversation is touched.')
  await inspector.refused(() => inspector.press('Offer this instead'))
  await inspector.at('Offer less than was asked')
  await inspector.sees('There is a problem')
  await inspector.untick('Keep C2')
  await inspector.press('Offer this instead')
  await inspector.at('Less was offered than was asked')

  await officer.open('/')
  await officer.at('Waiting for you')
  await officer.follow(/^Less was offered than you asked: request .* version 2$/)
  await officer.at(/^Request /)
  await officer.doesNotSee('C2')
  await officer.sees('That they called each other is known.')
  await officer.sees('Check again')
  const requests = await ops.store.db.selectFrom('requests').select(['version', 'status']).orderBy('version').execute()
  assert.deepEqual(requests, [
    { version: 1, status: 'narrowed' },
    { version: 2, status: 'draft' },
  ])
})
