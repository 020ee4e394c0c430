import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openCheckpoint } from '../checkpoint.ts'
import type { Log } from '../log/log.ts'
import { openLog } from '../log/open-log.ts'
import { testSigner } from '../signer.fixture.ts'
import { COSIGNATURE, ED25519, verifierOf } from '../vkey.ts'
import { WitnessClient } from './ask-witnesses.ts'
import { originHash, REQUEST_LIMIT } from './request.ts'
import { witnessServer } from './serve-witness.ts'
import { Witness } from './witness.ts'

const signer = testSigner('log.example/force')
const logKey = verifierOf(signer.name, ED25519, signer.publicKey)
const now = () => new Date('2026-11-22T09:00:00Z')

let ground: string
let servers: Server[]
let closing: { close(): Promise<unknown> }[]

beforeEach(() => {
  ground = mkdtempSync(join(tmpdir(), 'peel-witnesses-'))
  servers = []
  closing = []
})
afterEach(async () => {
  for (const one of closing) await one.close()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(ground, { recursive: true, force: true })
})

async function listen(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A witness that serves, and how it is reached. */
async function serve(name: string) {
  const witness = await Witness.open({ folder: join(ground, name), logs: [logKey], signer: testSigner(name), now })
  closing.push(witness)
  return { verifier: witness.verifier, url: await listen(witnessServer(witness)) }
}

/** What calls itself a witness and answers as it is told. */
async function impostor(name: string, answer: RequestListener) {
  const { publicKey } = testSigner(name)
  return { verifier: verifierOf(name, COSIGNATURE, publicKey), url: await listen(createServer(answer)) }
}

async function open(client: WitnessClient, name = 'log'): Promise<Log> {
  const log = await openLog({
    folder: join(ground, name),
    state: join(ground, `${name}-state`),
    signer,
    now,
    witnesses: client.ask,
    window: 1,
  })
  closing.push(log)
  return log
}

async function grow(log: Log, by: number, what = 'entry'): Promise<void> {
  const first = await log.appendMany(Array.from({ length: by }, (_, at) => Buffer.from(`${what} ${log.size + at}`)))
  await log.published(first + by - 1)
  await log.cosign()
}

describe('a log with witnesses', () => {
  it('gets a cosignature from each, again and again', async () => {
    const addresses = [await serve('witness.example/w1'), await serve('witness.example/w2')]
    const client = new WitnessClient(addresses, logKey)
    const log = await open(client)
    for (const by of [1, 2, 300]) {
      await grow(log, by)
      const opened = openCheckpoint(
        log.checkpoint(),
        [logKey],
        addresses.map(({ verifier }) => verifier),
      )
      assert.equal(opened.size, log.size)
      assert.equal(opened.witnesses.length, 2)
      for (const { time } of opened.witnesses) assert.equal(time, now().getTime() / 1000)
    }
    for (const { size, time, problem } of client.states())
      assert.deepEqual([size, time, problem], [303, now().getTime() / 1000, undefined])
  })

  it('is caught up by a witness that was told another size, after either was started again', async () => {
    const address = await serve('witness.example/w1')
    const log = await open(new WitnessClient([address], logKey))
    await grow(log, 5)
    await log.close()
    closing = closing.filter((one) => one !== log)
    const client = new WitnessClient([address], logKey)
    const again = await open(client)
    await grow(again, 5)
    assert.equal(openCheckpoint(again.checkpoint(), [logKey], [address.verifier]).witnesses.length, 1)
    assert.deepEqual(client.states()[0]?.size, 10)
  })

  it('goes on without those that are down, slow, or do not speak as they should', async () => {
    const good = await serve('witness.example/w1')
    const gone = await impostor('witness.example/gone', () => undefined)
    servers.at(-1)?.close()
    const bad = await Promise.all([
      impostor('witness.example/slow', () => undefined),
      impostor('witness.example/broken', (_, response) => void response.writeHead(500).end()),
      impostor('witness.example/html', (_, response) => void response.end('<html>')),
      impostor('witness.example/huge', (_, response) => void response.end('x'.repeat(200_000))),
      impostor('witness.example/away', (_, response) => void response.writeHead(302, { location: '/' }).end()),
      impostor('witness.example/odd', (_, response) => void response.writeHead(409).end('many\n')),
      impostor('witness.example/ahead', (_, response) => void response.writeHead(409).end('99\n')),
      impostor('witness.example/never', (_, response) => void response.writeHead(409).end('0\n')),
      impostor('witness.example/no', (_, response) => void response.writeHead(422).end()),
    ])
    const client = new WitnessClient([gone, ...bad, good], logKey, 200)
    const log = await open(client)
    await grow(log, 3)
    const all = [gone, ...bad, good].map(({ verifier }) => verifier)
    assert.deepEqual(
      openCheckpoint(log.checkpoint(), [logKey], all).witnesses.map(({ name }) => name),
      ['witness.example/w1'],
    )
    assert.deepEqual(
      client.states().map(({ problem }) => problem),
      [
        'unreachable',
        'unreachable',
        'refused',
        'unreadable',
        'unreachable',
        'unreachable',
        'unreadable',
        'conflict',
        'refused',
        'conflict',
        undefined,
      ],
    )
    assert.equal(log.failure, undefined, 'the word of a witness alone does not stop a log')
  })

  it('takes no signature that is not by the witness that it asked', async () => {
    const good = await serve('witness.example/w1')
    const other = { verifier: verifierOf('witness.example/w2', COSIGNATURE, testSigner('w2').publicKey), url: good.url }
    const log = await open(new WitnessClient([other], logKey))
    await grow(log, 1)
    assert.equal(openCheckpoint(log.checkpoint(), [logKey], [good.verifier, other.verifier]).witnesses.length, 0)
  })

  it('stops for good where a witness shows that it was larger, or another', async () => {
    const address = await serve('witness.example/w1')
    const client = new WitnessClient([address], logKey)
    await grow(await open(client, 'first'), 20)
    // The same key in another folder: a log that was set back.
    const asked = () => new WitnessClient([address], logKey)
    await assert.rejects(open(asked(), 'second'), { code: 'LOG_ROLLED_BACK' })
    // The same key, more entries, and other ones.
    const third = await open(new WitnessClient([], logKey), 'third')
    await grow(third, 40, 'other')
    await third.close()
    closing = closing.filter((one) => one !== third)
    await assert.rejects(open(asked(), 'third'), { code: 'LOG_ROLLED_BACK' })
  })

  it('stops while it runs, where a witness has seen another that runs beside it', async () => {
    const address = await serve('witness.example/w1')
    const one = await open(new WitnessClient([address], logKey), 'one')
    const two = await open(new WitnessClient([address], logKey), 'two')
    await grow(one, 20)
    await grow(two, 5).catch(() => undefined)
    assert.equal((two.failure as { code?: string } | undefined)?.code, 'LOG_ROLLED_BACK')
    await assert.rejects(two.append(Buffer.from('one more')), { code: 'LOG_ROLLED_BACK' })
    await grow(one, 1)
  })
})

describe('the server of a witness', () => {
  it('answers other ways and methods by saying so, and takes nothing that is too large', async () => {
    const { url } = await serve('witness.example/w1')
    const status = async (path: string, init?: RequestInit) => (await fetch(url + path, init)).status
    assert.equal(await status('/'), 404)
    assert.equal(await status('/add-checkpoint'), 405)
    assert.equal(await status('/../../etc/passwd'), 404)
    assert.equal(await status(`/${originHash(signer.name)}/checkpoint`), 404)
    assert.equal(await status(`/${originHash(signer.name)}/checkpoint`, { method: 'POST' }), 405)
    assert.equal(await status('/add-checkpoint', { method: 'POST', body: 'x' }), 400)
    const large = await status('/add-checkpoint', { method: 'POST', body: 'x'.repeat(REQUEST_LIMIT + 1) })
    assert.equal(large, 413)
    assert.equal(await status('/add-checkpoint?x=1', { method: 'POST', body: 'old 0\n\n' }), 400)
  })
})
