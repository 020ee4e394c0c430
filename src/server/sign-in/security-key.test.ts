import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registerKey } from '../../actions/index.ts'
import { browserFor, cookieOf, listeningService, pluggedKey } from '../browser.fixture.ts'
import { testService } from '../test-service.fixture.ts'
import { keepChallenge, takeChallenge } from './challenge.ts'
import { relyingParty } from './security-key.ts'

test('a key is added, confirms who somebody is, and from then on nothing else does', async (t) => {
  const browser = await browserFor(t)
  if (browser === undefined) return
  const service = await listeningService(t)
  const { db } = service.ops.store
  const context = await browser.newContext()
  await context.addCookies([cookieOf(await service.as('insp77'), service.url)])
  const page = await context.newPage()
  const { devtools, authenticatorId } = await pluggedKey(page)

  await page.goto(`${service.url}/account`)
  await page.getByRole('button', { name: 'Add a security key' }).click()
  await page.getByRole('button', { name: 'Add the key' }).click()
  await page.waitForURL('**/account?done=added')
  assert.match((await page.textContent('main')) ?? '', /The security key is added/)
  const key = await db.selectFrom('authenticators').selectAll().executeTakeFirstOrThrow()
  assert.equal(key.person_id, 'insp77')
  assert.deepEqual(key.transports, ['usb'])

  // Another sign-in, not confirmed yet: the page wants the key.
  await context.addCookies([cookieOf(await service.as('insp77', { stepUp: false }), service.url)])
  await page.goto(`${service.url}/confirm-it-is-you?to=/account`)
  await page.getByRole('button', { name: 'Use your security key' }).click()
  await page.waitForURL(`${service.url}/account`)
  const [signIn] = await db.selectFrom('sign_ins').selectAll().orderBy('created_at', 'desc').execute()
  assert.notEqual(signIn?.stepped_up_at, null)
  assert.equal(
    (await db.selectFrom('authenticators').selectAll().executeTakeFirstOrThrow()).counter > key.counter,
    true,
  )
  const logged = await db
    .selectFrom('statements')
    .select(['kind', 'envelope'])
    .where('actor', '=', 'insp77')
    .orderBy('leaf')
    .execute()
  assert.deepEqual(
    logged.map(({ kind }) => kind),
    ['access.key_registered', 'access.step_up'],
  )
  assert.match(Buffer.from(JSON.parse(logged[1]?.envelope ?? '').payload, 'base64').toString(), /"method":"webauthn"/)

  // Somebody without the key stays where they are, and the page says so.
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId })
  await context.addCookies([cookieOf(await service.as('insp77', { stepUp: false }), service.url)])
  await page.goto(`${service.url}/confirm-it-is-you?to=/account`)
  await page.getByRole('button', { name: 'Use your security key' }).click()
  await page.getByText('The key was not used. Try again.').waitFor()
})

test('what is no answer of a key confirms nothing, and a challenge is good once', async (t) => {
  const service = await testService(t, { url: 'http://localhost:3000' })
  const owner = await service.actor('insp77')
  const key = { id: 'a2V5', publicKey: new Uint8Array(77), counter: 0, transports: ['usb'] }
  await registerKey(service.ops, owner, key)
  const visitor = await service.as('insp77', { stepUp: false })
  assert.match((await visitor.get('/confirm-it-is-you?to=/account')).body, /Use your security key/)
  for (const response of ['', '{', '[]', '{"id":"a2V5"}', '{"id":"a2V5","response":{}}', '{"id":"x","response":{}}'])
    assert.equal((await visitor.post('/confirm-it-is-you', { response, to: '/account' })).statusCode, 400, response)
  const forged = await visitor.post('/confirm-it-is-you', { response: '{}', to: '/account', csrf: 'x' })
  assert.equal(forged.statusCode, 403)

  const { store } = service.ops
  const token = visitor.cookie.replace('peel=', '')
  const now = new Date()
  await keepChallenge(store, token, { value: 'c1', for: 'confirm' }, now)
  assert.equal(await takeChallenge(store, token, 'register', now), undefined, 'it was for something else')
  await keepChallenge(store, token, { value: 'c2', for: 'confirm' }, now)
  assert.equal(await takeChallenge(store, token, 'confirm', now), 'c2')
  assert.equal(await takeChallenge(store, token, 'confirm', now), undefined)
  await keepChallenge(store, token, { value: 'c3', for: 'confirm' }, now)
  assert.equal(await takeChallenge(store, token, 'confirm', new Date(now.getTime() + 301_000)), undefined)
})

test('no key is added or removed by whoever has not just confirmed that it is they', async (t) => {
  const service = await testService(t, { url: 'http://localhost:3000' })
  const visitor = await service.as('pc4321', { stepUp: false })
  for (const answer of [await visitor.get('/account/keys/new')])
    assert.match(String(answer.headers.location), /^\/confirm-it-is-you\?to=/)
  for (const answer of [
    await visitor.post('/account/keys/new', { response: '{}' }),
    await visitor.post('/account/keys/remove', { key: 'x' }),
  ])
    assert.match(answer.body, /Confirm that it is you, then send this again/)
  const actor = await service.actor('pc4321', { stepUp: false })
  await assert.rejects(
    registerKey(service.ops, actor, { id: 'a', publicKey: new Uint8Array(1), counter: 0, transports: [] }),
  )
})

test('a key is removed by its owner alone', async (t) => {
  const service = await testService(t, { url: 'http://localhost:3000' })
  await registerKey(service.ops, await service.actor('insp77'), {
    id: 'a2V5',
    publicKey: new Uint8Array(77),
    counter: 0,
    transports: [],
  })
  assert.equal((await (await service.as('insp78')).post('/account/keys/remove', { key: 'a2V5' })).statusCode, 404)
  assert.match((await (await service.as('insp77')).get('/account')).body, /Key 1/)
  assert.equal((await (await service.as('insp77')).post('/account/keys/remove', { key: 'a2V5' })).statusCode, 303)
  assert.deepEqual(await service.ops.store.db.selectFrom('authenticators').selectAll().execute(), [])
})

test('keys are bound to a name: where people reach the service by a number there are none', () => {
  assert.equal(relyingParty({ url: 'http://127.0.0.1:3000' }), undefined)
  assert.equal(relyingParty({ url: 'http://[::1]:3000' }), undefined)
  assert.deepEqual(relyingParty({ url: 'https://peel.test.example' }), {
    id: 'peel.test.example',
    origin: 'https://peel.test.example',
  })
})
