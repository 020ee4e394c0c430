import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freePort } from '../free-port.fixture.ts'
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

test('somebody who chooses who they are at the provider comes back signed in, with their roles, and the log says that they came', async (t) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const service = await testService(t, { url })
  await service.app.listen({ host: '127.0.0.1', port })
  const browser = new Browser(url)
  const choose = await browser.follow('/sign-in?to=/health')
  assert.match(choose.body, /Sign in as Ada Holt/)
  const action = /<form method="post" action="([^"]+)"/.exec(choose.body)?.[1] ?? ''
  const there = await browser.follow(action, 'person=pc4321')
  assert.equal(there.url, `${url}/health`)
  assert.match((await browser.follow('/')).body, /Ada Holt, constable/)
  const logged = await service.ops.store.db.selectFrom('statements').select(['kind', 'actor', 'leaf']).execute()
  assert.deepEqual(logged, [{ kind: 'access.signed_in', actor: 'pc4321', leaf: 0 }])
})

test('whoever comes back from the provider with what another browser left with is not signed in', async (t) => {
  const service = await testService(t)
  const answer = await service.app.inject({
    url: '/sign-in/done?code=x&state=y',
    headers: { cookie: 'peel-going=AAAA' },
  })
  assert.equal(answer.headers.location, '/sign-in')
  assert.equal(
    answer.cookies.find(({ name }) => name === 'peel'),
    undefined,
  )
})

test('nobody is sent to another site after signing in', async (t) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const service = await testService(t, { url })
  await service.app.listen({ host: '127.0.0.1', port })
  for (const to of [
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ]) {
    const browser = new Browser(url)
    const choose = await browser.follow(`/sign-in?to=${encodeURIComponent(to)}`)
    const action = /<form method="post" action="([^"]+)"/.exec(choose.body)?.[1] ?? ''
    assert.equal((await browser.follow(action, 'person=pc4321')).url, `${url}/`)
  }
})

/** A browser as far as signing in needs one: cookies and redirects. */
class Browser {
  readonly #url: string
  readonly #cookies = new Map<string, string>()

  constructor(url: string) {
    this.#url = url
  }

  async follow(path: string, form?: string): Promise<{ url: string; body: string }> {
    let at = new URL(path, this.#url)
    let body = form
    for (;;) {
      const answer = await fetch(at, {
        method: body === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers: {
          cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(body !== undefined && { body }),
      })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') this.#cookies.delete(name)
        else this.#cookies.set(name, value)
      }
      const next = answer.headers.get('location')
      if (next === null) return { url: at.href, body: await answer.text() }
      at = new URL(next, at)
      body = undefined
    }
  }
}

test('whoever signs out is out, and the log says that they went', async (t) => {
  const service = await testService(t)
  const officer = await service.as('pc4321')
  assert.equal((await officer.post('/sign-out', { csrf: 'x' })).statusCode, 302)
  assert.equal((await officer.post('/sign-out')).statusCode, 302)
  assert.equal((await officer.get('/')).statusCode, 302)
  const logged = await service.ops.store.db.selectFrom('statements').select('kind').execute()
  assert.deepEqual(
    logged.map(({ kind }) => kind).filter((kind) => kind.startsWith('access.')),
    ['access.signed_out'],
  )
})
