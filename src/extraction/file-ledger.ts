import type { FileSource, OpenedFile } from '../acquisition/index.ts'
import { canonical } from '../records/index.ts'
import { leafHash, merkleRoot } from '../tlog/index.ts'

/** What became of the source's files. The three add up to what the source lists. */
export interface FileCounts {
  not_opened: number
  opened: number
  missing: number
}

/** Keeps, for every file of the source, whether it was opened and what its bytes were. */
export class FileLedger {
  readonly #about = new Map<string, OpenedFile>()
  readonly #databases = new Map<string, OpenedFile>()
  readonly #media = new Map<string, OpenedFile>()
  readonly #looked = new Map<string, number>()
  readonly #unreadable = new Set<string>()
  readonly #named = new Set<string>()

  /** A file that was read to learn what the source is. */
  about(opened: OpenedFile): void {
    this.#about.set(opened.path, opened)
  }

  /** A database or one of its companions, or another file of the system's that holds records, read to its end. */
  database(opened: OpenedFile): void {
    this.#looked.delete(opened.path)
    this.#databases.set(opened.path, opened)
  }

  /** A taken picture, film or other file, read to its end. */
  media(path: string, bytes: number, sha256: string): void {
    this.#looked.delete(path)
    this.#media.set(path, { path, bytes, sha256 })
  }

  /** A file of which only so many bytes were read, to learn what it is or its time and place. */
  lookedAt(path: string, bytesRead: number): void {
    if (!this.#media.has(path) && !this.#databases.has(path) && !this.#about.has(path))
      this.#looked.set(path, bytesRead)
  }

  /** A file that was opened and could not be read. */
  unreadable(path: string): void {
    if (!this.#databases.has(path)) this.#unreadable.add(path)
  }

  /** A file that a taken record names or stood in: its path is in the container with the record. */
  namedByTaken(path: string): void {
    this.#named.add(path)
  }

  /** Paths that may stand inside the container because a taken record brings them along. */
  get named(): ReadonlySet<string> {
    return this.#named
  }

  get aboutSource(): OpenedFile[] {
    return [...this.#about.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  get databases(): OpenedFile[] {
    return [...this.#databases.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** Taken files; their paths may hold names and numbers, so they are for inside the container. */
  get taken(): OpenedFile[] {
    return [...this.#media.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** What can be said of taken files outside: how many, how large, and a root over (path, bytes, digest) that binds them. */
  get takenSummary(): { count: number; bytes: number; root: string } {
    const files = this.taken
    return {
      count: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      root: merkleRoot(files.map((file) => leafHash(canonical(file)))).toString('hex'),
    }
  }

  /** Files looked at and left: how many, and how many bytes of them were read. */
  get lookedAtSummary(): { count: number; bytes_read: number } {
    let bytes = 0
    for (const read of this.#looked.values()) bytes += read
    return { count: this.#looked.size, bytes_read: bytes }
  }

  get unreadableCount(): number {
    return this.#unreadable.size
  }

  counts(source: Pick<FileSource, 'files' | 'missing'>): FileCounts {
    const opened = new Set([
      ...this.#databases.keys(),
      ...this.#media.keys(),
      ...this.#looked.keys(),
      ...this.#unreadable,
    ])
    if (this.#about.size > 0) for (const { path } of source.files) if (this.#about.has(path)) opened.add(path)
    return { not_opened: source.files.length - opened.size, opened: opened.size, missing: source.missing.length }
  }
}
