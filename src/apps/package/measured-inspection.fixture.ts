// Inspects one package and prints what it cost: run as a program of its own by tests, so that nothing else is measured.
import { readFileSync } from 'node:fs'
import { PackageError } from './errors.ts'
import { inspectPackage } from './inspect-package.ts'

export interface Measured {
  /** the code of the refusal; absent where it was read */
  readonly code?: string
  /** processor time of all threads from the call to the answer, milliseconds */
  readonly cpu: number
  /** the most memory that the program ever had, bytes */
  readonly peak: number
}

if (process.argv[1] === import.meta.filename) {
  const [, , path = '', trackers] = process.argv
  const before = process.cpuUsage()
  let code: string | undefined
  try {
    await inspectPackage(path, trackers === undefined ? {} : { trackers: readFileSync(trackers, 'utf8') })
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    code = error.code
  }
  const { user, system } = process.cpuUsage(before)
  const measured: Measured = {
    code,
    cpu: (user + system) / 1000,
    peak: peak(),
  }
  process.stdout.write(JSON.stringify(measured))
}

/** What getrusage tells begins with what the parent had when it started us; the system's own note does not. */
function peak(): number {
  const [, kib] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kib) * 1024
}
