import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// The whole program, started as a user starts it, and what must hold of it whatever it was given.

const ROOT = join(import.meta.dirname, '..', '..')
const PEEL = join(ROOT, 'bin', 'peel.mjs')
const PEAK = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href
/** Beyond this a command counts as hung, in milliseconds. */
const HUNG = 20_000

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** the most memory that the process ever had, in bytes; 0 where it did not come to its end */
  readonly peak: number
}

export interface How {
  readonly env?: Record<string, string>
  /** runs as somebody who is not root */
  readonly uid?: number
  /** typed before the command, in a shell: `ulimit …` */
  readonly limit?: string
  /** another Node than the project's own */
  readonly node?: string
  /** called once the process runs */
  readonly meanwhile?: (child: ChildProcess) => void
}

/** Runs `peel` with these words, to its end. A run that hangs is killed and fails. */
export async function peel(
  args: readonly string[],
  { env, uid, limit, node = process.execPath, meanwhile }: How = {},
): Promise<Ran> {
  const place = mkdtempSync(join(tmpdir(), 'peel-run-'))
  const temporary = join(place, 'tmp')
  mkdirSync(temporary)
  const peakFile = join(place, 'peak')
  const line = [node, '--import', PEAK, PEEL, ...args]
  const [command, ...words] = limit === undefined ? line : ['bash', '-c', `${limit} && exec "$@"`, 'bash', ...line]
  const child = spawn(command as string, words, {
    cwd: place,
    uid,
    gid: uid,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: place,
      NO_COLOR: '1',
      TMPDIR: temporary,
      PEEL_DATA: join(place, 'data'),
      PEEL_COMMIT: 'test',
      PEEL_SAMPLE_ROUNDS: '1000',
      PEEL_PEAK: peakFile,
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
      ...env,
    },
  })
  try {
    const out = { stdout: '', stderr: '' }
    child.stdout.on('data', (piece: Buffer) => {
      out.stdout += piece.toString()
    })
    child.stderr.on('data', (piece: Buffer) => {
      out.stderr += piece.toString()
    })
    let hung = false
    const watch = setTimeout(() => {
      hung = true
      child.kill('SIGKILL')
    }, HUNG)
    meanwhile?.(child)
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (...how) => resolve(how))
    })
    clearTimeout(watch)
    assert.ok(!hung, `it hangs: peel ${args[0]}`)
    // Scratch files lose their names before anything is written: a kill in between leaves an empty one.
    const left = readdirSync(temporary).filter((name) => statSync(join(temporary, name)).size > 0)
    assert.deepEqual(left, [], 'something stays in the folder for temporary files')
    return { code, signal, ...out, peak: peakIn(peakFile) }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function peakIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

/** Holds a run to what any failure owes its user: the right exit code, what happened, what to do, and nothing of the phone. */
export function failsClearly(ran: Ran, exit: number, why: RegExp, secrets: readonly string[] = []): void {
  const shown = `exit ${ran.code ?? ran.signal}\n${ran.stderr}`
  assert.equal(ran.code, exit, shown)
  assert.match(ran.stderr, /^error: \S.*$/m, shown)
  assert.match(ran.stderr, /^hint: \S.*$/m, shown)
  assert.match(ran.stderr, why, shown)
  saysNothingMore(ran, secrets)
}

/** No stack trace, no warning of the runtime, and no word of a record on stderr. */
export function saysNothingMore({ stderr }: Ran, secrets: readonly string[] = []): void {
  assert.doesNotMatch(stderr, /^\s+at .*:\d+|node:internal|\w*Error:|Warning:|\bundefined\b|\[object/m, stderr)
  for (const secret of secrets) assert.ok(!stderr.includes(secret), 'stderr holds something of a record')
}
