import type { Problem } from '../records/index.ts'

/** One file as the source lists it. Nothing has been read of it yet. */
export interface SourceFile {
  /** unique in the source; `/` as separator; no leading `/`, no `.` or `..` parts; backups: `<Domain>/<relative path>` */
  readonly path: string
  /** bytes, where the source says so without opening the file */
  readonly size?: number
}

/** What the source says of the device it came from, each only where a file meant for that says so. */
export interface Device {
  readonly name?: string
  readonly model?: string
  readonly os?: 'ios' | 'android'
  readonly os_version?: string
  readonly serial?: string
  readonly imei?: readonly string[]
}

/** A file that was opened, for the manifest. */
export interface OpenedFile {
  readonly path: string
  readonly bytes: number
  /** lower-case hex over all of the file's bytes as the source holds them after decryption and decompression */
  readonly sha256: string
}

export type SourceKind =
  | 'folder'
  | 'zip'
  | 'tar'
  | 'ios-backup'
  | 'ios-backup-encrypted'
  | 'android-backup'
  | 'file'
  /** recordings that are kept from an archive of them */
  | 'recordings'

/**
 * Something given to us, opened read-only. Implementations MUST NOT write anywhere beside it, MUST NOT follow links out of
 * it, and MUST hold no more than a few megabytes of any one file in memory.
 */
export interface FileSource {
  readonly kind: SourceKind
  readonly device: Device
  /** what was read to learn what this is and of which device, in whole, before anybody asked for a record */
  readonly about: readonly OpenedFile[]
  /** every regular file, sorted by path in code-unit order */
  readonly files: readonly SourceFile[]
  /** paths that the source lists and does not hold, sorted */
  readonly missing: readonly string[]
  /** oddities met while listing */
  readonly problems: readonly Problem[]
  /** Opens one file of `files`. Throws AcquisitionError when it cannot be read. */
  open(file: SourceFile): Promise<OpenFile>
  close(): Promise<void>
}

/** A file being read. Bytes come out as the phone wrote them: decompressed and decrypted. */
export interface OpenFile {
  readonly path: string
  /** exact number of bytes */
  readonly size: number
  /** where the very same bytes lie as a plain file on this machine, if they do; only for reading in place */
  readonly localPath?: string
  /** Yields the whole file in order, in chunks of at most 1 MiB. May be called again. */
  chunks(): AsyncIterable<Uint8Array>
  /** Reads the first bytes, at most `length`, without reading the rest where the source allows it. */
  head(length: number): Promise<Uint8Array>
  /**
   * Reads `length` bytes from `offset`, fewer at the end of the file. Present only where the source can do so without reading
   * what lies before; whoever finds it absent uses `chunks`.
   */
  at?(offset: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}
