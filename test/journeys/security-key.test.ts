import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSubmittedRequest } from '../../src/actions/decision/a-request.fixture.ts'
import { pluggedKey } from '../../src/server/browser.fixture.ts'
import { journey } from './browser.ts'
import { opensRequest } from './deciding.ts'

test('an inspector adds a security key and grants by it; the administrator sees that there is one, and what the inspector may do', async (t) => {
  const at = await journey(t, 'security-key')
  if (at === undefined) return
  await aSubmittedRequest(at.service.ops, await at.service.actor('pc4321'))
  const inspector = await at.person('insp77')
  await pluggedKey(inspector.page)
  await inspector.follow('Carys Wynn, inspector')
  await inspector.at('Your account')
  await inspector.sees('You have none.')
  await inspector.press('Add a security key')
  await inspector.provesWhoTheyAre()
  await inspector.at('Add a security key')
  assert.doesNotMatch(await inspector.said(), /was not added/)
  await inspector.press('Add the key')
  await inspector.at('Your account')
  await inspector.sees('The security key is added.')

  // Who has a key confirms by it, and by nothing else, also after another sign-in.
  await inspector.press('Sign out')
  await inspector.at('Who are you today?', { looking: false })
  await inspector.press('Sign in as Carys Wynn')
  await opensRequest(inspector)
  await inspector.follow('Grant it')
  await inspector.at('Confirm that it is you')
  assert.doesNotMatch(await inspector.said(), /was not used/)
  await inspector.press('Use your security key')
  await inspector.at('Grant the request')

  const administrator = await at.person('adm500')
  await administrator.follow('People')
  await administrator.at('People')
  await administrator.pick('Role', 'Authorising officer')
  await administrator.press('Show')
  await administrator.sees('Carys Wynn')
  await administrator.sees('1 security key')
  await administrator.at('People')
  await administrator.doesNotSee('Ada Holt')
  // They keep the service, and see no case.
  await administrator.refused(async () => {
    await administrator.open('/decisions')
    await administrator.looks('decisions')
  })
})
