import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from './test-service.fixture.ts'

test('the service says whether it is there, and whether its database and its log are', async (t) => {
  const { app } = await testService(t)
  assert.deepEqual((await app.inject('/health')).json(), { healthy: true, version: 'test' })
  assert.deepEqual((await app.inject('/ready')).json(), { ready: true, database: true, log: true })
})

test('metrics count pages by route, and name no case, no person and no address', async (t) => {
  const service = await testService(t)
  const officer = await service.as('pc4321')
  await officer.get('/?secret=07700900123')
  await officer.get('/no/such/page-07700900123')
  const { body } = await service.app.inject('/metrics')
  assert.match(body, /peel_pages_total\{method="GET",route="\/",status="200"\} 1/)
  assert.match(body, /peel_log_running 1/)
  assert.match(body, /peel_log_findings 0/)
  assert.doesNotMatch(body, /07700900123|pc4321|Ada Holt/)
})

test('every answer forbids scripts that are not ours, frames, sniffing and keeping', async (t) => {
  const { app } = await testService(t)
  for (const url of ['/', '/sign-out', '/no/such', '/health', '/assets/peel.css', '/log/checkpoint']) {
    const { headers } = await app.inject({ url })
    assert.match(String(headers['content-security-policy']), /script-src 'self';.*frame-ancestors 'none'/, url)
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/, url)
    assert.equal(headers['x-content-type-options'], 'nosniff', url)
  }
})

test('the font that only GOV.UK may use is nowhere in what is sent', async (t) => {
  const { app } = await testService(t)
  for (const name of ['govuk.css', 'moj.css', 'peel.css'])
    assert.doesNotMatch((await app.inject(`/assets/${name}`)).body, /GDS Transport|@font-face|\.woff/i, name)
})

test('a machine that asks too often is told so', async (t) => {
  const { app } = await testService(t, { perMinute: 5 })
  const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => app.inject(at % 2 ? '/' : '/no/such')))
  assert.equal(answers.at(-1)?.statusCode, 429)
})

test('a form that comes from elsewhere, or without the token of its page, changes nothing', async (t) => {
  const service = await testService(t)
  const { cookie, csrf } = await service.as('pc4321')
  const send = (headers: Record<string, string>, payload: string) =>
    service.app.inject({
      method: 'POST',
      url: '/sign-out',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload,
    })
  await send({}, 'csrf=wrong')
  const page = await service.app.inject({ url: '/', headers: { cookie } })
  assert.equal(page.statusCode, 200)
  await send({}, `csrf=${csrf}`)
  assert.equal((await service.app.inject({ url: '/', headers: { cookie } })).statusCode, 302)
})

test('the log is served as the files that it is, and nothing beside it', async (t) => {
  const { app } = await testService(t)
  assert.match((await app.inject('/log/checkpoint')).body, /^log\.test\.example\n0\n/)
  for (const url of ['/log/../log-state/lock', '/log/%2e%2e/cookie-secret', '/log/tile/../../cookie-secret', '/log/'])
    assert.equal((await app.inject(url)).statusCode, 404, url)
})
