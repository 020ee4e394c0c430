// What is handed in comes in parts that anybody could send: too much, too slowly, in the wrong place, for somebody else, or not to the end.
import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { beginUpload, LARGEST_CHUNK, uploadState } from '../../src/actions/index.ts'
import { aGranted } from '../../src/server/pages/extraction/granted.fixture.ts'
import { PATHS, pathTo } from '../../src/server/paths.ts'
import { testService, type TestService, type Visitor } from '../../src/server/test-service.fixture.ts'

const PIECE = 1 << 20
const NOBODYS = '00000000-0000-4000-8000-000000000000'

async function handingIn(t: TestContext, bytes: number) {
  const service = await testService(t)
  const granted = await aGranted(service)
  const upload = await beginUpload(service.ops, granted.officer, { requestId: granted.requestId, bytes })
  const visitor = await service.as('ext510')
  const come = async () => (await uploadState(service.ops, granted.officer, upload)).received
  return { service, upload, visitor, come, address: pathTo(PATHS.upload, { upload }) }
}

const put = ({ app }: TestService, { cookie, csrf }: Visitor, url: string, payload: Buffer, more = {}) =>
  app.inject({
    method: 'PUT',
    url,
    headers: { cookie, 'x-csrf': csrf, 'content-type': 'application/octet-stream', ...more },
    payload,
  })

function onDisk({ ops }: TestService): number {
  return readdirSync(ops.uploadsFolder)
    .map((name) => statSync(join(ops.uploadsFolder, name)).size)
    .reduce((sum, size) => sum + size, 0)
}

test('nothing is written of a part that is too large, out of place, beyond the end, or of odd length', async (t) => {
  const { service, visitor, come, address } = await handingIn(t, LARGEST_CHUNK * 3)
  const before = onDisk(service)
  for (const [query, bytes] of [
    ['?offset=0', LARGEST_CHUNK + 1],
    ['?offset=0', LARGEST_CHUNK * 4],
    ['?offset=0', 0],
    ['?offset=0', 17],
    ['?offset=1', LARGEST_CHUNK],
    ['?offset=-1', LARGEST_CHUNK],
    ['?offset=1e3', LARGEST_CHUNK],
    ['?offset=9007199254740993', LARGEST_CHUNK],
    ['?offset=9999999999999999', LARGEST_CHUNK],
    [`?offset=${LARGEST_CHUNK}`, LARGEST_CHUNK],
    [`?offset=${LARGEST_CHUNK * 3}`, LARGEST_CHUNK],
    ['?offset=0&offset=0', LARGEST_CHUNK],
    ['', LARGEST_CHUNK],
  ] as const) {
    const answer = await put(service, visitor, address + query, Buffer.alloc(bytes))
    assert(answer.statusCode >= 400 && answer.statusCode < 500, `${query} ${bytes}: ${answer.statusCode}`)
    assert.equal(await come(), 0, query)
  }
  assert.equal(onDisk(service), before)
})

test('somebody else’s upload is not there, whether its number is known or not', async (t) => {
  const { service, come, address } = await handingIn(t, PIECE)
  for (const who of ['pc4321', 'insp77', 'adm500', 'exh600', 'dpo400']) {
    const visitor = await service.as(who)
    const known = await put(service, visitor, `${address}?offset=0`, Buffer.alloc(PIECE))
    const none = await put(
      service,
      visitor,
      `${pathTo(PATHS.upload, { upload: NOBODYS })}?offset=0`,
      Buffer.alloc(PIECE),
    )
    assert.equal(known.statusCode, 404)
    assert.equal(known.body, none.body)
    assert.equal((await visitor.get(address)).statusCode, 404)
    await visitor.post(`${address}/take-back`)
  }
  assert.equal(await come(), 0)
})

test('two parts for one place at once are written one after the other, and the source is what one of them said', async (t) => {
  const { service, visitor, come, address } = await handingIn(t, LARGEST_CHUNK * 2)
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => put(service, visitor, `${address}?offset=0`, Buffer.alloc(LARGEST_CHUNK, n))),
  )
  assert(answers.every(({ statusCode }) => statusCode < 500))
  assert(answers.some(({ statusCode }) => statusCode === 200))
  assert.equal(await come(), LARGEST_CHUNK)
})

test('a part that is cut off, or drips, takes up nothing that others need, and is not acknowledged', async (t) => {
  const { service, visitor, come, address } = await handingIn(t, LARGEST_CHUNK)
  await service.app.listen({ host: '127.0.0.1', port: 0 })
  const at = service.app.server.address()
  const port = typeof at === 'object' && at !== null ? at.port : 0
  const head = `PUT ${address}?offset=0 HTTP/1.1\r\nhost: x\r\ncookie: ${visitor.cookie}\r\nx-csrf: ${visitor.csrf}\r\ncontent-type: application/octet-stream\r\ncontent-length: ${PIECE * 8}\r\n\r\n`
  const sockets = Array.from({ length: 60 }, () => connect(port, '127.0.0.1'))
  for (const socket of sockets) {
    socket.on('error', () => {})
    socket.write(head)
    socket.write(Buffer.alloc(1000))
  }
  await pause(300)
  for (const socket of sockets.slice(0, 30)) socket.destroy()
  for (const socket of sockets.slice(30)) socket.write('x')
  // More of them hang than the database has connections: pages are answered all the same.
  for (const path of ['/cases', '/', '/ready']) assert.equal((await visitor.get(path)).statusCode, 200)
  assert.equal(await come(), 0)
  assert.equal((await put(service, visitor, `${address}?offset=0`, Buffer.alloc(LARGEST_CHUNK))).statusCode, 200)
  assert.equal(await come(), LARGEST_CHUNK)
  for (const socket of sockets) socket.destroy()
  // Whoever drips is left after a minute.
  assert(service.app.server.requestTimeout > 0 && service.app.server.requestTimeout <= 60_000)
})
