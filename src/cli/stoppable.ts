import { constants } from 'node:os'
import type { Terminal } from './terminal.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** How long work may take to come to its end by itself once it was told to stop, in milliseconds. */
const PATIENCE = 2000

/**
 * Runs work that can be stopped by Ctrl-C and by the system. The abort signal's listeners put away what lies half done, at
 * once; then the process ends with 128 and the number of the signal, as shells expect.
 */
export async function stoppable<T>(terminal: Terminal, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let code: number | undefined
  const stop = (name: NodeJS.Signals) => {
    if (code !== undefined) return
    const ends = 128 + constants.signals[name]
    code = ends
    controller.abort()
    terminal.error(`stopped by ${name}`, 'nothing was left behind; run it again when you are ready')
    setTimeout(() => process.exit(ends), PATIENCE)
  }
  for (const name of SIGNALS) process.on(name, stop)
  try {
    return await work(controller.signal)
  } finally {
    if (code !== undefined) process.exit(code)
    for (const name of SIGNALS) process.off(name, stop)
  }
}
