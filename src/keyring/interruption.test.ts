import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { EpochKeys } from './epoch-keys.ts'
import { createKeyring, type Keyring, openKeyring } from './keyring.ts'
import { newPlace, placeIn } from './place.fixture.ts'

const CHILD = fileURLToPath(new URL('./change-keyring.fixture.ts', import.meta.url))

/** A keyring with a key that must stay and one that is to go, and a copy of it, as a backup would have it. */
const start = newPlace()
test.after(start.remove)
const prepared = await createKeyring(start)
const kept = await prepared.createExtractKey('kept')
const going = await prepared.createExtractKey('going')
const before = await prepared.state()

let copies = 0
function freshCopy(): string {
  const base = join(start.base, `copy-${copies++}`)
  for (const part of ['keyring', 'epochs']) cpSync(join(start.base, part), join(base, part), { recursive: true })
  return base
}

/** Whatever happened: the old keyring or the new one, whole; and then the destruction can be brought to its end. */
async function assertOldOrNew(base: string, told: string): Promise<void> {
  const keyring = await openKeyring(placeIn(base))
  const state = await keyring.state()
  assert.equal(state.otherEpochs, 0, told)
  assert.equal(await keyring.recipientOf('kept'), kept, told)
  if (await keyring.has('going')) {
    assert.equal(state.epoch, before.epoch, told)
    assert.equal(await keyring.recipientOf('going'), going, told)
  } else assert.notEqual(state.epoch, before.epoch, told)
  await assertDestroyed(base, keyring, told)
}

async function assertDestroyed(base: string, keyring: Keyring, told: string): Promise<void> {
  const done = await keyring.destroyExtractKey('going')
  assert.equal(done.keyringDigestBefore, before.digest, told)
  assert.equal(done.keyringDigestAfter, (await keyring.state()).digest, told)
  assert(!(await keyring.has('going')), told)
  assert.equal(await keyring.recipientOf('kept'), kept, told)
  writeFileSync(join(base, 'keyring/keyring'), readFileSync(join(start.folder, 'keyring')))
  await assert.rejects(openKeyring(placeIn(base)), { code: 'OLDER' }, told)
  assert.equal(readdirSync(join(base, 'epochs')).length, 2, told)
}

const FAILED = new Error('the token does not answer')

/** Epoch keys of which one call, counted over all methods, fails: before it does anything, or after it did it. */
function failingAt(base: string, at: number, when: 'before' | 'after') {
  const { epochKeys } = placeIn(base)
  let calls = 0
  const handler: ProxyHandler<EpochKeys> = {
    get: (target, name: keyof EpochKeys) => {
      const method = target[name].bind(target) as (...values: unknown[]) => Promise<unknown>
      return async (...values: unknown[]) => {
        const isIt = calls++ === at
        if (isIt && when === 'before') throw FAILED
        const result = await method(...values)
        if (isIt) throw FAILED
        return result
      }
    },
  }
  return { epochKeys: new Proxy(epochKeys, handler), calls: () => calls }
}

for (const when of ['before', 'after'] as const)
  test(`a destruction whose epoch keys fail ${when} any one step leaves the old keyring or the new one`, async () => {
    const whole = freshCopy()
    const counting = failingAt(whole, -1, when)
    const undisturbed = await openKeyring({ ...placeIn(whole), epochKeys: counting.epochKeys })
    await undisturbed.destroyExtractKey('going')
    assert(counting.calls() > 12)
    for (let at = 0; at < counting.calls(); at++) {
      const base = freshCopy()
      const { epochKeys } = failingAt(base, at, when)
      const place = { ...placeIn(base), epochKeys }
      const outcome = await openKeyring(place)
        .then((keyring) => keyring.destroyExtractKey('going'))
        .then(
          () => 'done',
          (error: Error & { code?: string }) => error.code ?? error,
        )
      // What fails while nothing rests on it may pass unnoticed; a failed destruction of an epoch may not.
      assert(['done', 'EPOCH_REMAINS', FAILED].includes(outcome), String(outcome))
      await assertOldOrNew(base, `call ${at}, ${when}`)
    }
  })

test('a creation of a keyring that fails at any one step can be done again, and no half of one is taken for a whole', async () => {
  for (let at = 0, isDone = false; !isDone; at++) {
    const base = join(start.base, `new-${at}`)
    const { epochKeys } = failingAt(base, at, 'after')
    isDone = await createKeyring({ ...placeIn(base), epochKeys }).then(
      () => true,
      () => false,
    )
    const keyring = await openKeyring(placeIn(base)).catch(() => createKeyring(placeIn(base)))
    await keyring.createExtractKey('a')
    assert.equal((await keyring.state()).otherEpochs, 0)
  }
})

const hasStrace = spawnSync('strace', ['-V']).error === undefined

/** Runs a destruction in a process of its own and has the system do something at one of its calls. */
function runUnder(base: string, injection: string): { output: string; reached: boolean } {
  const traced = ['-f', '-qq', '-o', join(base, 'trace'), '-e', `trace=${injection.split(':')[0]}`]
  const child = spawnSync(
    'strace',
    [...traced, '-e', `inject=${injection}`, process.execPath, CHILD, base, 'destroy', 'going'],
    {
      encoding: 'utf8',
      // One thread for all work on files, so that its calls are counted in their order.
      env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    },
  )
  const trace = readFileSync(join(base, 'trace'), 'utf8')
  return { output: child.stdout, reached: /INJECTED|killed by SIGKILL/.test(trace) }
}

for (const [call, effect, most] of [
  ['fsync', 'signal=KILL', 40],
  ['rename', 'signal=KILL', 10],
  ['unlink', 'signal=KILL', 20],
  ['fsync', 'error=EIO', 40],
  ['rename', 'error=ENOSPC', 10],
] as const)
  test(`a destruction leaves the old keyring or the new one when its ${call} number 1, 2, 3 … meets ${effect}`, {
    skip: !hasStrace && 'strace is not installed',
  }, async () => {
    let reached = 0
    for (let at = 1; at <= most; at++) {
      const base = freshCopy()
      const run = runUnder(base, `${call}:${effect}:when=${at}`)
      if (!run.reached) break
      reached++
      if (run.output.includes('destroyed')) assert(!(await (await openKeyring(placeIn(base))).has('going')))
      await assertOldOrNew(base, `${call} ${at} ${effect}: ${run.output}`)
    }
    assert(reached >= 3 && reached < most, `${reached} times`)
  })

/** The same numbers at every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test('a process that is killed at any moment loses no key that it promised and brings back none that it destroyed', async () => {
  const base = freshCopy()
  const random = seeded(3)
  const created = new Map<string, string>()
  const destroyed = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const child = spawn(process.execPath, [CHILD, base, 'create-and-destroy', `r${round}`, '1000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, random() * 60))
    child.kill('SIGKILL')
    await once(child, 'close')
    const lines = output.split('\n').slice(0, -1)
    assert(lines.length > 0)
    for (const [what, id = '', recipient = ''] of lines.map((line) => line.split(' ')))
      if (what === 'created') created.set(id, recipient)
      else destroyed.add(id)
    const keyring = await openKeyring(placeIn(base))
    const extracts = new Set(await keyring.extractIds())
    for (const id of destroyed) assert(!extracts.has(id))
    // The last one may have been about to go.
    const promised = [...created.keys()].filter((id) => !destroyed.has(id))
    const missing = promised.filter((id) => !extracts.has(id))
    assert(missing.length <= 1, `${missing.length} are missing`)
    for (const id of missing) {
      await keyring.destroyExtractKey(id)
      destroyed.add(id)
    }
    for (const id of promised) if (!missing.includes(id)) assert.equal(await keyring.recipientOf(id), created.get(id))
  }
})

test('two processes change a keyring at once and a third reads: nothing is lost, nothing is refused', async () => {
  const base = freshCopy()
  const children = ['a', 'b'].map((name) => {
    const child = spawn(process.execPath, [CHILD, base, 'create-and-destroy', name, '12'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    return once(child, 'close').then(() => output)
  })
  const keyring = await openKeyring(placeIn(base))
  const over = Promise.all(children)
  const stillRunning = () =>
    Promise.race([over.then(() => false), new Promise((resolve) => setImmediate(resolve, true))])
  let reads = 0
  for (; await stillRunning(); reads++) assert.equal(await keyring.recipientOf('kept'), kept)
  const lines = (await over).join('').trim().split('\n')
  assert(reads > 0)
  assert.equal(lines.filter((line) => line.startsWith('created')).length, 24, lines.join('\n'))
  assert.equal(lines.filter((line) => line.startsWith('destroyed')).length, 12)
  assert.equal((await keyring.extractIds()).length, 2 + 12)
  assert.equal((await keyring.state()).otherEpochs, 0)
})

test('many changes at once in one process are made one after the other', async () => {
  const keyring = await openKeyring(placeIn(freshCopy()))
  const recipients = await Promise.all(Array.from({ length: 10 }, (_, at) => keyring.createExtractKey(`x${at}`)))
  for (const [at, recipient] of recipients.entries()) assert.equal(await keyring.recipientOf(`x${at}`), recipient)
})
