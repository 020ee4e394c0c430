import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellBatchStates } from '../../../batch-states.fixture.ts'
import { testService } from '../../../test-service.fixture.ts'

test('E14, H14: a batch says in every state what may be done, and to whom', async (t) => {
  const service = await testService(t)
  const { archive, batches } = await tellBatchStates(service)
  const [destroyed = '', stopped, refused, half, proposed, moving] = batches
  const owner = await service.as('iao310')
  const page = async (who: typeof owner, batch: string | undefined) => {
    const answer = await who.get(`/batches/${batch}`)
    assert.equal(answer.statusCode, 200, answer.body.slice(0, 500))
    return answer.body
  }
  assert.match(await page(owner, destroyed), /Take the certificate with you/)
  assert.match(await page(owner, stopped), /Nothing was destroyed[\s\S]*Under a hold/)
  assert.match(await page(owner, refused), /Refused[\s\S]*Wait until the clouds were looked at\./)
  assert.match(await page(owner, moving), /Everything is matched again first/)
  assert.match(await page(owner, half), /Two people approve; 1 has[\s\S]*Approve their destruction/)

  await t.test('whoever approved it, proposed it or has no part in it is offered no form', async () => {
    const [lena, kit, officer] = [await service.as('rec301'), await service.as('rec300'), await service.as('dpo400')]
    assert.match(await page(lena, half), /You approved it\. Somebody else must approve it as well\./)
    assert.match(await page(kit, proposed), /You proposed this, so somebody else decides on it\./)
    for (const [who, batch] of [
      [lena, half],
      [kit, proposed],
      [officer, proposed],
    ] as const)
      assert.doesNotMatch(await page(who, batch), /<form method="post" action="\/batches/)
    const answer = await kit.post(`/batches/${proposed}/approve`, { sure: 'yes', root: 'x' })
    assert.equal(answer.statusCode, 403)
    assert.match(answer.body, /SAME_PERSON/)
    assert.equal((await (await service.as('rev200')).get(`/batches/${proposed}`)).statusCode, 403)
  })

  await t.test('whoever decides proves first who they are, and decides by the root that they saw', async () => {
    const unproved = await (await service.as('iao311', { stepUp: false })).get(`/batches/${proposed}`)
    assert.match(String(unproved.headers.location), /^\/confirm-it-is-you\?to=%2Fbatches%2F/)
    assert.match((await owner.post(`/batches/${proposed}/approve`)).body, /Tick that you have looked at these figures/)
    assert.match((await owner.post(`/batches/${proposed}/refuse`)).body, /Enter why you refuse/)
    const other = await owner.post(`/batches/${proposed}/approve`, { sure: 'yes', root: 'f'.repeat(64) })
    assert.equal(other.statusCode, 409)
    assert.match(other.body, /ANOTHER_ROOT/)
  })

  await t.test('the start page names those that wait for somebody, and no others', async () => {
    const waits = async (who: string) =>
      (await (await service.as(who)).get('/')).body.match(/href="\/batches\//g)?.length
    assert.equal(await waits('iao310'), 2)
    assert.equal(await waits('rec301'), 1)
    assert.equal(await waits('rec300'), undefined)
    assert.equal(await waits('dpo400'), undefined)
  })

  await t.test('the list has them all; what proves a destruction is there when it is, and not before', async () => {
    const list = (await owner.get(`/archives/${archive}/batches`)).body
    for (const batch of batches) assert(list.includes(`/batches/${batch}`))
    const types = {
      'certificate.json': 'application/json',
      'certificate.sig': 'application/octet-stream',
      'installation-key.pem': 'application/x-pem-file',
      'leaves.ndjson': 'application/x-ndjson',
      'certificate.pdf': 'application/pdf',
    }
    for (const [name, type] of Object.entries(types)) {
      const answer = await owner.get(`/batches/${destroyed}/${name}`)
      assert.equal(answer.statusCode, 200, name)
      assert(String(answer.headers['content-type']).startsWith(type), name)
      assert.equal(answer.headers['content-disposition'], `attachment; filename="${name}"`)
      assert.equal((await owner.get(`/batches/${proposed}/${name}`)).statusCode, 404)
    }
  })
})
