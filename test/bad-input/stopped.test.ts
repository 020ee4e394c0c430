import assert from 'node:assert/strict'
import { type ChildProcess, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { randomFrom } from '../generated-scope.ts'
import { extract, identityFile, type Phone, phone, place, trustFile } from './ground.ts'
import { failsClearly, peel, saysNothingMore } from './peel.ts'

// What ends an extraction in the middle: a kill that nobody can catch, and signals that ask for it.

const MESSAGES = 4000
const MOMENTS = Number(process.env['PEEL_KILLS'] ?? (process.env['CI'] ? 20 : 8))

/** Words that stand on the phone: long enough that no ciphertext holds one by chance. */
function wordsOf({ truth }: Phone): Buffer[] {
  const words = new Set<string>()
  for (const { body, thread } of truth.records) {
    for (const word of (body ?? '').match(/[\p{L}\p{N}]{9,}/gu) ?? []) words.add(word)
    if (thread && thread.length > 8) words.add(thread)
  }
  for (const word of truth.never) if (word.length > 8) words.add(word)
  return [...words].slice(0, 3000).map((word) => Buffer.from(word))
}

function bytesUnder(dir: string): Buffer {
  const pieces: Buffer[] = []
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    pieces.push(Buffer.from(`${entry.name}\n`))
    try {
      pieces.push(readFileSync(join(entry.parentPath, entry.name)))
    } catch {
      // Another program's, or gone since.
    }
  }
  return Buffer.concat(pieces)
}

function holdsNothingReadable(dir: string, words: readonly Buffer[]): void {
  const bytes = bytesUnder(dir)
  assert.ok(!bytes.includes('SQLite format 3'), 'a database lies in plaintext')
  for (const word of words) assert.ok(!bytes.includes(word), 'a word of the phone lies in plaintext')
}

/** Calls `act` so many milliseconds after the extraction has begun to write. */
function afterStart(out: string, milliseconds: number, act: (child: ChildProcess) => void) {
  return (child: ChildProcess) => {
    const look = setInterval(() => {
      if (child.exitCode !== null) clearInterval(look)
      if (!existsSync(`${out}.unfinished`)) return
      clearInterval(look)
      setTimeout(() => act(child), milliseconds)
    }, 1)
  }
}

test(`killed at ${MOMENTS} moments, an extraction leaves what everybody takes for unfinished, and nothing readable`, async () => {
  const made = await phone('ios-files', MESSAGES)
  const words = wordsOf(made)
  assert.ok(words.length > 100)
  const random = randomFrom(11)
  let unfinished = 0
  for (let moment = 0; moment < MOMENTS; moment++) {
    const out = place('out.peel')
    const wait = Math.floor((moment / MOMENTS) * 500 + random() * 50)
    const killed = await extract(made.phone, out, [], {
      meanwhile: afterStart(out, wait, (child) => child.kill('SIGKILL')),
    })
    if (killed.code === 0) {
      // It was quicker: then it is whole.
      const verified = await peel(['verify', out, '--trust', trustFile, '--identity', identityFile])
      assert.equal(verified.code, 0, verified.stdout)
      continue
    }
    assert.equal(killed.signal, 'SIGKILL')
    if (existsSync(out)) continue
    unfinished++
    const left = `${out}.unfinished`
    assert.ok(existsSync(left))
    holdsNothingReadable(left, words)
    holdsNothingReadable('/dev/shm', words)
    saysNothingMore(killed, made.secrets)
    if (unfinished > 3) continue
    const verified = await peel(['verify', left, '--trust', trustFile])
    failsClearly(verified, 1, /a check failed/)
    assert.match(verified.stdout, /FAILED\s+finished\s+.*did not come to its end/)
    failsClearly(await peel(['list', left, '--identity', identityFile]), 1, /did not come to its end/)
    failsClearly(await peel(['search', left, 'hello', '--identity', identityFile]), 1, /did not come to its end/)
    const again = await extract(made.phone, out)
    failsClearly(again, 2, /an unfinished extraction lies beside the output/, made.secrets)
    assert.ok(again.stderr.includes(`remove ${basename(left)}`))
    rmSync(left, { recursive: true })
    assert.equal((await extract(made.phone, out)).code, 0)
  }
  assert.ok(unfinished >= 3, `only ${unfinished} were killed in the middle`)
})

test('what a kill leaves under a name that somebody gave it is still taken for unfinished', async () => {
  const made = await phone('ios-files', MESSAGES)
  const out = place('out.peel')
  await extract(made.phone, out, [], { meanwhile: afterStart(out, 150, (child) => child.kill('SIGKILL')) })
  const { renameSync } = await import('node:fs')
  const renamed = place('looks-finished.peel')
  renameSync(`${out}.unfinished`, renamed)
  const verified = await peel(['verify', renamed, '--trust', trustFile])
  failsClearly(verified, 1, /a check failed/)
  assert.match(verified.stdout, /FAILED\s+finished/)
})

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  test(`${signal} ends an extraction at once, says so, and leaves nothing`, async () => {
    const made = await phone('ios-files', MESSAGES)
    for (const wait of [0, 60, 180]) {
      const out = place('out.peel')
      const ran = await extract(made.phone, out, [], {
        meanwhile: afterStart(out, wait, (child) => child.kill(signal)),
      })
      if (ran.code === 0) continue
      failsClearly(ran, code, new RegExp(`stopped by ${signal}`), made.secrets)
      assert.ok(!existsSync(out) && !existsSync(`${out}.unfinished`), 'something was left behind')
    }
  })

const older = olderNode()
test('a signal to an older Node that only started ours reaches it, and nothing is left', {
  skip: !older && 'no older Node here',
}, async () => {
  const made = await phone('ios-files', MESSAGES)
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const out = place('out.peel')
    const ran = await extract(made.phone, out, [], {
      node: older,
      meanwhile: afterStart(out, 20, (child) => child.kill(signal)),
    })
    failsClearly(ran, code, new RegExp(`stopped by ${signal}`), made.secrets)
    assert.ok(!existsSync(out) && !existsSync(`${out}.unfinished`), 'something was left behind')
  }
})

function olderNode(): string | undefined {
  for (const node of ['/usr/local/bin/node', '/usr/bin/node']) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''
    const major = Number(/^v(\d+)/.exec(version)?.[1])
    if (major >= 20 && major < 26) return node
  }
  return undefined
}

test('a signal before anything is written ends it as well', async () => {
  const made = await phone('ios-files', MESSAGES)
  const out = place('out.peel')
  const ran = await extract(made.phone, out, [], {
    meanwhile: (child) => {
      setTimeout(() => child.kill('SIGINT'), 5)
    },
  })
  assert.ok(ran.code === 130 || ran.signal === 'SIGINT', `exit ${ran.code ?? ran.signal}`)
  assert.ok(!existsSync(out) && !existsSync(`${out}.unfinished`))
})
