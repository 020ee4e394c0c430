import { AcquisitionError, type FileSource, type SourceFile } from '../acquisition/index.ts'
import {
  type Attachment,
  canonicalRecord,
  type Found,
  type PeelRecord,
  type Problem,
  type Provenance,
  recordId,
} from '../records/index.ts'
import type { ReadyClause } from '../scope/index.ts'
import type { ContainerWriter } from '../vault/index.ts'
import type { FileLedger } from './file-ledger.ts'
import type { ProblemLedger } from './problem-ledger.ts'
import type { Tally } from './tally.ts'

/** What was decided about a record that is taken. */
export interface Admission {
  readonly clauses: readonly string[]
  readonly context: boolean
}

/** What became of a file that a taken record names. */
type Fate = { readonly bytes: number; readonly sha256: string } | { readonly problem: Problem }

/** A record on its way into the container, behind others whose files are still being sealed. */
interface Waiting {
  readonly found: Found
  readonly provenance: Provenance
  readonly admission: Admission
  /** of the files of its attachments, in their order; empty where none are taken */
  readonly fates: readonly { readonly path: string | undefined; readonly fate: Promise<Fate> }[]
}

/** Records that may wait for files: enough to keep every core at work, few enough to hold. */
const MOST_WAITING = 256

/**
 * Puts admitted records, and where allowed their files, into the container. Nothing else writes to it. Records go in in the
 * order in which they are taken, however long their files take.
 */
export class Taker {
  readonly #source: FileSource
  readonly #container: ContainerWriter
  readonly #tally: Tally
  readonly #files: FileLedger
  readonly #problems: ProblemLedger
  readonly #withMedia: ReadonlySet<string>
  readonly #fates = new Map<string, Promise<Fate>>()
  readonly #waiting: Waiting[] = []
  #room: (() => void)[] = []
  #failure: { readonly error: unknown } | undefined

  constructor(parts: {
    source: FileSource
    container: ContainerWriter
    tally: Tally
    files: FileLedger
    problems: ProblemLedger
    scope: readonly ReadyClause[]
  }) {
    this.#source = parts.source
    this.#container = parts.container
    this.#tally = parts.tally
    this.#files = parts.files
    this.#problems = parts.problems
    this.#withMedia = new Set(
      parts.scope.filter(({ clause }) => clause.attachments === true).map(({ clause }) => clause.id),
    )
  }

  /** Whether the files of a record may be taken: a clause that admits it by itself must say so; context comes without. */
  takesMedia({ clauses, context }: Admission): boolean {
    return !context && clauses.some((clause) => this.#withMedia.has(clause))
  }

  /** Takes a record without its files. Where a promise comes back, wait for it before the next. */
  take(found: Found, provenance: Provenance, admission: Admission): Promise<void> | undefined {
    if (this.#waiting.length > 0) return this.#wait({ found, provenance, admission, fates: [] })
    this.#check()
    return this.#put(found, provenance, admission)
  }

  /** Takes a record with those of its files that the source holds. Where a promise comes back, wait for it before the next. */
  takeWithMedia(
    found: Found,
    provenance: Provenance,
    admission: Admission,
    files: readonly (SourceFile | undefined)[],
  ): Promise<void> | undefined {
    const fates = found.attachments.map((_, at) => ({
      path: files[at]?.path,
      fate: this.#fateOf(files[at], provenance),
    }))
    return this.#wait({ found, provenance, admission, fates })
  }

  /** Resolves when everything that was taken is in the container. */
  settled(): Promise<void> {
    return this.#until(0)
  }

  #put(found: Found, provenance: Provenance, admission: Admission): Promise<void> | undefined {
    const record: PeelRecord = {
      ...found,
      id: recordId(found.kind, provenance),
      clauses: admission.clauses,
      context: admission.context,
      provenance,
    }
    this.#tally.took(found.kind, admission.clauses, admission.context)
    return this.#container.addRecord(canonicalRecord(record))
  }

  #wait(waiting: Waiting): Promise<void> | undefined {
    this.#check()
    if (this.#waiting.push(waiting) === 1) void this.#drain()
    return this.#waiting.length < MOST_WAITING ? undefined : this.#until(MOST_WAITING / 2)
  }

  /** Puts those that wait into the container, one after the other. Each stands in the way of the next until it is in. */
  async #drain(): Promise<void> {
    try {
      for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
        await this.#put(await this.#withFiles(first), first.provenance, first.admission)
        this.#waiting.shift()
        this.#wake()
      }
    } catch (error) {
      this.#failure = { error }
      this.#wake()
    }
  }

  async #withFiles({ found, fates }: Waiting): Promise<Found> {
    if (fates.length === 0) return found
    const attachments: Attachment[] = []
    for (const [at, attachment] of found.attachments.entries()) {
      const { path, fate } = fates[at] as Waiting['fates'][number]
      const became = await fate
      if ('problem' in became) {
        this.#problems.add(became.problem)
        attachments.push(attachment)
        continue
      }
      const { bytes, sha256 } = became
      this.#files.media(path as string, bytes, sha256)
      attachments.push({ ...attachment, bytes, sha256, taken: true })
    }
    return { ...found, attachments }
  }

  #fateOf(file: SourceFile | undefined, provenance: Provenance): Promise<Fate> {
    if (file === undefined)
      return Promise.resolve({
        problem: {
          code: 'attachment_missing',
          file: provenance.file,
          detail: 'a file that a taken record names is not in the source',
        },
      })
    const known = this.#fates.get(file.path)
    if (known) return known
    const fate = this.#seal(file)
    // Seen where it is awaited, if the records before it come that far.
    fate.catch(() => {})
    this.#fates.set(file.path, fate)
    return fate
  }

  async #seal(file: SourceFile): Promise<Fate> {
    try {
      return await this.#container.addPayload(() => this.#source.open(file))
    } catch (error) {
      if (!(error instanceof AcquisitionError)) throw error
      return { problem: { code: 'file_unreadable', file: file.path, detail: error.message } }
    }
  }

  async #until(most: number): Promise<void> {
    while (this.#waiting.length > most && this.#failure === undefined)
      await new Promise<void>((resolve) => this.#room.push(resolve))
    this.#check()
  }

  #wake(): void {
    for (const resolve of this.#room.splice(0)) resolve()
  }

  #check(): void {
    if (this.#failure) throw this.#failure.error
  }
}
