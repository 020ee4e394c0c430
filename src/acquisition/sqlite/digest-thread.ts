import { Worker } from 'node:worker_threads'
import { AcquisitionError } from '../errors.ts'

/** What a file was when it was read to its end. */
interface Digest {
  readonly bytes: number
  /** lower-case hex */
  readonly sha256: string
}

/**
 * Digests a plain file in a thread of its own, so that asking a large database need not wait for it. Rejects with
 * AcquisitionError UNREADABLE where the file cannot be read to its end.
 */
export function digestBeside(localPath: string): Promise<Digest> {
  const compileCache = process.env['NODE_COMPILE_CACHE']
  const { promise, resolve, reject } = Promise.withResolvers<Digest>()
  const thread = new Worker(new URL('./digest-worker.ts', import.meta.url), {
    workerData: { path: localPath },
    env: compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache },
  })
  thread.once('message', resolve)
  thread.once('error', (cause) =>
    reject(
      new AcquisitionError(
        'UNREADABLE',
        'a database could not be read to its end',
        'was it changed while it was read?',
        {
          cause,
        },
      ),
    ),
  )
  // Whoever gives up in between does not ask any more, and that is no error of its own.
  promise.catch(() => {})
  return promise
}
