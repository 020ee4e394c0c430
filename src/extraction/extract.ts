import {
  type FileSource,
  openSqlite,
  type SourceFile,
  AcquisitionError,
  type SqliteReader,
} from '../acquisition/index.ts'
import { type Artefact, ARTEFACTS, type DatabaseArtefact, type FileArtefact } from '../artefacts/index.ts'
import { canonical, type Problem, RECORD_KINDS, type RecordKind, rfc3339 } from '../records/index.ts'
import { readyScope, type ReadyClause, type Scope } from '../scope/index.ts'
import { leafHash, merkleRoot } from '../tlog/index.ts'
import { ContainerWriter, writingFailed } from '../vault/index.ts'
import { type FileCounts, FileLedger } from './file-ledger.ts'
import type { Manifest } from './manifest.ts'
import { isAskedFor, locate, locateLoose, notAskedFor, type Unit } from './plan.ts'
import { ProblemLedger } from './problem-ledger.ts'
import { readDatabase } from './read-database.ts'
import { loneContext, readLoneFile } from './read-files.ts'
import { type KindCounts, Tally } from './tally.ts'
import { Taker } from './taker.ts'

/** What was granted, as `checkAuthorisation` gives it. */
export interface Grant {
  readonly reference: string
  readonly version: number
  readonly digest: string
  readonly scope: Scope
  /** the signed envelope itself, kept inside the container */
  readonly envelope: string
}

export interface ExtractRequest {
  readonly source: FileSource
  /** what reads it; absent: everything that reads phones */
  readonly artefacts?: readonly Artefact[]
  readonly grant: Grant
  readonly recipients: readonly string[]
  readonly out: string
  /** which build this is; wanted only at the end */
  readonly tool: Manifest['tool'] | Promise<Manifest['tool']>
  /** signs the manifest's predicate and returns the envelope's text */
  readonly sign: (manifest: Manifest) => string
  readonly clock: () => number
  readonly progress?: (step: Progress) => void
  /** When it fires, what was written is gone before the firing returns; the promise is rejected with its reason soon after. */
  readonly stop?: AbortSignal
}

export interface Progress {
  readonly file: number
  readonly files: number
  readonly taken: number
}

export interface ExtractResult {
  readonly extract: string
  readonly root: string
  readonly files: FileCounts
  readonly records: Partial<Record<RecordKind, KindCounts>>
  readonly not_asked_for: readonly RecordKind[]
  readonly clauses: Readonly<Record<string, number>>
  readonly problems: readonly Problem[]
}

/** Takes from a source what a grant admits, and nothing else, into a new container. Whatever goes wrong, nothing is left half done. */
export async function extract(request: ExtractRequest): Promise<ExtractResult> {
  const started = request.clock()
  const { stop } = request
  stop?.throwIfAborted()
  const container = await ContainerWriter.create(request.out, request.recipients)
  const discard = () => container.discard()
  stop?.addEventListener('abort', discard)
  try {
    stop?.throwIfAborted()
    return await new Extraction(request, container, started).run()
  } catch (error) {
    await container.abandon()
    throw stop?.aborted ? stop.reason : writingFailed(error)
  } finally {
    stop?.removeEventListener('abort', discard)
  }
}

class Extraction {
  readonly #request: ExtractRequest
  readonly #container: ContainerWriter
  readonly #started: number
  readonly #scope: readonly ReadyClause[]
  readonly #tally = new Tally()
  readonly #files = new FileLedger()
  readonly #problems = new ProblemLedger()
  readonly #taker: Taker
  readonly #byPath: ReadonlyMap<string, SourceFile>
  /** paths that artefacts look for and that are the system's names, not people's */
  readonly #located = new Set<string>()

  constructor(request: ExtractRequest, container: ContainerWriter, started: number) {
    this.#request = request
    this.#container = container
    this.#started = started
    this.#scope = readyScope(request.grant.scope)
    this.#byPath = new Map(request.source.files.map((file) => [file.path, file]))
    this.#taker = new Taker({
      source: request.source,
      container,
      tally: this.#tally,
      files: this.#files,
      problems: this.#problems,
      scope: this.#scope,
    })
  }

  async run(): Promise<ExtractResult> {
    const { source, grant } = this.#request
    for (const opened of source.about) this.#files.about(opened)
    const units = await this.#units()
    const lone = units.flatMap(({ file, artefacts }) =>
      artefacts.flatMap((artefact) => (artefact.type === 'files' ? [{ file, artefact }] : [])),
    )
    const context = await loneContext(this.#reading(), lone)
    for (const kind of RECORD_KINDS)
      if (grant.scope.some((clause) => clause.records.includes(kind))) this.#tally.kind(kind)
    for (const [at, { file, artefacts }] of units.entries()) {
      this.#report(at, units.length)
      const databases = artefacts.filter((artefact): artefact is DatabaseArtefact => artefact.type === 'database')
      if (databases.length > 0) await this.#database(file, databases, () => this.#report(at, units.length))
      for (const artefact of artefacts)
        if (artefact.type === 'files') await readLoneFile(this.#reading(), file, artefact as FileArtefact, context)
    }
    await this.#taker.settled()
    return this.#finish()
  }

  /** The files to open, in the order of their records: by path, and those under unknown names among them. */
  async #units(): Promise<Unit[]> {
    const { source, grant, artefacts: all = ARTEFACTS } = this.#request
    const asked = all.filter((artefact) => isAskedFor(artefact, grant.scope))
    const units = await this.#withoutNeverRead(locate(source, asked))
    // Names of tables are looked at only where some database is asked for.
    if (asked.some(({ type }) => type === 'database'))
      for (const { file, artefacts, bytesRead, opened, problems } of await locateLoose(source, all)) {
        this.#files.lookedAt(file.path, bytesRead)
        for (const one of opened) this.#files.database(one)
        this.#problems.addAll(problems)
        const readers = artefacts.filter((artefact) => asked.includes(artefact))
        if (readers.length > 0) units.push({ file, artefacts: readers })
      }
    for (const { file, artefacts } of units) if (artefacts.some(isNamedBySystem)) this.#located.add(file.path)
    for (const path of source.missing)
      if (asked.some((artefact) => isNamedBySystem(artefact) && artefact.locates(path))) {
        this.#located.add(path)
        this.#problems.add({ code: 'file_missing', file: path, detail: 'the source lists it and does not hold it' })
      }
    return units.sort((a, b) => (a.file.path < b.file.path ? -1 : 1))
  }

  /** Takes out the files that may never be read, and counts them as left. */
  async #withoutNeverRead(units: readonly Unit[]): Promise<Unit[]> {
    const never = new Map<Artefact, ReadonlySet<string>>()
    for (const artefact of new Set(units.flatMap(({ artefacts }) => artefacts))) {
      if (artefact.type !== 'files' || artefact.neverRead === undefined) continue
      const located = units.filter(({ artefacts }) => artefacts.includes(artefact)).map(({ file }) => file.path)
      const { reason, paths, opened, problems } = await artefact.neverRead(this.#request.source, located)
      for (const file of opened) {
        this.#files.database(file)
        this.#located.add(file.path)
      }
      this.#problems.addAll(problems)
      never.set(artefact, paths)
      for (const { kind } of artefact.yields) {
        this.#tally.found(kind, paths.size)
        this.#tally.left(kind, reason, paths.size)
      }
    }
    return units.flatMap(({ file, artefacts }) => {
      const readers = artefacts.filter((artefact) => !never.get(artefact)?.has(file.path))
      return readers.length > 0 ? [{ file, artefacts: readers }] : []
    })
  }

  #reading() {
    return {
      source: this.#request.source,
      scope: this.#scope,
      taker: this.#taker,
      tally: this.#tally,
      files: this.#files,
      problems: this.#problems,
    }
  }

  /** Digests may be under way until here, beside the reading. */
  async #noteOpened(reader: SqliteReader): Promise<void> {
    try {
      for (const opened of await reader.opened()) this.#files.database(opened)
    } catch (error) {
      if (!(error instanceof AcquisitionError)) throw error
      this.#files.unreadable(reader.path)
      this.#problems.add({ code: 'file_unreadable', file: reader.path, detail: error.message })
    }
  }

  async #database(file: SourceFile, artefacts: readonly DatabaseArtefact[], report: () => void): Promise<void> {
    let reader: SqliteReader | undefined
    let steps = 0
    try {
      reader = await openSqlite(this.#request.source, file)
      this.#problems.addAll(reader.problems)
      await readDatabase({
        reader,
        artefacts,
        scope: this.#scope,
        taker: this.#taker,
        tally: this.#tally,
        file: (path) => this.#byPath.get(path),
        problem: (problem) => this.#problems.add(problem),
        step: () => {
          if (++steps % 500 === 0) report()
        },
      })
    } catch (error) {
      if (!(error instanceof AcquisitionError)) throw error
      if (reader === undefined) this.#files.unreadable(file.path)
      this.#problems.add({ code: 'database_damaged', file: file.path, detail: error.message })
    } finally {
      if (reader) await this.#noteOpened(reader)
      reader?.close()
    }
  }

  #report(file: number, files: number): void {
    this.#request.stop?.throwIfAborted()
    this.#request.progress?.({ file, files, taken: this.#tally.taken })
  }

  async #finish(): Promise<ExtractResult> {
    const { source, grant, tool, clock, sign, out } = this.#request
    const container = this.#container
    for (const kind of this.#tally.settle())
      this.#problems.add({
        code: 'count_differs',
        detail: `${kind}: more could be read than the source's own tables count; the total is what was read`,
      })
    // Some oddities of a source show only when its files are opened.
    this.#problems.addAll(source.problems)
    container.addAbout('format', 'peel-extract/1')
    container.addAbout('authorisation', grant.envelope)
    for (const { path, bytes, sha256 } of this.#files.taken)
      container.addSourceFile(path, bytes, Buffer.from(sha256, 'hex'))
    const databases = this.#files.databases
    const known = new Set([...databases.map(({ path }) => path), ...this.#located])
    for (const { code, file, detail } of this.#problems.placedAt(known.union(this.#files.named)))
      container.addProblem(code, file, detail)
    const files = this.#files.counts(source)
    const result = {
      records: this.#tally.toJSON(),
      not_asked_for: notAskedFor(RECORD_KINDS, grant.scope),
      clauses: Object.fromEntries(grant.scope.map(({ id }) => [id, this.#tally.clauses.get(id) ?? 0])),
    }
    const { model, os, os_version, serial } = source.device
    const { files: contents, tree } = await container.close()
    const manifest: Manifest = {
      format: 'peel-extract/1',
      authorisation: { reference: grant.reference, version: grant.version, digest: grant.digest },
      tool: await tool,
      source: { kind: source.kind, device: { model, os, os_version, serial } },
      files: {
        ...files,
        about_source: this.#files.aboutSource,
        databases,
        taken: this.#files.takenSummary,
        looked_at: this.#files.lookedAtSummary,
        list_root: listRoot(source),
      },
      ...result,
      merkle: tree,
      contents,
      problems: this.#problems.placedAt(known),
      scratch: { kind: 'memory_and_sealed_scratch' },
      started: rfc3339(this.#started),
      finished: rfc3339(clock()),
    }
    container.finish(sign(manifest))
    return { extract: out, root: tree.root, files, ...result, problems: manifest.problems }
  }
}

/** Whether the paths that an artefact looks for are names of the system's. Pictures may be called after what is on them. */
function isNamedBySystem({ type, yields }: Artefact): boolean {
  return type === 'database' || yields.every(({ kind }) => kind !== 'media_item')
}

/** Root over every path that the source lists, in order, and whether it was there. */
function listRoot(source: FileSource): string {
  const entries = [
    ...source.files.map(({ path }) => canonical({ path, there: true })),
    ...source.missing.map((path) => canonical({ path, there: false })),
  ]
  return merkleRoot(entries.map((entry) => leafHash(entry))).toString('hex')
}
