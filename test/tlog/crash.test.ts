import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { logFolder, openLog, policyOf, verifyLog } from '../../src/tlog/index.ts'
import { folderFor, goVerifier, hasTools, logKey, type Ran, signer } from './ground.ts'

const WRITER = join(import.meta.dirname, 'writer.ts')

/** What a log must never go back on: entries that were accepted, and checkpoints that somebody may have kept. */
class Ledger {
  readonly #ground: string
  readonly #accepted = new Map<number, string>()
  readonly #kept = new Map<string, string>()
  #published = 0

  constructor(ground: string) {
    this.#ground = ground
  }

  get folders(): [folder: string, state: string] {
    return [join(this.#ground, 'log'), join(this.#ground, 'state')]
  }

  get size(): number {
    return this.#accepted.size
  }

  /** Takes down what a writer said before it ended; a line that is not whole was not said. Gives its error, if it had one. */
  hear(said: string): string | undefined {
    let error: string | undefined
    for (const line of said.split('\n').slice(0, -1)) {
      const [word, number = '', entry = ''] = line.split(' ')
      if (word === 'accepted') {
        assert.equal(this.#accepted.get(Number(number)) ?? entry, entry, `two entries were accepted as ${number}`)
        this.#accepted.set(Number(number), entry)
      } else if (word === 'published') this.#published = Math.max(this.#published, Number(number))
      else if (word === 'error') error = number
    }
    const head = join(this.folders[0], 'checkpoint')
    if (existsSync(head)) {
      // As a witness would keep it, out of reach of who writes the log.
      const path = join(this.#ground, `kept-${this.#kept.size}`)
      writeFileSync(path, readFileSync(head))
      this.#kept.set(path, readFileSync(head, 'utf8'))
    }
    return error
  }

  /** Opens the log as it was left, and holds it to all that was ever said. */
  async hold(go?: (...args: readonly string[]) => Ran): Promise<void> {
    const [folder, state] = this.folders
    const log = await openLog({ folder, state, signer, now: () => new Date(0), grace: 0 })
    try {
      assert.ok(log.size >= this.#published)
      const entries = new Map<number, string>()
      for await (const { index, entry } of log.entriesFrom(0)) entries.set(index, entry.toString())
      for (const [index, entry] of this.#accepted)
        assert.equal(entries.get(index), entry, `entry ${index} was accepted`)
    } finally {
      await log.close()
    }
    const { checks } = await verifyLog({
      ...logFolder(folder),
      policy: policyOf([logKey]),
      known: [...this.#kept.values()],
    })
    assert.deepEqual(
      checks.filter(({ result }) => result === 'failed'),
      [],
    )
    const verdict = go?.('log', folder, ...this.#kept.keys())
    assert.ok(verdict === undefined || verdict.ok, (verdict?.lines ?? []).join('\n'))
  }
}

test('a log whose process is killed at any moment has every accepted entry, and one history', async (t) => {
  if (!hasTools(t, 'go')) return
  const ground = folderFor(t)
  const go = goVerifier(ground, [logKey])
  const ledger = new Ledger(ground)
  // Moments without a pattern, the same in every run.
  let random = 11
  for (let run = 0; run < 25; run++) {
    random = (random * 48_271) % 2_147_483_647
    ledger.hear(await killedAfter(ledger, `run${run}`, random % 120))
    if (run % 5 === 4) await ledger.hold(go)
  }
  assert.ok(ledger.size > 100)
})

/** Runs a writer, and kills it so many milliseconds after it has opened the log, or while it opens it. */
async function killedAfter(ledger: Ledger, name: string, delay: number): Promise<string> {
  const writer = spawn(process.execPath, [WRITER, ...ledger.folders, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const ended = new Promise<void>((resolve) => writer.on('close', () => resolve()))
  const opened = new Promise<void>((resolve) => {
    writer.stdout.setEncoding('utf8')
    writer.stdout.on('data', (text: string) => {
      said += text
      resolve()
    })
  })
  await Promise.race([delay % 6 === 0 ? pause(60 + delay) : opened, ended])
  await pause(delay)
  writer.kill('SIGKILL')
  await ended
  return said
}

for (const [call, error] of [
  ['fsync', 'EIO'],
  ['fdatasync', 'EIO'],
  ['rename', 'ENOSPC'],
  ['write', 'ENOSPC'],
  ['write', 'EIO'],
  ['mkdir', 'ENOSPC'],
  ['openat', 'ENOSPC'],
] as const)
  test(`a log that gets ${error} from ${call}, now or later, stops and loses nothing`, async (t) => {
    if (!hasTools(t, 'strace')) return
    const ledger = new Ledger(folderFor(t))
    assert.equal(ledger.hear(faulty(t, ledger, 'first', '', 100)), undefined)
    let stopped = 0
    for (const when of [1, 2, 4, 7, 12, 20]) {
      const said = faulty(t, ledger, `when${when}`, `${call}:error=${error}:when=${when}+`, 100)
      const found = ledger.hear(said)
      if (found !== undefined) stopped++
      assert.match(found ?? 'LOG_DISK', /^(LOG_DISK|E[A-Z]+)$/)
      await ledger.hold()
    }
    assert.ok(stopped > 0, 'no fault was ever met')
  })

for (const [call, most] of [
  ['fsync', 18],
  ['rename', 14],
  ['fdatasync', 3],
] as const)
  test(`a log whose process is killed at any ${call} loses nothing`, async (t) => {
    if (!hasTools(t, 'strace')) return
    const ledger = new Ledger(folderFor(t))
    for (let when = 1; when <= most; when++) {
      ledger.hear(faulty(t, ledger, `when${when}`, `${call}:signal=SIGKILL:when=${when}`, 40))
      if (when % 3 === 0) await ledger.hold()
    }
    await ledger.hold()
  })

/** Runs a writer under strace; faults of calls that Node makes itself are put only where the log's own files are concerned. */
function faulty(t: TestContext, ledger: Ledger, name: string, inject: string, count: number): string {
  const [folder, state] = ledger.folders
  const command = [process.execPath, WRITER, folder, state, name, String(count)]
  const ours = /^(write|openat):/.test(inject) ? filesToCome(folder, state).flatMap((path) => ['-P', path]) : []
  const strace = ['strace', '-f', '-qq', '-o', '/dev/null', ...ours, '-e', `inject=${inject}`]
  const [program = '', ...args] = inject === '' ? command : [...strace, ...command]
  const ran = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 })
  t.diagnostic(`${inject} ${ran.stdout.split('\n').at(-2) ?? ''} ${ran.stderr.trim()}`)
  return ran.stdout
}

/** What a writer will write next, by name. */
function filesToCome(folder: string, state: string): string[] {
  const size = readdirSync(join(folder, 'archive')).reduce(
    (most, each) => Math.max(most, Number(each.split('.')[1])),
    0,
  )
  const unfinished = Array.from({ length: 60 }, (_, at) => [
    join(folder, '.unfinished', String(at)),
    join(state, '.unfinished', String(at)),
  ])
  return [...unfinished.flat(), join(state, `wal-${String(size).padStart(16, '0')}`)]
}

test('a log on a full disk goes on reading, and has lost nothing when there is room again', async (t) => {
  const ground = folderFor(t)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', ground]).status !== 0)
    return t.skip('this machine does not let us mount a small disk')
  try {
    const options = {
      folder: join(ground, 'log'),
      state: join(ground, 'state'),
      signer,
      now: () => new Date(0),
      window: 1,
    }
    const log = await openLog(options)
    const accepted: Buffer[] = []
    const fill = async () => {
      for (;;) {
        const entry = Buffer.alloc(1000, accepted.length)
        assert.equal(await log.append(entry), accepted.length)
        accepted.push(entry)
      }
    }
    await assert.rejects(fill, { code: 'LOG_DISK' })
    await assert.rejects(log.append(Buffer.from('more')), { code: 'LOG_DISK' })
    await assert.rejects(log.published(accepted.length), { code: 'LOG_DISK' })
    for (const [index, entry] of accepted.entries()) assert.deepEqual(await log.entry(index), entry)
    await log.close()
    assert.equal(spawnSync('mount', ['-o', 'remount,size=64m', ground]).status, 0)
    const again = await openLog(options)
    for (const [index, entry] of accepted.entries()) assert.deepEqual(await again.entry(index), entry)
    await again.published(await again.append(Buffer.from('there is room')))
    await again.close()
    const { checks } = await verifyLog({ ...logFolder(options.folder), policy: policyOf([logKey]) })
    assert.deepEqual(
      checks.filter(({ result }) => result === 'failed'),
      [],
    )
  } finally {
    spawnSync('umount', [ground])
  }
})
