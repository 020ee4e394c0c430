import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A worker that a service started for itself. */
export interface OwnWorker {
  stop(): Promise<void>
}

const ENTRY = fileURLToPath(new URL('../bin/peel.ts', import.meta.url))
/** Milliseconds before a worker that ended by itself is started again. */
const REST = 2_000

/** Starts a worker in a process of its own, and starts it again where it ends by itself: what it had under way is taken up from the queue. */
export function ownWorker(
  environment: Readonly<Record<string, string>>,
  ended: (code: number | null) => void,
): OwnWorker {
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let stopping = false
  const start = () => {
    child = spawn(process.execPath, [...process.execArgv, ENTRY, 'work'], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.on('exit', (code) => {
      child = undefined
      if (stopping) return
      ended(code)
      timer = setTimeout(start, REST)
    })
  }
  start()
  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      if (child === undefined) return
      const gone = new Promise((resolve) => child?.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}
