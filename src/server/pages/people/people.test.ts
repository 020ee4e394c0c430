import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../test-service.fixture.ts'

test('H18: those who may see who holds which role, nobody else', async (t) => {
  const service = await testService(t)
  const page = await (await service.as('aud503')).get('/people')
  assert.match(page.body, /Carys Wynn, inspector[\s\S]*Authorising officer/)
  const some = await (await service.as('iao310')).get('/people?role=counsel')
  assert.match(some.body, /1 person</)
  assert.match(some.body, /Jo Quayle/)
  assert.equal((await (await service.as('pc4321')).get('/people')).statusCode, 403)
})
