import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number
  readonly cpu: string
  /** bytes */
  readonly memory: number
  readonly system: string
  /** load averages of 1, 5 and 15 minutes before the first run: above 0.5 something else was running too */
  readonly load: readonly number[]
  readonly node: string
  /** the public tools, by name */
  readonly tools: Readonly<Record<string, string>>
}

/** Looks at the machine; call it before the first run. */
export function machine(): Machine {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memory: totalmem(),
    system: systemName(),
    load: loadavg().map((load) => Math.round(load * 100) / 100),
    node: process.version,
    tools: {
      sqlite3: version('sqlite3', '--version').split(' ')[0] ?? '',
      sha256sum: version('sha256sum', '--version').replace(/^sha256sum \(GNU coreutils\) /, 'coreutils '),
      openssl: version('openssl', 'version').replace(/ \(Library.*$/, ''),
    },
  }
}

function version(tool: string, option: string): string {
  const run = spawnSync(tool, [option], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`${tool} is needed to compare with: install the Debian package of that name`)
  return run.stdout.split('\n')[0] ?? ''
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform
  } catch {
    return process.platform
  }
}
