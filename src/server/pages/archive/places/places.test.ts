import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anArchive } from '../../../../actions/archive/an-archive.fixture.ts'
import { namePlace } from '../../../../actions/index.ts'
import { testService } from '../../../test-service.fixture.ts'
import { errorsOf, textOf } from '../../request/request-walk.fixture.ts'

test('E14: of two who say at once what is found at a place the second is told, and nothing is lost in silence', async (t) => {
  const service = await testService(t)
  const { ops, id: archive } = await anArchive(service, { recordings: 60 })
  const said = { kind: 'cloud', title: 'Google Drive of the force', found: 'not_checked', evidence: '' } as const
  const place = await namePlace(ops, await service.actor('rec300'), archive, said)
  const [kit, lena] = [await service.as('rec300'), await service.as('rec301')]
  const form = `/archives/${archive}/places/${place}`
  assert.deepEqual(errorsOf(await kit.post(form, {})), ['Select what was found there'])
  const found = { found: 'gone', evidence: 'Looked at by whoever administers it.' }
  assert.equal((await kit.post(form, found)).headers.location, `/archives/${archive}/places`)
  const late = await lena.post(form, { found: 'still_there', evidence: 'Seen this morning.' })
  const list = textOf(await lena.get(String(late.headers.location)))
  assert.match(list, /Nothing was saved/)
  assert.match(list, /Copies were there, and are gone/)
  assert.doesNotMatch(list, /Seen this morning/)
  assert.doesNotMatch(textOf(await lena.get(`/archives/${archive}/places`)), /Nothing was saved/)
})
