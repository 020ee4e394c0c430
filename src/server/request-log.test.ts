import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { whatFailed } from './request-log.ts'
import { ROUTES } from './routes.ts'
import { testService } from './test-service.fixture.ts'

const SECRET = 'Zx9-marked-07700900461'
/** The same as whoever logs it might write it. */
const FORMS = [SECRET, '07700900461', 'Zx9', encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')]

test('C24: a request leaves one line with the route, the status, the time and an id of its own', async (t) => {
  const lines: string[] = []
  const service = await testService(t, { log: { write: (line) => lines.push(line) } })
  await (await service.as('pc4321')).get('/')
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.equal(logged.length, 1)
  const { time, ms, request, ...rest } = logged[0] ?? {}
  assert.deepEqual(rest, { level: 30, method: 'GET', route: '/', status: 200 })
  assert.match(String(request), /^[0-9a-f-]{36}$/)
  assert.equal(typeof time, 'number')
  assert.equal(typeof ms, 'number')
})

test('H18: nothing that somebody typed, looked for or sent stands in the lines, wherever in a request it was', async (t) => {
  const lines: string[] = []
  const service = await testService(t, { log: { write: (line) => lines.push(line) } })
  const { app } = service
  const officer = await service.as('pc4321')
  const headers = {
    cookie: `${officer.cookie}; other=${SECRET}`,
    'x-request-id': SECRET,
    'request-id': SECRET,
    traceparent: SECRET,
    'user-agent': SECRET,
    referer: `http://127.0.0.1:3000/${SECRET}`,
    'x-forwarded-for': SECRET,
    'content-disposition': `attachment; filename="${SECRET}"`,
    'x-csrf': officer.csrf,
  }
  const filled = (path: string) => path.replace(/:[a-z]+|\*/g, SECRET)
  let sent = 0
  const send = async (options: InjectOptions) => {
    await app.inject(options)
    sent++
  }
  for (const { method, path } of ROUTES) {
    await send({ method, url: `${filled(path)}?q=${SECRET}&${SECRET}=1`, headers })
    await send({
      method,
      url: filled(path),
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `csrf=${officer.csrf}&name=${SECRET}%00&reference=${SECRET}&${SECRET}=x`,
    })
    await send({
      method,
      url: filled(path),
      headers: { ...headers, 'content-type': 'application/json' },
      payload: `{${SECRET}`,
    })
    await send({ method, url: filled(path), headers: { ...headers, 'content-type': SECRET }, payload: SECRET })
  }
  for (const url of [
    `/${SECRET}`,
    `/log/${SECRET}`,
    `/assets/${SECRET}`,
    `/sign-in?to=/${SECRET}`,
    `/sign-in/done?code=${SECRET}&state=${SECRET}`,
    `/%${SECRET}`,
  ])
    await send({ url, headers })
  const all = lines.join('')
  for (const form of FORMS) assert(!all.includes(form), form)
  for (const name of ['Ada Holt', 'pc4321', '127.0.0.1']) assert(!all.includes(name), name)
  for (const line of lines)
    assert.match(String((JSON.parse(line) as { route?: string }).route ?? '/'), /^(?:none|\/[a-z0-9:/.*-]*)$/i)
  assert(lines.length >= sent)
})

test('of what fails only its code and its place are told, however its message is made', () => {
  const told = (error: unknown) => JSON.stringify(whatFailed(error))
  const error = Object.assign(
    new Error(`invalid input: ${SECRET}\n    at ${SECRET} (${SECRET})\n    at /${SECRET} of 4:1:1`),
    {
      code: '22P02',
      detail: SECRET,
    },
  )
  assert.equal(whatFailed(error).code, '22P02')
  assert.match(told(error), /src\/server\/request-log\.test\.ts:\d+/)
  for (const form of FORMS) assert(!told(error).includes(form), form)
  assert.deepEqual(whatFailed(undefined), { code: 'unknown', at: [] })
  assert.deepEqual(whatFailed(SECRET).at, [])
})
