import { AcquisitionError, type FileSource, type SourceFile } from '../acquisition/index.ts'
import {
  type Attachment,
  canonicalRecord,
  type Found,
  type PeelRecord,
  type Provenance,
  recordId,
} from '../records/index.ts'
import type { ReadyClause } from '../scope/index.ts'
import type { ContainerWriter } from '../vault/index.ts'
import type { FileLedger } from './file-ledger.ts'
import type { ProblemLedger } from './problem-ledger.ts'
import type { Tally } from './tally.ts'
import { wordsOf } from './words.ts'

/** What was decided about a record that is taken. */
export interface Admission {
  readonly clauses: readonly string[]
  readonly context: boolean
}

/** Puts admitted records, and where allowed their files, into the container. Nothing else writes to it. */
export class Taker {
  readonly #source: FileSource
  readonly #container: ContainerWriter
  readonly #tally: Tally
  readonly #files: FileLedger
  readonly #problems: ProblemLedger
  readonly #withMedia: ReadonlySet<string>
  readonly #sealed = new Map<string, Attachment>()

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
    const record: PeelRecord = {
      ...found,
      id: recordId(found.kind, provenance),
      clauses: admission.clauses,
      context: admission.context,
      provenance,
    }
    this.#tally.took(found.kind, admission.clauses, admission.context)
    return this.#container.addRecord({
      id: record.id,
      kind: found.kind,
      app: found.app,
      timeMs: found.time === undefined ? undefined : Date.parse(found.time),
      context: admission.context,
      json: canonicalRecord(record),
      words: wordsOf(found),
    })
  }

  /** Takes a record with those of its files that the source holds. */
  async takeWithMedia(
    found: Found,
    provenance: Provenance,
    admission: Admission,
    files: readonly (SourceFile | undefined)[],
  ): Promise<void> {
    const attachments: Attachment[] = []
    for (const [at, attachment] of found.attachments.entries())
      attachments.push(await this.#seal(attachment, files[at], provenance))
    await this.take({ ...found, attachments }, provenance, admission)
  }

  async #seal(attachment: Attachment, file: SourceFile | undefined, provenance: Provenance): Promise<Attachment> {
    if (file === undefined) {
      this.#problems.add({
        code: 'attachment_missing',
        file: provenance.file,
        detail: 'a file that a taken record names is not in the source',
      })
      return attachment
    }
    const known = this.#sealed.get(file.path)
    if (known) return { ...attachment, bytes: known.bytes, sha256: known.sha256, taken: true }
    try {
      const open = await this.#source.open(file)
      try {
        const { sha256, bytes } = await this.#container.addPayload(open.chunks())
        this.#files.media(file.path, bytes, sha256)
        const sealed: Attachment = { ...attachment, bytes, sha256, taken: true }
        this.#sealed.set(file.path, sealed)
        return sealed
      } finally {
        await open.close()
      }
    } catch (error) {
      if (!(error instanceof AcquisitionError)) throw error
      this.#files.namedByTaken(file.path)
      this.#problems.add({ code: 'file_unreadable', file: file.path, detail: error.message })
      return attachment
    }
  }
}
