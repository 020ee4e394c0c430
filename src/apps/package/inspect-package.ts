import { Worker } from 'node:worker_threads'
import { type PackageCode, PackageError } from './errors.ts'
import type { InspectedPackage } from './package.ts'

/** What the thread is told. */
export interface Question {
  readonly path: string
  /** the text of a list of trackers */
  readonly trackers?: string
}

export type Answer =
  | { readonly found: InspectedPackage }
  | { readonly refused: { readonly code: PackageCode; readonly message: string; readonly hint: string } }

export interface InspectOptions {
  /** the text of a list of trackers, as Exodus Privacy publishes it */
  readonly trackers?: string
  /** after how many milliseconds it is given up; 20 s by default. Bombs are refused by what they declare, long before */
  readonly timeLimit?: number
}

const TIME_LIMIT = 20_000
/** MiB of JavaScript's own memory; bytes of the package are limited where they are read. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 }

/**
 * Says what a package could do, from its file alone: nothing in it is run, and it is read in a thread of its own with a limit of
 * memory and time. Rejects with PackageError; NOT_FOUND and UNREADABLE where the file cannot be read, TOO_SLOW and TOO_LARGE
 * where the thread had to be ended.
 */
export async function inspectPackage(
  path: string,
  { trackers, timeLimit = TIME_LIMIT }: InspectOptions = {},
): Promise<InspectedPackage> {
  const question: Question = { path, trackers }
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const compileCache = process.env['NODE_COMPILE_CACHE']
  const thread = new Worker(new URL('./inspect-worker.ts', import.meta.url), {
    workerData: question,
    resourceLimits: MEMORY,
    env: compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache },
  })
  const clock = setTimeout(
    () => reject(ended('TOO_SLOW', `the package was not read within ${Math.round(timeLimit / 1000)} seconds`)),
    timeLimit,
  )
  thread.once('message', resolve)
  thread.once('error', (error) =>
    reject(
      (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? ended('TOO_LARGE', 'the package needs more memory than any app')
        : error,
    ),
  )
  try {
    const answer = await promise
    if ('found' in answer) return answer.found
    const { code, message, hint } = answer.refused
    throw new PackageError(code, message, hint)
  } finally {
    clearTimeout(clock)
    await thread.terminate()
  }
}

function ended(code: PackageCode, message: string): PackageError {
  return new PackageError(code, message, 'look at it with another tool; if it came from a stranger, do not install it')
}
