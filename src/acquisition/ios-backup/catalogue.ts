import type { WrappedKey } from './key-bag.ts'

/** A backup's own list of its files, in whichever form its version writes it. */
export interface Catalogue {
  /** Calls for every regular file; links and folders are passed over. */
  list(visit: VisitFile): void
  /** What the list says of one file, looked up when the file is opened. Throws AcquisitionError where that is damaged. */
  facts(id: string): FileFacts
  close(): void
}

/** `id` names the blob: SHA-1 over domain and path, 40 lower-case hex digits. */
export type VisitFile = (id: string, domain: string, relativePath: string) => void

export interface FileFacts {
  /** bytes */
  readonly size?: number
  /** absent where the backup, or an empty file in it, is not encrypted */
  readonly key?: WrappedKey
}
