import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aGranted } from './pages/extraction/granted.fixture.ts'
import { testService } from './test-service.fixture.ts'

test('who starts under a grant that has run out is told so, what to do next, and keeps their menu and the way to the request', async (t) => {
  const service = await testService(t)
  const { requestId } = await aGranted(service)
  service.setNow(new Date(Date.now() + 8 * 24 * 60 * 60 * 1000))
  const officer = await service.as('ext510')
  const refused = await officer.post(`/requests/${requestId}/extraction`, { from: 'kiosk:AH-1' })
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /This cannot be done now/)
  assert.match(
    refused.body,
    /The authorisation for \S+ has run out\.<\/p>[^]*Ask the officer in the case for a new decision\./,
  )
  assert.match(refused.body, new RegExp(`href="/requests/${requestId}">Go to the request`))
  assert.match(refused.body, /action="\/sign-out"/)
  assert.match(refused.body, /aria-label="Menu"/)
  assert.match(refused.body, /reason: <span class="peel-code">EXPIRED</)
})

test('what is not there is said with the menu to whoever is signed in, and without it to anybody else', async (t) => {
  const service = await testService(t)
  assert.match((await (await service.as('pc4321')).get('/nothing')).body, /aria-label="Menu"/)
  const outside = await service.app.inject('/nothing')
  assert.equal(outside.statusCode, 404)
  assert.doesNotMatch(outside.body, /aria-label="Menu"|Sign out/)
})

test('whose part something never is gets no way to what it is about', async (t) => {
  const service = await testService(t)
  const { requestId } = await aGranted(service)
  const { statusCode, body } = await (await service.as('adm500')).get(`/requests/${requestId}`)
  assert.equal(statusCode, 403)
  assert.match(body, /You cannot do this/)
  assert.doesNotMatch(body, new RegExp(requestId))
})
