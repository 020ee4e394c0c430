import { constants } from 'node:os'
import type { Terminal } from './terminal.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs work that can be stopped by Ctrl-C and by the system. The abort signal's listeners put away what lies half done, at
 * once; then the process ends with 128 and the number of the signal, as shells expect.
 */
export async function stoppable<T>(terminal: Terminal, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = (name: NodeJS.Signals) => {
    controller.abort()
    terminal.error(`stopped by ${name}`, 'nothing was left behind; run it again when you are ready')
    process.exit(128 + constants.signals[name])
  }
  for (const name of SIGNALS) process.on(name, stop)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of SIGNALS) process.off(name, stop)
  }
}
