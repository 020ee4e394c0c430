import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { LARGEST_CHUNK, type Result, runExtraction } from '../../../actions/index.ts'
import { makeSample } from '../../../sample/index.ts'
import { testService } from '../../test-service.fixture.ts'
import { aGranted, begun, type Granted } from './granted.fixture.ts'

const base = mkdtempSync(join(tmpdir(), 'peel-test-'))
const kiosk = join(base, 'kiosk')
mkdirSync(kiosk)
renameSync((await makeSample('ios-backup', join(base, 'ios'), { messages: 100 })).phone, join(kiosk, 'AH-1'))
const backup = (await makeSample('android-backup', join(base, 'android'), { messages: 100 })).phone
const service = await testService({ after } as unknown as TestContext, { kioskFolder: kiosk })
after(() => rmSync(base, { recursive: true, force: true }))
const { ops, app } = service

const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const
const officer = await service.as('ext510')
const investigator = await service.as('pc4321')

async function sealed(): Promise<Granted & { id: string }> {
  const granted = await aGranted(service)
  const id = await begun(ops, granted, backup)
  assert.equal(await runExtraction(ops, id, RUN), 'over')
  return { ...granted, id }
}

async function codeFrom(id: string): Promise<string> {
  const given = await officer.post(`/extractions/${id}/receipt`, { manner: 'paper' })
  assert.equal(given.statusCode, 200, given.body)
  const code = /([0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(given.body)?.[0]
  assert(code !== undefined)
  return code
}

test('a grant waits on the start page of whoever extracts, is started at the kiosk, and its receipt waits when it is done', async () => {
  const { requestId } = await aGranted(service, { serial: 'PEELSAMPLE01' })
  assert.match((await officer.get('/')).body, new RegExp(`/requests/${requestId}/extraction`))
  const start = await officer.get(`/requests/${requestId}/extraction`)
  assert.equal(start.statusCode, 200)
  assert.match(start.body, /value="kiosk:AH-1"/)
  assert.match(start.body, /\+44 ?7700 ?900123|07700 ?900123/)
  const unsure = await officer.post(`/requests/${requestId}/extraction`)
  assert.equal(unsure.statusCode, 422)
  assert.match(unsure.body, /There is a problem/)
  const begins = await officer.post(`/requests/${requestId}/extraction`, { from: 'kiosk:AH-1' })
  assert.equal(begins.statusCode, 303)
  const address = String(begins.headers['location'])
  assert.match((await officer.get(address)).body, /Waiting to start/)
  const id = address.split('/').at(-1) ?? ''
  assert.deepEqual((await officer.get(`${address}/progress`)).json(), {
    state: 'queued',
    file: 0,
    files: 0,
    taken: 0,
    stopping: false,
  })
  await runExtraction(ops, id, RUN)
  const result = await officer.get(address)
  assert.match(result.body, /records taken/)
  assert.match(result.body, /Left: outside the dates/)
  assert.match((await officer.get('/')).body, new RegExp(`/extractions/${id}/receipt`))
  const list = (await investigator.get('/extractions')).body
  assert.match(list, new RegExp(`/extractions/${id}"`))
})

test('a result says no more than its checks did: what was not compared is not called within the authorisation, what failed not passed', async () => {
  const { id } = await sealed()
  const { db } = ops.store
  const { result } = await db.selectFrom('extractions').select('result').where('id', '=', id).executeTakeFirstOrThrow()
  const before = (result as unknown as Result).checks
  const page = async (scope: string) => {
    const checks = before.map((one) => (one.name === 'scope' ? { ...one, result: scope } : one))
    await db
      .updateTable('extractions')
      .set({ result: JSON.stringify({ ...result, checks }) })
      .where('id', '=', id)
      .execute()
    return (await officer.get(`/extractions/${id}`)).body
  }
  const passed = await page('passed')
  assert.match(passed, /Taken outside what was authorised: <strong>0<\/strong>/)
  assert.match(passed, /Check after sealing[^]{0,120}Passed/)
  const unmade = await page('not_checked')
  assert.doesNotMatch(unmade, /Taken outside what was authorised: <strong>0/)
  assert.match(unmade, /What was checked passed; 1 check was not made/)
  const failed = await page('failed')
  assert.match(failed, /Records were taken that the authorisation does not cover/)
  assert.match(failed, /1 check failed: do not rely on this extract/)
  assert.match(failed, /Each record is within what was authorised: failed/)
  assert.doesNotMatch(failed, /What was checked passed|Taken outside what was authorised/)
})

test('B23: somebody stops a waiting extraction on its page', async () => {
  const granted = await aGranted(service)
  const id = await begun(ops, granted, backup)
  assert.equal((await investigator.post(`/extractions/${id}/stop`)).statusCode, 303)
  const { body } = await officer.get(`/extractions/${id}`)
  assert.match(body, /Stopped/)
  assert.match(body, /Nothing of it is left/)
  assert.equal((await officer.post(`/extractions/${id}/stop`)).statusCode, 409)
})

test('who is not in the case finds no extraction, and nobody starts what is not theirs to start', async () => {
  const granted = await aGranted(service)
  const id = await begun(ops, granted, backup)
  const other = await service.as('pc4322')
  for (const path of ['', '/progress', '/receipt'])
    assert.equal((await other.get(`/extractions/${id}${path}`)).statusCode, 404)
  assert.equal((await other.post(`/extractions/${id}/stop`)).statusCode, 404)
  assert.equal((await investigator.get(`/requests/${granted.requestId}/extraction`)).statusCode, 403)
  assert.doesNotMatch((await other.get('/extractions')).body, new RegExp(id))
})

test('a file is handed in by parts over the web, and only with the token of the page', async () => {
  const { requestId } = await aGranted(service)
  const bytes = readFileSync(backup)
  const begin = await officer.post('/extractions/uploads', { request: requestId, bytes: String(bytes.length) })
  assert.equal(begin.statusCode, 200, begin.body)
  const { address } = begin.json() as { address: string }
  const send = (offset: string, payload: Buffer, headers: Record<string, string> = { 'x-csrf': officer.csrf }) =>
    app.inject({
      method: 'PUT',
      url: `${address}?offset=${offset}`,
      headers: { cookie: officer.cookie, 'content-type': 'application/octet-stream', ...headers },
      payload,
    })
  assert.equal((await send('0', bytes, {})).statusCode, 403)
  assert.equal((await send('0', bytes, { 'x-csrf': 'wrong' })).statusCode, 403)
  for (const offset of ['', '-1', '1e3', '0x0', '1048576', 'NaN'])
    assert.equal((await send(offset, bytes)).statusCode, 400, offset)
  assert.equal((await send('0', Buffer.alloc(LARGEST_CHUNK + 1))).statusCode, 413)
  assert.equal((await send('0', Buffer.alloc(0))).statusCode, 400)
  for (let offset = 0; offset < bytes.length; offset += LARGEST_CHUNK)
    assert.equal((await send(String(offset), bytes.subarray(offset, offset + LARGEST_CHUNK))).statusCode, 200)
  assert.deepEqual((await officer.get(address)).json(), { bytes: bytes.length, received: bytes.length })
  assert.equal(
    (await app.inject({ method: 'HEAD', url: address, headers: { cookie: officer.cookie } })).statusCode,
    200,
  )
  assert.equal((await investigator.get(address)).statusCode, 404)
  assert.match((await officer.get(`/requests/${requestId}/extraction`)).body, /The file that was handed in/)
  assert.equal((await officer.post(`${address}/take-back`)).statusCode, 303)
  assert.equal((await officer.get(address)).statusCode, 404)
})

test('a part that is cut off on its way leaves what was there, and the rest can still come', async () => {
  const { requestId } = await aGranted(service)
  const MIB = 1 << 20
  const begin = await officer.post('/extractions/uploads', { request: requestId, bytes: String(2 * MIB) })
  const { address } = begin.json() as { address: string }
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const head = [
    `PUT ${address}?offset=0 HTTP/1.1`,
    'host: 127.0.0.1',
    `cookie: ${officer.cookie}`,
    `x-csrf: ${officer.csrf}`,
    'content-type: application/octet-stream',
    `content-length: ${2 * MIB}`,
  ]
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      socket.write(Buffer.alloc(MIB), () => socket.destroy())
    })
    socket.once('close', () => resolve())
    socket.once('error', reject)
  })
  assert.deepEqual((await officer.get(address)).json(), { bytes: 2 * MIB, received: 0 })
  const whole = await app.inject({
    method: 'PUT',
    url: `${address}?offset=0`,
    headers: { cookie: officer.cookie, 'x-csrf': officer.csrf, 'content-type': 'application/octet-stream' },
    payload: Buffer.alloc(2 * MIB),
  })
  assert.equal(whole.statusCode, 200)
})

test('octets are taken nowhere else', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/my-phone',
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.alloc(200 << 10),
  })
  assert.equal(answer.statusCode, 413)
})

test('A4, C11: the receipt shows its code once; with it anybody reads what was taken in numbers, and no record', async () => {
  const { id } = await sealed()
  const code = await codeFrom(id)
  assert.doesNotMatch((await officer.get(`/extractions/${id}/receipt`)).body, new RegExp(code))
  for (const answer of [
    await app.inject(`/my-phone/${code}`),
    await app.inject(`/my-phone/${code.toLowerCase().replaceAll('-', '')}`),
    await app.inject({
      method: 'POST',
      url: '/my-phone',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `code=${code}`,
    }),
  ]) {
    assert.equal(answer.statusCode, 200)
    assert.match(answer.body, /Messages: \d/)
    assert.match(answer.body, /This is what the police want to find out:/)
    assert.match(answer.body, /Exit this page/)
    assert.doesNotMatch(answer.body, /checkpoint/)
    assert.match(answer.body, /The suspect arranged to meet the complainant on 7 March\./)
    assert.match(answer.body, /Withdraw my agreement/)
    assert.doesNotMatch(answer.body, /900123|Ryan|Hannah|\.db/)
  }
  const pdf = await officer.post(`/extractions/${id}/receipt.pdf`, { code })
  assert.equal(pdf.statusCode, 200)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  assert.equal((await officer.post(`/extractions/${id}/receipt.pdf`, { code: '0000-0000-0000-0000' })).statusCode, 404)
})

test('a wrong code, and what could never be one, are answered alike, and only so often a minute', async () => {
  const answers = new Set<string>()
  for (const code of ['0000-0000-0000-0000', 'x', '%00', "'; DROP TABLE extractions", '9'.repeat(150)]) {
    const { statusCode, body } = await app.inject({
      url: `/my-phone/${encodeURIComponent(code)}`,
      remoteAddress: '192.0.2.1',
    })
    assert.equal(statusCode, 404)
    answers.add(body)
  }
  assert.equal(answers.size, 1)
  const codes = []
  for (let i = 0; i < 25; i++)
    codes.push((await app.inject({ url: '/my-phone/0000-0000-0000-0000', remoteAddress: '192.0.2.2' })).statusCode)
  assert(codes.includes(429))
})

test('B23: the device user withdraws with the code, gets the letter, and the page says so', async () => {
  const { id, requestId } = await sealed()
  const code = await codeFrom(id)
  const post = (payload: string) =>
    app.inject({
      method: 'POST',
      url: `/my-phone/${code}/withdraw`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      remoteAddress: '192.0.2.3',
      payload,
    })
  assert.equal((await post('')).statusCode, 422)
  const done = await post('sure=yes')
  assert.equal(done.statusCode, 200, done.body)
  assert.match(done.body, /Your agreement is withdrawn/)
  const row = await ops.store.db
    .selectFrom('withdrawals')
    .select(['stage', 'channel', 'taken_by'])
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  assert.deepEqual(row, { stage: 'after', channel: 'page', taken_by: null })
  assert.match(
    (await app.inject({ url: `/my-phone/${code}`, remoteAddress: '192.0.2.3' })).body,
    /You withdrew your agreement/,
  )
})
