import { AcquisitionError, type FileSource, type SourceFile } from '../acquisition/index.ts'
import type { FileArtefact, FileReading } from '../artefacts/index.ts'
import { recordId } from '../records/index.ts'
import { factsOf, match, type ReadyClause } from '../scope/index.ts'
import { recordTooLarge } from './bounds.ts'
import { beside } from './context.ts'
import type { FileLedger } from './file-ledger.ts'
import type { ProblemLedger } from './problem-ledger.ts'
import type { Taker } from './taker.ts'
import type { Tally } from './tally.ts'

/** What reading files needs that are records, or hold records, by themselves. */
export interface LoneFileReading {
  readonly source: FileSource
  readonly scope: readonly ReadyClause[]
  readonly taker: Taker
  readonly tally: Tally
  readonly files: FileLedger
  readonly problems: ProblemLedger
}

/** Record id → the clauses that ask for it as context. */
export type LoneContext = ReadonlyMap<string, readonly string[]>

/** Reads as much of one file as it takes to know its records, and takes those that the scope admits. */
export async function readLoneFile(
  reading: LoneFileReading,
  file: SourceFile,
  artefact: FileArtefact,
  context: LoneContext,
): Promise<void> {
  const read = await readOne(reading, file, artefact)
  if (read === undefined) return
  if (read.whole) reading.files.database(read.whole)
  else reading.files.lookedAt(file.path, read.bytesRead)
  reading.problems.addAll(read.problems)
  const { scope, taker, tally } = reading
  for (const { found, provenance } of read.placed) {
    const verdict = match(factsOf(found), scope)
    if (!verdict.admitted && verdict.reason === 'not_asked_for') continue
    tally.found(found.kind)
    const tooLarge = recordTooLarge(found)
    if (tooLarge) {
      reading.problems.add({ code: 'row_unreadable', file: file.path, detail: tooLarge.unreadable })
      tally.left(found.kind, 'unreadable')
      continue
    }
    const contextOf = context.get(recordId(found.kind, provenance))
    if (!verdict.admitted && contextOf === undefined) {
      tally.left(found.kind, verdict.reason as Exclude<typeof verdict.reason, 'not_asked_for'>)
      continue
    }
    const admission = verdict.admitted
      ? { clauses: verdict.clauses, context: false }
      : { clauses: contextOf ?? [], context: true }
    reading.files.namedByTaken(file.path)
    const waiting =
      found.attachments.length > 0 && taker.takesMedia(admission)
        ? taker.takeWithMedia(found, provenance, admission, read.beside ?? (found.kind === 'media_item' ? [file] : []))
        : taker.take(found, provenance, admission)
    if (waiting) await waiting
  }
}

async function readOne(
  { source, files, problems }: LoneFileReading,
  file: SourceFile,
  artefact: FileArtefact,
): Promise<FileReading | undefined> {
  try {
    return await artefact.read(file, source)
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    files.unreadable(file.path)
    problems.add({ code: 'file_unreadable', file: file.path, detail: error.message })
    return undefined
  }
}

/**
 * Finds the messages either side of the admitted ones where conversations lie in files of their own. Reads those files once
 * more than taking does, and only when a clause asks for context.
 */
export async function loneContext(
  reading: LoneFileReading,
  units: readonly { readonly file: SourceFile; readonly artefact: FileArtefact }[],
): Promise<LoneContext> {
  const context = new Map<string, string[]>()
  const asking = reading.scope.filter(({ clause }) => (clause.context ?? 0) > 0)
  const talking = units.filter(({ artefact }) => artefact.yields.some(({ kind }) => kind === 'message'))
  if (asking.length === 0 || talking.length === 0) return context
  const threads = new Map<string, { ref: string; time: number; clauses: readonly string[] }[]>()
  for (const { file, artefact } of talking)
    for (const { found, provenance } of (await readOne(reading, file, artefact))?.placed ?? []) {
      if (found.kind !== 'message' || found.thread === undefined || found.time === undefined) continue
      const verdict = match(factsOf(found), reading.scope)
      const key = `${found.app}\n${found.thread}`
      const places = threads.get(key) ?? []
      threads.set(key, places)
      places.push({
        ref: recordId(found.kind, provenance),
        time: Date.parse(found.time),
        clauses: verdict.admitted ? verdict.clauses : [],
      })
    }
  for (const places of threads.values()) {
    // Stable: files come in order of path and rows in order, which settles equal times.
    places.sort((a, b) => a.time - b.time)
    for (const { clause } of asking)
      for (const ref of beside(
        places.map((place) => ({ ...place, hit: place.clauses.includes(clause.id) })),
        clause.context ?? 0,
      ))
        context.set(ref, [...(context.get(ref) ?? []), clause.id])
  }
  return context
}
