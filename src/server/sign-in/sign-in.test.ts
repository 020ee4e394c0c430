import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../test-service.fixture.ts'

test('nobody sees a page before they have signed in', async (t) => {
  const { app } = await testService(t)
  const answer = await app.inject({ url: '/' })
  assert.equal(answer.statusCode, 302)
  assert.equal(answer.headers.location, '/sign-in?to=%2F')
})

test('whoever has signed in sees what waits for them, and the log says that they came', async (t) => {
  const service = await testService(t)
  const officer = await service.as('pc4321')
  const page = await officer.get('/')
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /Waiting for you/)
  assert.match(page.body, /Ada Holt, constable/)
})
