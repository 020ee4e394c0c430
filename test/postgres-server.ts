import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

/** The folder of the newest PostgreSQL server that Debian's packages put on this machine; undefined where there is none. */
function binaries(): string | undefined {
  const version = (path: string) => Number(/postgresql\/(\d+)/.exec(path)?.[1])
  return globSync('/usr/lib/postgresql/*/bin/postgres')
    .sort((a, b) => version(b) - version(a))
    .map(dirname)[0]
}

/**
 * A PostgreSQL server that somebody else built, over an empty cluster of its own on a Unix socket, gone after the test. Gives its address, or
 * undefined after skipping the test (failing it under PEEL_REQUIRE_TOOLS) where this machine has no such server.
 */
export async function postgresServer(t: TestContext): Promise<string | undefined> {
  const bin = binaries()
  if (bin === undefined) {
    if (process.env['PEEL_REQUIRE_TOOLS']) throw new Error('no PostgreSQL server is installed')
    t.skip('no PostgreSQL server is installed')
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'peel-pg-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'data')
  const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C' }
  // It refuses to run as root. In a user namespace of its own root is nobody in particular.
  const asUser = (name: string, ...words: string[]): [string, string[]] =>
    process.getuid?.() === 0 ? ['unshare', ['--user', '--', join(bin, name), ...words]] : [join(bin, name), words]
  const init = asUser('initdb', '-D', data, '--username=peel', '--auth=trust', '--encoding=UTF8', '--no-locale', '-N')
  execFileSync(...init, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  // Nothing of it outlives the test, so nothing waits for the disk.
  const settings = ['listen_addresses=', 'max_connections=200', 'fsync=off', 'log_min_messages=fatal']
  const [program, words] = asUser('postgres', '-D', data, '-k', folder, ...settings.flatMap((one) => ['-c', one]))
  const server = spawn(program, words, { env, stdio: 'ignore' })
  t.after(() => end(server))
  const url = `postgresql://peel@localhost/postgres?host=${encodeURIComponent(folder)}`
  await untilReady(url)
  return url
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  await gone
}

async function untilReady(url: string): Promise<void> {
  const { Client } = (await import('pg')).default
  for (let tries = 0; ; tries++) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      await client.end().catch(() => {})
      if (tries === 300) throw error
      await pause(30)
    }
  }
}
