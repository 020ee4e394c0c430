import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  consistencyProof,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  openCheckpoint,
  openLog,
  originHash,
  readVkey,
  signatureLine,
  treeRoot,
  type Verifier,
  WitnessClient,
} from '../../src/tlog/index.ts'
import { TestTree } from '../../src/tlog/tree.fixture.ts'
import { folderFor, goVerifier, hasTools, logKey, signer } from './ground.ts'

// The witness as another body runs it: the program itself, killed and starved.

const PEEL = resolve(import.meta.dirname, '../../src/bin/peel.ts')
const tree = new TestTree(400)
const LIMIT = { timeout: 120_000 }

interface Running {
  readonly url: string
  readonly verifier: Verifier
  readonly process: ChildProcess
}

/** Starts `peel witness`, if wanted below another program; undefined where it ends before it listens. */
async function start(t: TestContext, ground: string, below: readonly string[] = []): Promise<Running | undefined> {
  const key = join(ground, 'witness.pem')
  const options = ['--key', key, '--name', 'witness.example/w1', '--origin-key', logKey.vkey]
  const words = [...below, process.execPath, PEEL, 'witness', ...options]
  const [program = '', ...rest] = [...words, '--data', join(ground, 'memory'), '--port', '0', '--json']
  // One thread for files, so that strace, which counts by thread, counts all.
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' }
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'ignore'], detached: true, env })
  t.after(() => signal(child, 'SIGKILL'))
  let said = ''
  for await (const part of child.stdout.setEncoding('utf8') as AsyncIterable<string>)
    if ((said += part).includes('\n')) break
  if (!said.includes('\n')) return undefined
  const { url, vkey } = JSON.parse(said) as { url: string; vkey: string }
  return { url, verifier: readVkey(vkey), process: child }
}

function makeKey(ground: string): void {
  const made = spawnSync(process.execPath, [PEEL, 'keygen', '--out', join(ground, 'witness.pem')])
  assert.equal(made.status, 0, String(made.stderr))
}

/** Sends one checkpoint; gives the status, or undefined where nobody answers any more. */
async function add(url: string, oldSize: number, size: number): Promise<number | undefined> {
  const text = formatCheckpoint({ origin: signer.name, size, root: await treeRoot(tree, size) })
  const checkpoint = formatNote(text, [signatureLine(text, signer)])
  const body = formatAddCheckpoint({ oldSize, proof: await consistencyProof(tree, oldSize, size), checkpoint })
  const response = await fetch(`${url}add-checkpoint`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(5000),
  }).catch(() => undefined)
  return response?.status
}

/** The size that the witness remembers; 0 where it has seen nothing. */
async function remembered({ url, verifier }: Running): Promise<number> {
  const response = await fetch(`${url}${originHash(signer.name)}/checkpoint`)
  if (response.status === 404) return 0
  const opened = openCheckpoint(await response.text(), [logKey], [verifier])
  assert.equal(opened.witnesses.length, 1)
  return opened.size
}

/** Tells the program, and what it runs below, to end, and waits until it has. */
async function end({ process: child }: Running, name: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  signal(child, name)
  await gone
}

/** To the whole group: strace passes nothing on. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

test('Go opens what a witness cosigned, in a log that it watched while it grew', LIMIT, async (t) => {
  if (!hasTools(t, 'go')) return
  const ground = folderFor(t)
  makeKey(ground)
  const witness = await start(t, ground)
  assert(witness)
  const folder = join(ground, 'log')
  const witnesses = new WitnessClient([witness], logKey).ask
  const log = await openLog({
    folder,
    state: join(ground, 'state'),
    signer,
    now: () => new Date(0),
    witnesses,
    window: 1,
  })
  for (let at = 0; at < 20; at++) {
    await log.appendMany(Array.from({ length: 1 + at * 3 }, (_, one) => Buffer.from(`${at} ${one}`)))
    await log.published(log.size - 1)
    await log.cosign()
  }
  await log.close()
  const go = goVerifier(ground, [logKey, witness.verifier])
  assert.deepEqual(go('log', folder).ok, true)
  assert.equal(await remembered(witness), log.size)
  await end(witness)
})

test('a witness that is killed remembers everything that it cosigned', LIMIT, async (t) => {
  const ground = folderFor(t)
  makeKey(ground)
  let acknowledged = 0
  let sent = 0
  for (const after of [40, 5, 90, 20, 60]) {
    const witness = await start(t, ground)
    assert(witness)
    const size = await remembered(witness)
    assert(size >= acknowledged && size <= sent, `${acknowledged} ${size} ${sent}`)
    acknowledged = sent = size
    void pause(after).then(() => signal(witness.process, 'SIGKILL'))
    while (sent < 400) {
      sent = acknowledged + 1
      if ((await add(witness.url, acknowledged, sent)) !== 200) break
      acknowledged = sent
    }
    await end(witness, 'SIGKILL')
  }
  assert(acknowledged > 0)
})

test('a witness whose disk fails or that dies at any step forgets nothing that it cosigned', LIMIT, async (t) => {
  if (!hasTools(t, 'strace')) return
  const ground = folderFor(t)
  makeKey(ground)
  let acknowledged = 0
  let struck = 0
  const inject = async (fault: string) => {
    const witness = await start(t, ground, ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `inject=${fault}`])
    let tried = acknowledged
    if (witness === undefined) struck++
    else {
      tried = acknowledged + 2
      for (let size = acknowledged + 1; size <= tried; size++) {
        const status = await add(witness.url, size - 1, size)
        if (status !== 200) {
          struck++
          // Once the disk has failed it signs nothing more, whatever is asked.
          if (status !== undefined) assert.equal(await add(witness.url, size - 1, size), 503, fault)
          break
        }
        acknowledged = size
      }
      await end(witness)
    }
    const again = await start(t, ground)
    assert(again, fault)
    const size = await remembered(again)
    assert(size >= acknowledged && size <= tried, `${fault}: ${acknowledged} ${size} ${tried}`)
    acknowledged = size
    assert.equal(await add(again.url, size, size + 1), 200, fault)
    acknowledged = size + 1
    await end(again)
  }
  for (const step of [1, 2, 3, 4, 5]) {
    await inject(`fsync:error=EIO:when=${step}`)
    await inject(`fsync:signal=KILL:when=${step}`)
  }
  for (const step of [1, 2]) {
    await inject(`rename:error=ENOSPC:when=${step}`)
    await inject(`rename:signal=KILL:when=${step}`)
  }
  assert.equal(struck, 14, 'every fault struck')
})
