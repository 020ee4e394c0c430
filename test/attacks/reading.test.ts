// Whoever follows a link, or is made to, changes nothing: pages are read, and what reading leaves behind is what the table of routes says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ROUTES } from '../../src/server/routes.ts'
import { addressOf, ground, letIn, somewhere } from './ground.ts'

const made = ground()
/** Who is there and until when, which every page moves on, and what is read of an extract that is open. */
const MOVES_ON = new Set(['sign_ins', 'statements', 'openings', 'searches'])

async function tables(): Promise<Map<string, string>> {
  const { pool } = made.service.ops.store
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  )
  const digests = new Map<string, string>()
  for (const { name } of rows)
    if (!MOVES_ON.has(name)) {
      const digest = await pool.query(
        `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS d FROM "${name}" t`,
      )
      digests.set(name, digest.rows[0].d)
    }
  return digests
}

test('reading any page, as anybody, changes no row, and logs only what its line of the table says', async () => {
  const { service, subjects } = made
  const { db } = service.ops.store
  const people = [
    'pc4321',
    'insp77',
    'ext510',
    'exh600',
    'rev200',
    'dis210',
    'csl900',
    'rec300',
    'dpo400',
    'adm500',
    'log502',
    'aud503',
  ]
  await letIn(made, ...people)
  const before = await tables()
  let shown = 0
  for (const id of people) {
    const visitor = await service.as(id)
    for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
      const { id: last = 0 } =
        (await db.selectFrom('statements').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()) ?? {}
      const wait = new AbortController()
      const url = addressOf(route, subjects)
      const asked = service.app.inject({ url, headers: { cookie: visitor.cookie }, remoteAddress: somewhere() })
      // What goes on and on, such as progress, is left.
      const answer = await Promise.race([asked, pause(3000, undefined, { signal: wait.signal }).catch(() => undefined)])
      wait.abort()
      if (answer?.statusCode === 200) shown++
      const logged = await db.selectFrom('statements').select('kind').where('id', '>', Number(last)).execute()
      for (const { kind } of logged)
        assert(
          ([403, 404].includes(answer?.statusCode ?? 0) && kind === 'access.refused') ||
            (route.logs as readonly string[]).includes(kind),
          `${route.path} as ${id} (${answer?.statusCode}) logged ${kind}`,
        )
    }
  }
  assert(shown > 50, `${shown} pages were shown`)
  assert.deepEqual(await tables(), before)
})

test('no act is done by a verb that the table does not have for it', async () => {
  const { service, subjects } = made
  const visitor = await service.as('pc4321')
  const before = await tables()
  const gets = new Set(ROUTES.filter(({ method }) => method === 'GET').map(({ path }) => path))
  for (const route of ROUTES.filter(({ method }) => method !== 'GET')) {
    const url = addressOf(route, subjects)
    const headers = { cookie: visitor.cookie, 'x-csrf': visitor.csrf, 'x-http-method-override': 'POST' }
    for (const method of ['GET', 'HEAD', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
      if (['GET', 'HEAD'].includes(method) && gets.has(route.path)) continue
      const answer = await service.app.inject({
        method,
        url: `${url}?_method=POST`,
        headers,
        remoteAddress: somewhere(),
      })
      // Another page's address may fit too: it sends on, and does nothing.
      assert([404, 303].includes(answer.statusCode), `${method} ${route.path}: ${answer.statusCode}`)
    }
  }
  assert.deepEqual(await tables(), before)
})
