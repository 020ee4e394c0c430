import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDevice, begin, errorsOf, fillIn, textOf } from './request-walk.fixture.ts'
import { testService } from '../../test-service.fixture.ts'

test('a request is written page by page, checked and sent', async (t) => {
  const service = await testService(t)
  const officer = await service.as('pc4321')
  const at = await aDevice(service)
  const id = await begin(officer, at)
  await fillIn(officer, id)
  const check = await officer.get(`/requests/${id}/check`)
  assert.match(textOf(check), /Send for decision/)
  assert.doesNotMatch(textOf(check), /still open/)
  const sent = await officer.post(`/requests/${id}/check`)
  assert.equal(sent.statusCode, 303, textOf(sent))
  const row = await service.ops.store.db
    .selectFrom('requests')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.equal(row.status, 'submitted')
  assert.deepEqual(errorsOf(check), [])
})
