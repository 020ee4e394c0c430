import assert from 'node:assert/strict'
import { hash, randomUUID } from 'node:crypto'
import test from 'node:test'
import { type Actor, allow, onlyLooks } from '../actions/index.ts'
import { openEvent } from '../events/index.ts'
import { PATHS, pathTo } from './paths.ts'
import { csrfToken, isCsrfToken, tokenDigest } from './sign-in/cookie.ts'
import { testService, type TestService } from './test-service.fixture.ts'

/** Which page of a thing, and who asks for it: somebody of another case, and somebody whose part it never is. */
const ASKED = [
  [PATHS.case, 'case', ['pc4322', 'rev200', 'adm500']],
  [PATHS.device, 'device', ['pc4322', 'adm500']],
  [PATHS.request, 'request', ['pc4322', 'rev200']],
  [PATHS.extraction, 'extraction', ['pc4322', 'exh600']],
  [PATHS.extractOpen, 'extraction', ['rev200', 'csl900']],
] as const

test('what is somebody else’s and what is not there are answered alike, and leave the same entry in the log', async (t) => {
  const service = await testService(t)
  const there = await somethingOfEach(service)
  for (const [path, name, people] of ASKED)
    for (const who of people) {
      const visitor = await service.as(who)
      const found = []
      for (const id of [there[name], randomUUID()]) {
        const before = await lastStatement(service)
        const { statusCode, body, headers } = await visitor.get(pathTo(path, { [name]: id }))
        found.push({
          statusCode,
          body: body.replaceAll(id, ''),
          headers: Object.keys(headers),
          logged: await loggedSince(service, before),
        })
      }
      assert.deepEqual(found[0], found[1], `${who} at ${path}`)
      assert(found[0]?.statusCode === 403 || found[0]?.statusCode === 404, `${who} at ${path}`)
      assert.equal(found[0].logged.length, 1, `${who} at ${path}`)
    }
})

test('what is not written as an id is not there, and is not worth an entry', async (t) => {
  const service = await testService(t)
  const visitor = await service.as('pc4322')
  const before = await lastStatement(service)
  assert.equal((await visitor.get('/cases/none')).statusCode, 404)
  assert.deepEqual(await loggedSince(service, before), [])
})

test('whoever holds a cookie is looked for by its digest: how long that takes says nothing of the cookie', async (t) => {
  const service = await testService(t)
  const visitor = await service.as('pc4321')
  const token = visitor.cookie.replace('peel=', '')
  const { rows } = await service.ops.store.pool.query('SELECT id FROM sign_ins')
  assert.deepEqual(rows, [{ id: tokenDigest(token) }])
  assert.notDeepEqual(tokenDigest(token), hash('sha256', token, 'buffer'), 'it is the digest of nothing else')
})

test('the token of a form is compared whole, whatever was given for it', () => {
  const secret = Buffer.alloc(32, 7)
  const right = csrfToken(secret, 'a')
  assert(isCsrfToken(secret, 'a', right))
  for (const given of [
    undefined,
    '',
    right.slice(1),
    `${right}A`,
    right.toLowerCase(),
    [right],
    csrfToken(secret, 'b'),
  ])
    assert(!isCsrfToken(secret, 'a', given))
})

/** A case of pc4321's with one of everything in it. */
async function somethingOfEach({ ops }: TestService) {
  const { pool } = ops.store
  const insert = async (sql: string, ...values: unknown[]) =>
    String((await pool.query(`${sql} RETURNING id`, values)).rows[0].id)
  const of = await insert(
    `INSERT INTO cases (reference, pseudonym, offence, retention_group, opened_at, opened_by)
     VALUES ('43/0001/26', 'AAAAAAAAAAAAAAAAAAAAAA', 'Fraud', '3', now(), 'pc4321')`,
  )
  const device = await insert(
    `INSERT INTO devices (case_id, exhibit, description, user_role, user_name, created_at)
     VALUES ($1, 'AH/1', 'a phone', 'victim', 'Mina Okoro', now())`,
    of,
  )
  const request = await insert(
    `INSERT INTO requests (case_id, device_id, reference, requested_by, created_at) VALUES ($1, $2, 'AH/1 1', 'pc4321', now())`,
    of,
    device,
  )
  const extraction = await insert(
    `INSERT INTO extractions (request_id, source, queued_by, queued_at) VALUES ($1, '{}', 'pc4321', now())`,
    request,
  )
  return { case: of, device, request, extraction }
}

async function lastStatement({ ops }: TestService): Promise<number> {
  const { rows } = await ops.store.pool.query('SELECT coalesce(max(id), 0) AS id FROM statements')
  return Number(rows[0].id)
}

async function loggedSince({ ops }: TestService, id: number) {
  const { rows } = await ops.store.pool.query('SELECT envelope, case_id FROM statements WHERE id > $1 ORDER BY id', [
    id,
  ])
  return rows.map(({ envelope, case_id }) => ({ details: openEvent(envelope, []).details, case_id }))
}

test('what a visit that only looks has found is its own: the next visit, and every act, asks anew', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { case: id } = await somethingOfEach(service)
  await ops.store.pool.query(`INSERT INTO case_members VALUES ($1, 'pc4322', 'investigator', now(), 'pc4321')`, [id])
  const allowed = async (actor: Actor) => (await allow(ops, actor, 'case.see', { of: 'case', id })).allowed
  const looks = await service.actor('pc4322')
  const acts = await service.actor('pc4322')
  onlyLooks(looks)
  assert.deepEqual([await allowed(looks), await allowed(acts)], [true, true])
  await ops.store.pool.query('DELETE FROM case_members')
  const next = await service.actor('pc4322')
  onlyLooks(next)
  assert.deepEqual([await allowed(looks), await allowed(acts), await allowed(next)], [true, false, false])
})
