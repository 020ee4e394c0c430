import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openCheckpoint, type SignedCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import { diskFailed, DurableFolder } from '../log/disk.ts'
import { type Lock, takeLock } from '../log/lock.ts'
import type { Verifier } from '../vkey.ts'
import { originHash } from './request.ts'

/** What was cosigned last for each origin: one small file each, put there whole or not at all. */
export class Memory {
  readonly #folder: DurableFolder
  readonly #lock: Lock
  readonly #last = new Map<string, { readonly checkpoint: SignedCheckpoint; readonly note: string }>()

  private constructor(folder: DurableFolder, lock: Lock) {
    this.#folder = folder
    this.#lock = lock
  }

  /**
   * Opens the memory of a witness for these logs. Throws TlogError `LOG_LOCKED` where another witness has it open, `LOG_DAMAGED` where a
   * file is not signed by the log that it stands for: a witness that forgets is none, so it does not start. Throws `LOG_DISK`.
   */
  static async open(path: string, logs: readonly Verifier[]): Promise<Memory> {
    const folder = new DurableFolder(path)
    let lock: Lock | undefined
    try {
      await mkdir(path, { recursive: true, mode: 0o700 })
      // Before anything is put in order: it may be another's, who is at work.
      lock = takeLock(join(path, 'lock'))
      await folder.prepare()
      const memory = new Memory(folder, lock)
      for (const origin of new Set(logs.map(({ name }) => name))) {
        const note = (await folder.read(fileOf(origin)))?.toString()
        if (note !== undefined) memory.#last.set(origin, { checkpoint: read(note, origin, logs), note })
      }
      return memory
    } catch (error) {
      lock?.release()
      throw diskFailed(error)
    }
  }

  /** What was cosigned last for an origin. */
  last(origin: string): SignedCheckpoint | undefined {
    return this.#last.get(origin)?.checkpoint
  }

  /** The same as a signed note, by the hash of the origin. */
  note(hash: string): string | undefined {
    for (const [origin, { note }] of this.#last) if (originHash(origin) === hash) return note
    return undefined
  }

  /** Keeps a checkpoint for good, with the cosignature that is about to be given. Throws TlogError `LOG_DISK`. */
  async keep(checkpoint: SignedCheckpoint, note: string): Promise<void> {
    try {
      if (!this.#lock.isHeld())
        throw new TlogError(
          'LOG_LOCKED',
          'the lock of this memory was taken away',
          'stop the other witness, then start again',
        )
      await this.#folder.write(new Map([[fileOf(checkpoint.origin), note]]))
    } catch (error) {
      throw diskFailed(error)
    }
    this.#last.set(checkpoint.origin, { checkpoint, note })
  }

  close(): void {
    this.#lock.release()
  }
}

function fileOf(origin: string): string {
  return `${originHash(origin)}.checkpoint`
}

function read(note: string, origin: string, logs: readonly Verifier[]): SignedCheckpoint {
  try {
    const checkpoint = openCheckpoint(note, logs)
    if (checkpoint.origin === origin) return checkpoint
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
  }
  throw new TlogError(
    'LOG_DAMAGED',
    'the memory of this witness is not as it was written',
    'restore it from a copy that is no older; without it the witness could cosign a second history',
  )
}
