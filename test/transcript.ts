import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

// A transcript is what somebody would see who typed these commands: `$ ` begins a command, what follows is what it prints; `! ` a
// line on stderr; `[4]` its exit code, where it is not 0; `# ` a remark. `…` alone stands for any number of lines, and words in
// pointed brackets for what is different every time.

const ROOT = resolve(import.meta.dirname, '..')

export interface Step {
  readonly line: number
  readonly command: string
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly exit: number
}

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number | null
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  hex: '[0-9a-f]{16,64}',
  key: '[A-Za-z0-9+/]{43}=',
  age: 'age1[0-9a-z]{58}',
  instant: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})?Z',
  seconds: '\\d+\\.\\d+',
  n: ' *[\\d,]+',
  path: '\\S+',
  any: '.*',
}

/** Reads a transcript. */
export function readTranscript(text: string): Step[] {
  const steps: (Step & { stdout: string[]; stderr: string[] })[] = []
  for (const [at, line] of text.replace(/\n$/, '').split('\n').entries()) {
    const last = steps.at(-1)
    const exit = /^\[(\d+)\]$/.exec(line)?.[1]
    if (line.startsWith('$ ')) steps.push({ line: at + 1, command: line.slice(2), stdout: [], stderr: [], exit: 0 })
    else if (line.startsWith('# ')) continue
    else if (last === undefined) assert.equal(line, '', `line ${at + 1}: nothing was typed yet`)
    else if (exit !== undefined) steps[steps.length - 1] = { ...last, exit: Number(exit) }
    else if (line.startsWith('! ')) last.stderr.push(line.slice(2))
    else last.stdout.push(line)
  }
  // Transcripts are easier to read with a blank line before each command.
  for (const { stdout } of steps) while (stdout.at(-1) === '') stdout.pop()
  return steps
}

/** A folder in which commands are typed, with `peel` and `npx peel` within reach; removed by `close`. */
export class Shell {
  readonly folder: string
  readonly #home: string
  readonly #env: Record<string, string>

  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#home = mkdtempSync(join(tmpdir(), 'peel-shell-'))
    this.folder = join(this.#home, 'here')
    const bin = join(this.#home, 'bin')
    for (const dir of [this.folder, bin, join(this.#home, 'tmp')]) mkdirSync(dir)
    const node = JSON.stringify(process.execPath)
    this.#command(bin, 'peel', `exec ${node} ${JSON.stringify(join(ROOT, 'bin', 'peel.mjs'))} "$@"`)
    this.#command(bin, 'npx', 'exec "$@"')
    this.#env = {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: this.#home,
      TMPDIR: join(this.#home, 'tmp'),
      DOCS: join(ROOT, 'docs'),
      PEEL_COMMIT: 'test',
      PEEL_SAMPLE_ROUNDS: '1000',
      ...env,
    }
  }

  #command(bin: string, name: string, does: string): void {
    const path = join(bin, name)
    writeFileSync(path, `#!/bin/sh\n${does}\n`)
    chmodSync(path, 0o755)
  }

  run(command: string, env: Readonly<Record<string, string>> = {}): Ran {
    const { stdout, stderr, status } = spawnSync('sh', ['-c', command], {
      cwd: this.folder,
      env: { ...this.#env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
      timeout: 120_000,
    })
    return { stdout, stderr, exit: status }
  }

  close(): void {
    rmSync(this.#home, { recursive: true, force: true })
  }
}

/** Holds what was printed to what a transcript expects. */
export function assertPrinted(printed: string, expected: readonly string[], says: string): void {
  const pattern = expected.map((line) => (line === '…' ? '(?:.*\\n)*?' : `${lineLike(line)}\\n`)).join('')
  // So that a failure shows both, and not a pattern that nobody can read.
  if (!new RegExp(`^${pattern}$`).test(printed)) assert.equal(printed, `${expected.join('\n')}\n`, says)
}

function lineLike(line: string): string {
  return line
    .split(/(<[a-z]+>)/)
    .map((part) => PLACEHOLDERS[/^<([a-z]+)>$/.exec(part)?.[1] ?? ''] ?? part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('')
}
