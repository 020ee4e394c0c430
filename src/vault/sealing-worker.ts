// A thread that reads and seals files: hashing and encrypting them is nearly all there is to taking them, and goes as well on
// several cores. Obeys `sealing-thread.ts` and nobody else; one file at a time.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { type SealedFacts, SealedFile } from './sealed-file.ts'

/** What the thread is told. */
export type SealingOrder =
  /** seals the first `size` bytes of a file of this machine */
  | { readonly seal: string; readonly size: number; readonly out: string; readonly fileKey: Uint8Array }
  /** seals the chunks that follow, until `end` */
  | { readonly begin: string; readonly fileKey: Uint8Array }
  | { readonly chunk: Uint8Array }
  | { readonly end: true }
  /** takes back what was begun */
  | { readonly drop: true }
  /** waits until the disk has everything */
  | { readonly settle: true }
  /** takes back what was begun, and goes */
  | { readonly leave: true }

/** What it answers: one answer for each order but `leave`, in their order. */
export type SealingAnswer =
  | { readonly done: true }
  | { readonly sealed: SealedFacts }
  /** `reading`: the source, not the container, is to blame */
  | { readonly failed: { readonly code: string; readonly message: string; readonly reading: boolean } }

// As the room that opens sources opens files: no link in the last place, no waiting, the time of last access left alone.
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const UNTOUCHED = READ_ONLY | (constants.O_NOATIME ?? 0)

class ReadingFailed extends Error {}

const port = parentPort
const { stopped } = workerData as { stopped: Int32Array }
const piece = Buffer.allocUnsafeSlow(1 << 20)
let file: SealedFile | undefined
/** the last file on its way to the disk, while the next one is sealed */
let syncing: Promise<void> = Promise.resolve()
let obeyed: Promise<void> = Promise.resolve()

port?.on('message', (order: SealingOrder) => {
  obeyed = answer(order, obeyed)
})

async function answer(order: SealingOrder, before: Promise<void>): Promise<void> {
  await before
  if ('leave' in order) {
    discard()
    await syncing.catch(() => {})
    port?.close()
  } else port?.postMessage(await obey(order).catch(failure))
}

async function obey(order: Exclude<SealingOrder, { leave: true }>): Promise<SealingAnswer> {
  if ('seal' in order) {
    file = new SealedFile(order.out, order.fileKey)
    readInto(file, order.seal, order.size)
    return finished(file)
  }
  if ('begin' in order) file = new SealedFile(order.begin, order.fileKey)
  else if ('chunk' in order) file?.update(order.chunk)
  else if ('end' in order && file) return finished(file)
  else if ('drop' in order) discard()
  else if ('settle' in order) await syncing
  return { done: true }
}

/** One file at a time goes to the disk: more would take the threads that read from it. */
async function finished(sealed: SealedFile): Promise<SealingAnswer> {
  const facts = sealed.finish()
  await syncing
  file = undefined
  syncing = sealed.sync()
  // Seen where it is awaited.
  syncing.catch(() => {})
  return { sealed: facts }
}

function readInto(sealed: SealedFile, path: string, size: number): void {
  const source = reading(() => openUntouched(path))
  try {
    if (!reading(() => fstatSync(source)).isFile()) throw new ReadingFailed('not a regular file')
    for (let left = size; left > 0; ) {
      const read = reading(() => readSync(source, piece, 0, Math.min(left, piece.length), null))
      if (read === 0) throw new ReadingFailed('a file ends before its size')
      sealed.update(piece.subarray(0, read))
      left -= read
      if (Atomics.load(stopped, 0) !== 0) throw new Error('it was stopped')
    }
  } finally {
    piece.fill(0)
    closeSync(source)
  }
}

function openUntouched(path: string): number {
  try {
    return openSync(path, UNTOUCHED)
  } catch {
    // Only a file's owner may leave its access time alone.
    return openSync(path, READ_ONLY)
  }
}

function reading<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new ReadingFailed('the source could not be read', { cause })
  }
}

function discard(): void {
  file?.discard()
  file = undefined
}

function failure(error: unknown): SealingAnswer {
  discard()
  const { code, message } = error as { code?: unknown; message?: unknown }
  return { failed: { code: String(code), message: String(message), reading: error instanceof ReadingFailed } }
}
