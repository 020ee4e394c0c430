import type { Log, LogOptions } from './log.ts'
import { openLog } from './open-log.ts'

/** A log that can be opened again in the process that has it, once whatever stopped it is over. */
export interface LastingLog extends Log {
  /** Opens it again where it was stopped, as after a restart: no entry that was accepted is lost. Does nothing where it goes. Throws as `openLog`. */
  reopen(): Promise<void>
}

/** Opens a log as `openLog` does, for as long as its process lives. Throws as that. */
export async function openLastingLog(options: LogOptions): Promise<LastingLog> {
  let log = await openLog(options)
  return {
    origin: log.origin,
    get size() {
      return log.size
    },
    get failure() {
      return log.failure
    },
    append: (entry) => log.append(entry),
    appendMany: (entries) => log.appendMany(entries),
    checkpoint: () => log.checkpoint(),
    witnessed: () => log.witnessed(),
    published: (index) => log.published(index),
    entry: (index) => log.entry(index),
    entriesFrom: (index) => log.entriesFrom(index),
    proof: (index) => log.proof(index),
    cosign: () => log.cosign(),
    close: () => log.close(),
    async reopen() {
      if (log.failure === undefined) return
      await log.close()
      log = await openLog(options)
    },
  }
}
