// Whatever somebody types where anything can be typed, it stays text: in addresses, headers and forms, on pages, in the database and in the log.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import { ROUTES } from '../../src/server/routes.ts'
import { addressOf, ground, letIn, somewhere } from './ground.ts'

const made = ground({ failed: () => {} })

const MARK = 'zqx7'
/** Text that means something to something: HTML, Nunjucks, SQL, shells, spreadsheets, paths, headers, regular expressions, Unicode. */
const HOSTILE = [
  `"><script>${MARK}()</script>`,
  `'"><img src=x onerror=${MARK}()>`,
  `{{ ${MARK}.constructor.constructor('return process')() }}{% include "/etc/passwd" %}`,
  `'; DROP TABLE people; --`,
  `' OR '1'='1`,
  `\\'; SELECT pg_sleep(9); --`,
  `%27%20OR%201=1`,
  `=cmd|'/C calc'!A0`,
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  `x\r\nset-cookie: peel=${MARK}`,
  'a\u0000b',
  '\u202egnp.exe\u2066\u200b',
  '\ud800',
  '[object Object]',
  '__proto__',
  'constructor',
  '00000000-0000-0000-0000-000000000000',
  '9'.repeat(400),
  '-1',
  '1e999',
  'NaN',
  `javascript:${MARK}()`,
  '(a+)+$'.repeat(20),
  'é'.repeat(5000),
] as const

/** What came out is no fault, sets nothing, and brings nothing of ours to life. */
function unharmed(answer: LightMyRequestResponse, what: string): void {
  assert(answer.statusCode < 500, `${what}: ${answer.statusCode}`)
  assert.doesNotMatch(answer.body, new RegExp(`<script>${MARK}|<img src=x onerror=${MARK}|href="javascript:`), what)
  assert.doesNotMatch(answer.body, /root:.?:0:0/, what)
  assert.equal(
    answer.cookies.find(({ value }) => value.includes(MARK)),
    undefined,
    what,
  )
  const location = String(answer.headers.location ?? '/')
  assert.match(location, /^\/(?![/\\])/, what)
}

async function ask(_who: string, request: Record<string, unknown>): Promise<LightMyRequestResponse | undefined> {
  const asked = made.service.app.inject({ ...request, remoteAddress: somewhere() }) as Promise<LightMyRequestResponse>
  const wait = new AbortController()
  const answer = await Promise.race([asked, pause(5000, undefined, { signal: wait.signal }).catch(() => undefined)])
  wait.abort()
  return answer
}

async function peopleAreThere(): Promise<void> {
  const { pool } = made.service.ops.store
  assert((await pool.query('SELECT count(*) AS n FROM people')).rows[0].n > 10)
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
}

const PEOPLE = ['pc4321', 'insp77', 'ext510', 'rec300', 'aud503', 'rev200']

test('in a parameter of any address', async () => {
  await letIn(made, ...PEOPLE)
  for (const [turn, id] of PEOPLE.slice(0, 3).entries()) {
    const { cookie } = await made.service.as(id)
    for (const [at, route] of ROUTES.filter(({ method, path }) => method === 'GET' && path.includes(':')).entries())
      for (const text of HOSTILE.filter((_, n) => (n + at + turn) % 8 === 0)) {
        const raw = text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80'
        for (const parameter of new Set(route.path.match(/:[a-zA-Z]+/g))) {
          const url = addressOf(
            { path: route.path.replace(new RegExp(`${parameter}(?![a-zA-Z])`), raw) },
            made.subjects,
          )
          const answer = await ask(id, { url, headers: { cookie } })
          if (answer) unharmed(answer, `${route.path} ${parameter}=${text} as ${id}`)
        }
      }
  }
  await peopleAreThere()
})

test('in a query, under every name that pages read, once, twice and as a list', async () => {
  const { cookie } = await made.service.as('dpo400')
  const names = [
    'to',
    'q',
    'search',
    'page',
    'state',
    'mine',
    'held',
    'from',
    'until',
    'sort',
    'before',
    'after',
    'kind',
    'size',
    'offset',
    '__proto__',
    'constructor',
    'a[b]',
    'toString',
  ]
  for (const route of ROUTES.filter(({ method, about }) => method === 'GET' && about === undefined))
    for (const text of HOSTILE) {
      const value = text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80'
      for (const query of [
        names.map((name) => `${encodeURIComponent(name)}=${value}`).join('&'),
        names.map((name) => `${name}=${value}&${name}=2&${name}[]=${value}`).join('&'),
      ]) {
        const answer = await ask('dpo400', { url: `${addressOf(route, made.subjects)}?${query}`, headers: { cookie } })
        if (answer) unharmed(answer, `${route.path}?${text}`)
      }
    }
  await peopleAreThere()
})

test('in a form, under every name that its page has, and under names that no page has', async () => {
  await letIn(made, ...PEOPLE)
  for (const [turn, id] of PEOPLE.entries()) {
    const visitor = await made.service.as(id)
    for (const route of ROUTES.filter(({ method }) => method === 'POST')) {
      const url = addressOf(route, made.subjects)
      const page = await ask(id, { url, headers: { cookie: visitor.cookie } })
      const names = [...(page?.body ?? '').matchAll(/\bname="([^"]+)"/g)].map(([, name = '']) => name)
      const fields = [...new Set(names)].filter((name) => name !== 'csrf')
      for (const [at, text] of HOSTILE.entries()) {
        // One in four for what may be filled in, one in twelve for what this person is not shown.
        if ((at + turn) % (fields.length === 0 ? 12 : 4) !== 0) continue
        const form = new URLSearchParams({ csrf: visitor.csrf })
        for (const name of fields) form.append(name, text)
        for (const name of [
          '__proto__',
          'constructor',
          '__proto__[polluted]',
          'constructor[prototype][polluted]',
          'toString',
          'id',
          'reason',
        ])
          form.append(name, text)
        for (const name of fields.slice(0, at % 2 === 0 ? 0 : 3)) form.append(name, 'second')
        const headers = {
          cookie: visitor.cookie,
          'content-type': 'application/x-www-form-urlencoded',
          origin: 'http://127.0.0.1:3000',
        }
        const answer = await ask(id, { method: 'POST', url, headers, payload: form.toString() })
        if (answer) unharmed(answer, `${route.path} ${text.slice(0, 40)} as ${id}`)
      }
    }
  }
  await peopleAreThere()
})

test('in headers: who asks for what is not decided by them', async () => {
  const visitor = await made.service.as('pc4321')
  const names = [
    'host',
    'x-forwarded-host',
    'x-forwarded-for',
    'x-forwarded-proto',
    'forwarded',
    'referer',
    'origin',
    'user-agent',
    'accept-language',
    'x-csrf',
    'x-request-id',
    'x-original-url',
    'x-rewrite-url',
    'content-type',
    'if-none-match',
    'range',
  ]
  for (const name of names)
    for (const text of [
      'elsewhere.example',
      'http://elsewhere.example//x',
      '//elsewhere.example',
      '',
      '\u00ff',
      'x'.repeat(4000),
      `"><script>${MARK}()</script>`,
    ])
      for (const [method, url] of [
        ['GET', '/'],
        ['GET', '/nowhere'],
        ['POST', '/cases/new'],
        ['POST', '/my-phone'],
        ['GET', '/assets/peel.css'],
        ['GET', '/log/checkpoint'],
      ] as const) {
        const answer = await ask('pc4321', { method, url, headers: { cookie: visitor.cookie, [name]: text } })
        assert(
          answer && answer.statusCode < 500,
          `${method} ${url} ${name}: ${text.slice(0, 30)}: ${answer?.statusCode}`,
        )
        assert.doesNotMatch(String(answer.headers.location ?? ''), /elsewhere/, name)
        assert.doesNotMatch(answer.body, /elsewhere\.example|<script>zqx7/, name)
      }
  // Where somebody must prove anew who they are, they come back to where they were: on our pages.
  const stale = await made.service.as('pc4321', { stepUp: false })
  for (const referer of ['x', 'http://elsewhere.example//elsewhere.example/', 'javascript:alert(1)'])
    for (const route of ROUTES.filter(({ method }) => method === 'POST')) {
      const headers = { cookie: stale.cookie, referer }
      const answer = await ask('pc4321', { method: 'POST', url: addressOf(route, made.subjects), headers })
      assert(answer && answer.statusCode < 500, `${route.path}: ${referer}`)
      assert.doesNotMatch(String(answer.headers.location ?? ''), /^(\/\/|https?:)|elsewhere/)
    }
})

test('on the wire: two lengths, a body that is hidden behind another, a header on two lines', async () => {
  const { app } = made.service
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      let said = ''
      socket.setEncoding('latin1').on('data', (part: string) => (said += part))
      socket.on('close', () => resolve(said)).on('error', () => resolve(said))
      setTimeout(() => socket.destroy(), 400)
    })
  const smuggled = 'GET /people HTTP/1.1\r\nhost: x\r\n\r\n'
  for (const text of [
    `POST /my-phone HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 50\r\n\r\ncode=${smuggled}`,
    `POST /my-phone HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `POST /my-phone HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `GET / HTTP/1.1\r\nhost: x\r\nx-a: 1\r\n peel: x\r\n\r\n`,
    `GET /\u0000 HTTP/1.1\r\nhost: x\r\n\r\n`,
    `GET / HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'a'.repeat(40_000)}\r\n\r\n`,
    '\u0016\u0003\u0001',
  ])
    assert.match(await send(text), /^(HTTP\/1\.1 4\d\d [^\r]*\r\n(?![\s\S]*HTTP\/1\.1 200)|$)/, text.slice(0, 80))
  const split = await send(
    `GET /sign-in?to=/%0d%0aset-cookie:%20peel=${MARK} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  )
  assert.doesNotMatch(split, new RegExp(`\\nset-cookie: peel=${MARK}`, 'i'))
})
