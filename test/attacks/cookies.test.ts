// What a browser holds is all that somebody who is signed in shows: it is not made up, changed, kept or planted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csrfToken, newToken, seal, tokenDigest, unseal } from '../../src/server/sign-in/cookie.ts'
import { testService, type TestService } from '../../src/server/test-service.fixture.ts'

async function isSignedIn({ app }: TestService, cookie: string): Promise<boolean> {
  const answer = await app.inject({ url: '/account', headers: { cookie } })
  assert([200, 302].includes(answer.statusCode), String(answer.statusCode))
  return answer.statusCode === 200
}

test('a cookie that was changed in any place, shortened, made longer or made up signs nobody in', async (t) => {
  const service = await testService(t)
  const { cookie } = await service.as('pc4321')
  const token = cookie.slice('peel='.length)
  assert(await isSignedIn(service, cookie))
  const changed = [...token].map(
    (letter, at) => token.slice(0, at) + (letter === 'A' ? 'B' : 'A') + token.slice(at + 1),
  )
  const odd = ['', 'pc4321', newToken(), token.slice(1), `${token}A`, `${token}=`, `"${token}"x`, token.toUpperCase()]
  const long = 'A'.repeat(5000)
  // The database knows digests: whoever reads it cannot sign in with them.
  const digest = tokenDigest(token)
  for (const made of [...changed, ...odd, long, digest.toString('hex'), digest.toString('base64url'), "' OR 1=1 --"])
    assert(!(await isSignedIn(service, `peel=${made}`)), made)
})

test('nobody gets in by the cookie of the way to the provider, whoever sealed it', async (t) => {
  const service = await testService(t)
  const { secret } = service.service.signIn
  const sealed = seal(secret, { to: '/', state: 'x', nonce: 'x', verifier: 'x', stepUp: false })
  assert(unseal(secret, sealed))
  assert(!(await isSignedIn(service, `peel=${sealed}`)))
  for (let at = 0; at < sealed.length; at += 7) {
    const other = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    const cookie = `peel-going=${other}`
    const answer = await service.app.inject({ url: '/sign-in/done?code=x&state=x', headers: { cookie } })
    assert.equal(answer.headers.location, '/sign-in')
    assert.equal(
      answer.cookies.find(({ name }) => name === 'peel'),
      undefined,
    )
  }
  // Shorter than the tag that makes it ours.
  for (const short of ['', 'AA', sealed.slice(0, 30)]) assert.equal(unseal(secret, short), undefined)
})

test('a tag that was cut short is no tag', async (t) => {
  const { service } = await testService(t)
  const bytes = Buffer.from(seal(service.signIn.secret, 'x'), 'base64url')
  for (let length = 0; length < bytes.length; length++)
    assert.equal(unseal(service.signIn.secret, bytes.subarray(0, length).toString('base64url')), undefined)
})

test('who signed out is out, also with a cookie that was copied before', async (t) => {
  const service = await testService(t)
  const visitor = await service.as('pc4321')
  await visitor.post('/sign-out')
  assert(!(await isSignedIn(service, visitor.cookie)))
})

test('signing out is asked for by a page of the same sign-in, and ends that one alone', async (t) => {
  const service = await testService(t)
  const visitor = await service.as('pc4321')
  const other = await service.as('pc4321')
  await visitor.post('/sign-out', { csrf: other.csrf })
  assert((await isSignedIn(service, visitor.cookie)) === false || (await isSignedIn(service, other.cookie)))
  const stranger = await service.as('pc4322')
  const { app } = service
  const headers = { cookie: visitor.cookie, 'content-type': 'application/x-www-form-urlencoded' }
  const again = await service.as('pc4321')
  await app.inject({
    method: 'POST',
    url: '/sign-out',
    headers: { ...headers, cookie: again.cookie },
    payload: `csrf=${stranger.csrf}`,
  })
  assert(await isSignedIn(service, again.cookie))
})

test('a sign-in ends half an hour after the last page, and after a shift in any case', async (t) => {
  const service = await testService(t)
  const start = new Date('2026-11-20T08:00:00Z')
  const after = (minutes: number) => service.setNow(new Date(start.getTime() + minutes * 60_000))
  after(0)
  const idle = await service.as('pc4321')
  const busy = await service.as('pc4321')
  let last = 0
  for (let minutes = 10; minutes < 11 * 60; minutes += 10) {
    after(minutes)
    assert(await isSignedIn(service, busy.cookie), `${minutes}`)
    last = minutes
  }
  assert(!(await isSignedIn(service, idle.cookie)))
  for (let minutes = last; minutes <= 12 * 60; minutes += 10) {
    after(minutes)
    await isSignedIn(service, busy.cookie)
  }
  after(12 * 60 + 1)
  assert(!(await isSignedIn(service, busy.cookie)))
})

test('whose account was emptied of its roles may do nothing with a sign-in that is still there', async (t) => {
  const service = await testService(t)
  const visitor = await service.as('pc4321')
  assert.equal((await visitor.get('/cases/new')).statusCode, 200)
  await service.ops.store.db.updateTable('people').set({ roles: [] }).where('id', '=', 'pc4321').execute()
  assert.equal((await visitor.get('/cases/new')).statusCode, 403)
})

test('a token of a form is good in its own sign-in alone', async (t) => {
  const service = await testService(t)
  const [one, same, other] = [await service.as('pc4321'), await service.as('pc4321'), await service.as('pc4322')]
  const count = async () => (await service.ops.store.db.selectFrom('cases').select('id').execute()).length
  const form = { reference: '43/0001/26', offence: 'Robbery', group: '3', retention_group: '3' }
  const wrong = [same.csrf, other.csrf, '', 'x', csrfToken(Buffer.alloc(32), one.cookie.slice(5)), one.cookie.slice(5)]
  for (const csrf of wrong) {
    const payload = new URLSearchParams({ ...form, csrf }).toString()
    const headers = { cookie: one.cookie, 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await service.app.inject({ method: 'POST', url: '/cases/new', headers, payload })
    assert.equal(answer.statusCode, 403)
    // Twice the right name is no better: it is a list then.
    const twice = `${payload}&csrf=${one.csrf}`
    const listed = await service.app.inject({ method: 'POST', url: '/cases/new', headers, payload: twice })
    assert.equal(listed.statusCode, 403)
  }
  assert.equal(await count(), 0)
  for (const origin of [
    'https://elsewhere.example',
    'http://127.0.0.1:3001',
    'https://127.0.0.1:3000',
    'http://127.0.0.1:3000.elsewhere.example',
  ]) {
    const payload = new URLSearchParams({ ...form, csrf: one.csrf }).toString()
    const headers = { cookie: one.cookie, origin, 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await service.app.inject({ method: 'POST', url: '/cases/new', headers, payload })
    assert.equal(answer.statusCode, 403, origin)
  }
  // What another site can send without being asked first: as text, as JSON in disguise, as a file.
  for (const type of [
    'text/plain',
    'application/json',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
  ]) {
    const headers = { cookie: one.cookie, 'content-type': type }
    const payload = type === 'application/json' ? JSON.stringify(form) : new URLSearchParams(form).toString()
    const answer = await service.app.inject({ method: 'POST', url: '/cases/new', headers, payload })
    assert([403, 415, 400].includes(answer.statusCode), `${type}: ${answer.statusCode}`)
  }
  assert.equal(await count(), 0)
})

test('a cookie that somebody planted before is not the one after signing in', async (t) => {
  const { createServer } = await import('node:net')
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
  const url = `http://127.0.0.1:${port}`
  const service = await testService(t, { url })
  await service.app.listen({ host: '127.0.0.1', port })
  // Their own sign-in, planted in the browser of somebody else, and one that was never given out.
  for (const planted of [(await service.as('pc4322')).cookie.slice(5), newToken()]) {
    const jar = new Map([['peel', planted]])
    const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const follow = async (path: string, body?: string) => {
      let next = new URL(path, url)
      for (let hops = 0, sent = body; hops < 20; hops++) {
        const answer = await fetch(next, {
          method: sent === undefined ? 'GET' : 'POST',
          redirect: 'manual',
          headers: {
            cookie: cookies(),
            ...(sent !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
          },
          ...(sent !== undefined && { body: sent }),
        })
        for (const line of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          jar.set(name, value)
          if (name === 'peel' && value !== '') {
            assert.match(line, /HttpOnly/i)
            assert.match(line, /SameSite=Lax/i)
          }
        }
        const location = answer.headers.get('location')
        const text = await answer.text()
        if (location === null) return text
        next = new URL(location, next)
        sent = undefined
      }
      return assert.fail('sent round and round')
    }
    const choose = await follow('/sign-in?to=/account')
    await follow(/<form method="post" action="([^"]+)"/.exec(choose)?.[1] ?? '', 'person=pc4321')
    assert.notEqual(jar.get('peel'), planted)
    assert.match(await follow('/'), /Ada Holt/)
    // Whoever planted it has what they had, or nothing; never the other person.
    const theirs = await fetch(url, { headers: { cookie: `peel=${planted}` }, redirect: 'manual' })
    assert.doesNotMatch(await theirs.text(), /Ada Holt/)
  }
})
