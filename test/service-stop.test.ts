import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { freePort } from '../src/server/free-port.fixture.ts'
import { addressOfRunning } from '../src/store/index.ts'

// The programs themselves: started, told to end in the middle of something, copied while they run.

const PEEL = resolve(import.meta.dirname, '../bin/peel.mjs')
const SECRET = 'Zx9-marked-07700900461'

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  said(): string
}

function run(t: TestContext, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [PEEL, ...args], {
    env: { PATH: process.env['PATH'] ?? '', PEEL_COMMIT: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  t.after(async () => {
    if (child.exitCode === null) child.kill('SIGKILL')
    await ended
  })
  return { child, ended, said: () => said }
}

async function until(that: () => boolean, { said }: Running): Promise<void> {
  for (let tries = 0; !that(); tries++) {
    assert(tries < 3000, `it did not come so far: ${said()}`)
    await pause(20)
  }
}

/** A service with an identity provider that is never asked: no story, nothing in it. */
async function serve(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), 'peel-process-'))
  const port = await freePort()
  const env = {
    PEEL_DATA: data,
    PORT: String(port),
    PEEL_LOG: 'on',
    OIDC_ISSUER: 'https://idp.example',
    TMPDIR: tmpdir(),
  }
  const service = run(t, ['serve'], env)
  t.after(async () => {
    service.child.kill('SIGTERM')
    await service.ended
    rmSync(data, { recursive: true, force: true })
  })
  await until(() => service.said().includes(' is at http'), service)
  return { data, port, env, service }
}

test('a service that is told to end answers the request under way, takes no other, and ends by itself', async (t) => {
  const { port, service } = await serve(t)
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  const body = `csrf=${SECRET}`
  socket.write(
    `POST /sign-out?${SECRET}=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Marked: ${SECRET}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 3)}`,
  )
  await pause(200)
  service.child.kill('SIGTERM')
  await pause(500)
  assert.equal(service.child.exitCode, null, 'it waits for the request')
  socket.write(body.slice(3))
  assert.equal(await service.ended, 0, service.said())
  assert.match(answer, /^HTTP\/1\.1 302 /)
  const lines = service
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  assert(
    lines.some((line) => (JSON.parse(line) as { route?: string }).route === '/sign-out'),
    service.said(),
  )
  assert(!service.said().includes(SECRET))
})

test('a worker that is told to end does, and says nothing of what it was about', async (t) => {
  const { data, env, service } = await serve(t)
  const address = addressOfRunning({ folder: join(data, 'postgres') })
  const worker = run(t, ['work'], { ...env, DATABASE_URL: address })
  await until(() => worker.said().includes('waiting for work'), worker)
  worker.child.kill('SIGTERM')
  assert.equal(await worker.ended, 0, worker.said())
  service.child.kill('SIGTERM')
  assert.equal(await service.ended, 0, service.said())
})

test('C24: peel backup copies the service that runs, and peel restore puts it back into nothing', async (t) => {
  const { data, env, service } = await serve(t)
  const out = join(data, '..', `${data.split('/').at(-1)}-backup`)
  const again = `${out}-again`
  t.after(() => {
    for (const folder of [out, again]) rmSync(folder, { recursive: true, force: true })
  })
  const identity = await generateX25519Identity()
  const peel = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    spawnSync(process.execPath, [PEEL, ...args], {
      env: { PATH: process.env['PATH'] ?? '', PEEL_COMMIT: 'test', ...env, ...more },
      encoding: 'utf8',
    })
  const recipient = await identityToRecipient(identity)
  const made = peel(['backup', '--out', out, '--recipient', recipient, '--json'])
  assert.equal(made.status, 0, made.stderr)
  assert.equal(peel(['backup', '--out', out, '--recipient', recipient]).status, 2)
  service.child.kill('SIGTERM')
  assert.equal(await service.ended, 0, service.said())
  const late = peel(['backup', '--out', `${out}-late`, '--recipient', recipient])
  assert.equal(late.status, 1)
  assert.match(late.stderr, /the database is not running/)
  assert.match(readFileSync(join(out, 'backup.json'), 'utf8'), /"format":"peel-backup\/1"/)
  const { mkdirSync, writeFileSync } = await import('node:fs')
  mkdirSync(again, { mode: 0o700 })
  const key = join(again, '..', `${again.split('/').at(-1)}.key`)
  writeFileSync(key, `${identity}\n`)
  t.after(() => rmSync(key))
  const restored = peel(['restore', out, '--identity', key], { PEEL_DATA: again })
  assert.equal(restored.status, 0, restored.stderr)
  assert.deepEqual(readdirSync(again).sort(), ['extracts', 'keyring', 'log', 'log-state', 'postgres', 'restored.json'])
  // Without the epoch keys, which are in no backup, it does not start.
  const started = run(t, ['serve'], { ...env, PEEL_DATA: again })
  assert.notEqual(await started.ended, 0)
  assert.match(started.said(), /epoch key|keyring/)
})
