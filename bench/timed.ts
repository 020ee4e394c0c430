import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Cost } from './shape.ts'

const PEEL = join(import.meta.dirname, '..', 'bin', 'peel.mjs')

/** A command and its words. */
export type Command = readonly [program: string, ...words: string[]]

/** `peel` as a user starts it. */
export function peel(...words: string[]): Command {
  return [PEEL, ...words]
}

/** What a command that must succeed writes to stdout. */
export function output(command: Command, env: Record<string, string> = {}): string {
  const [program, ...words] = command
  const run = spawnSync(program, words, { encoding: 'utf8', env: environment(env), maxBuffer: 1 << 30 })
  if (run.status !== 0) throw failed(command, run.status, run.stderr)
  return run.stdout
}

/** Runs a command once under GNU time; its output goes to /dev/null, as a file would be a cost of its own. */
export function once(command: Command): Cost {
  const folder = mkdtempSync(join(tmpdir(), 'peel-bench-'))
  try {
    const report = join(folder, 'time')
    const started = performance.now()
    const run = spawnSync('/usr/bin/time', ['-v', '-o', report, ...command], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      env: environment(),
    })
    const wall = (performance.now() - started) / 1000
    if (run.error) throw new Error('/usr/bin/time is needed: install the Debian package `time`', { cause: run.error })
    if (run.status !== 0) throw failed(command, run.status, run.stderr)
    const text = readFileSync(report, 'utf8')
    const field = (name: string) => Number(new RegExp(`${name}[^:]*: (\\S+)`).exec(text)?.[1])
    return {
      wall,
      cpu: field('User time') + field('System time'),
      peak: field('Maximum resident set size') * 1024,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Runs each of several things `runs` times, in turns, so that whatever else the machine does falls on all of them alike.
 * Returns the medians. Each is told the number of its run.
 */
export function medians<Name extends string>(
  runs: number,
  things: Record<Name, (run: number) => Cost>,
): Record<Name, Cost> {
  const names = Object.keys(things) as Name[]
  const costs = new Map<Name, Cost[]>(names.map((name) => [name, []]))
  for (let run = 0; run < runs; run++) for (const name of names) costs.get(name)?.push(things[name](run))
  return Object.fromEntries(names.map((name) => [name, medianCost(costs.get(name) ?? [])])) as Record<Name, Cost>
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The value that `part` (0 to 1) of all are at most; of none, not a number. */
export function quantile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? Number.NaN
}

function medianCost(costs: readonly Cost[]): Cost {
  return {
    wall: median(costs.map(({ wall }) => wall)),
    cpu: median(costs.map(({ cpu }) => cpu)),
    // Memory is not spread around a middle: what was once needed may be needed again.
    peak: Math.max(...costs.map(({ peak }) => peak)),
  }
}

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // The Node that runs this runs `peel` too.
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    NO_COLOR: '1',
    TZ: 'UTC',
    ...more,
  }
}

function failed(command: Command, status: number | null, stderr: string | null): Error {
  return new Error(`${command.slice(0, 3).join(' ')} … ended with ${status}\n${stderr ?? ''}`)
}
