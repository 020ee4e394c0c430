import type { Digest } from '../merkle.ts'
import type { Signer } from '../vkey.ts'

/** What the witnesses are asked to cosign (c2sp.org/tlog-witness). */
export interface WitnessRequest {
  readonly origin: string
  /** the checkpoint, signed by the log */
  readonly checkpoint: string
  readonly size: number
  readonly root: Digest
  /** the last size that came back with a cosignature since the log was opened; 0 if none */
  readonly oldSize: number
  /** from `oldSize` to `size` */
  readonly proof: readonly Digest[]
  /** the same from another size, for a witness that remembers one (409) */
  prove(oldSize: number): Promise<Digest[]>
}

/**
 * Asks the witnesses; gives the cosignature lines that came back and fit, each with its newline. The log waits for nothing that depends on
 * it: whatever this throws means that there are none, except TlogError `LOG_ROLLED_BACK` (a witness has seen a larger log), which stops
 * the log for good.
 */
export type Witnesses = (request: WitnessRequest) => Promise<readonly string[]>

export interface LogOptions {
  /** what is served: checkpoint, tile, archive */
  readonly folder: string
  /** what is not: entries on their way, the last signed checkpoint, the lock */
  readonly state: string
  /** its name is the origin of the log */
  readonly signer: Signer
  readonly now: () => Date
  readonly witnesses?: Witnesses
  /** from the acceptance of an entry to the beginning of its publication, ms; at most 100 */
  readonly window?: number
  /** for how long a partial tile stays after the full one is there, ms */
  readonly grace?: number
}

/** A log that is open for writing. */
export interface Log {
  readonly origin: string
  /** entries accepted so far */
  readonly size: number
  /** why the log signs nothing any more; reading goes on */
  readonly failure: Error | undefined
  /**
   * Accepts an entry of at most 1,024 bytes; resolves with its index once it cannot be lost. Rejects with TlogError `ENTRY_TOO_LARGE`,
   * `LOG_DISK` and whatever else stopped the log, or `LOG_CLOSED`; the entry may then be in the log all the same.
   */
  append(entry: Uint8Array): Promise<number>
  /** The same for several that follow each other; resolves with the index of the first. All are accepted or none. */
  appendMany(entries: readonly Uint8Array[]): Promise<number>
  /** The checkpoint that was published last: a signed note, with cosignatures if there are any yet. */
  checkpoint(): string
  /** The last checkpoint that came back from a witness, if any did since the log was opened. */
  witnessed(): string | undefined
  /** Resolves with a published checkpoint that covers the entry. */
  published(index: number): Promise<string>
  /** An entry that was accepted. Throws TlogError `OUT_OF_RANGE`. */
  entry(index: number): Promise<Buffer>
  /** Every entry from an index on that was accepted before this is called. */
  entriesFrom(index: number): AsyncGenerator<{ readonly index: number; readonly entry: Buffer }>
  /** A proof that the entry is in the log as published, with the entry as `extra` (c2sp.org/tlog-proof). */
  proof(index: number): Promise<string>
  /** Asks the witnesses once more about the checkpoint as it stands; to be called at least hourly. */
  cosign(): Promise<void>
  /** Publishes what was accepted and gives the lock back. */
  close(): Promise<void>
}

/** The longest entry, bytes: a leaf names things by digests and has no room for anything else. */
export const OWN_ENTRY_LIMIT = 1024
