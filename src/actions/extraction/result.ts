import { hash } from 'node:crypto'
import type { ExtractResult, Manifest } from '../../extraction/index.ts'
import type { RecordKind } from '../../records/index.ts'
import { openEnvelope } from '../../signature/index.ts'
import type { Check } from '../../verify/index.ts'

/** What the service keeps of a finished extraction: numbers, digests and codes. No path, no name, nothing that was on the phone. */
export interface Result {
  /** lower-case hex */
  readonly root: string
  /** lower-case hex SHA-256 over the signed manifest */
  readonly manifest: string
  readonly authorisation: string
  readonly files: ExtractResult['files']
  /** pictures and other files that were taken with records */
  readonly attachments: number
  readonly records: ExtractResult['records']
  readonly not_asked_for: readonly RecordKind[]
  readonly clauses: Readonly<Record<string, number>>
  /** by code, how many */
  readonly problems: Readonly<Record<string, number>>
  /** what an independent check of the finished extract said, record by record against the scope */
  readonly checks: readonly { readonly name: string; readonly result: 'passed' | 'failed' | 'not_checked' }[]
  readonly tool: { readonly version: string; readonly commit: string }
  readonly seconds: number
  /** where some of it was destroyed since: when the rest was sealed anew, the last time; how many records went, by kind, over all times */
  readonly destroyed?: { readonly at: string; readonly records: Readonly<Record<string, number>> }
}

/** Draws up what is kept of an extraction. `manifest`: the text of its envelope. `seconds`: how long it took. */
export function resultOf(
  result: ExtractResult,
  about: {
    manifest: string
    authorisation: string
    checks: readonly Check[]
    tool: Result['tool']
    seconds: number
  },
): Result {
  const problems: Record<string, number> = {}
  for (const { code } of result.problems) problems[code] = (problems[code] ?? 0) + 1
  return {
    root: result.root,
    manifest: hash('sha256', about.manifest, 'hex'),
    authorisation: about.authorisation,
    files: result.files,
    attachments: manifestOf(about.manifest).files.taken.count,
    records: result.records,
    not_asked_for: result.not_asked_for,
    clauses: result.clauses,
    problems,
    checks: about.checks.map(({ name, result }) => ({ name, result })),
    tool: about.tool,
    seconds: about.seconds,
  }
}

/** Draws up the same of an extract that was sealed anew at `at`. `manifest`: the text of its new envelope. */
export function resealedResult(
  before: Result,
  about: { manifest: string; checks: readonly Check[]; at: Date },
): Result {
  const { merkle, records, clauses, files } = manifestOf(about.manifest)
  const gone = Object.entries(records).flatMap(([kind, { removed }]) => {
    const count = Object.values(removed ?? {}).reduce((sum, one) => sum + one, 0)
    return count === 0 ? [] : [[kind, count] as const]
  })
  return {
    ...before,
    root: merkle.root,
    manifest: hash('sha256', about.manifest, 'hex'),
    attachments: files.taken.count,
    records,
    clauses,
    checks: about.checks.map(({ name, result }) => ({ name, result })),
    destroyed: { at: about.at.toISOString(), records: Object.fromEntries(gone) },
  }
}

/** Records that are held, by kind: what was taken, without what was destroyed since. */
export function takenOf({ records }: Pick<Result, 'records'>): Record<string, number> {
  return Object.fromEntries(Object.entries(records).map(([kind, { taken }]) => [kind, taken]))
}

/** Records left, by reason. */
export function leftOf({ records }: Pick<Result, 'records'>): Record<string, number> {
  const left: Record<string, number> = {}
  for (const counts of Object.values(records))
    for (const [reason, count] of Object.entries(counts.left)) left[reason] = (left[reason] ?? 0) + (count ?? 0)
  return left
}

/** How many of the records that are held were taken as context of others. */
export function contextOf({ records }: Pick<Result, 'records'>): number {
  return Object.values(records).reduce((sum, { context }) => sum + context, 0)
}

/** How many records were destroyed since they were taken. */
export function destroyedOf({ destroyed }: Pick<Result, 'destroyed'>): number {
  return Object.values(destroyed?.records ?? {}).reduce((sum, count) => sum + count, 0)
}

/** What a signed manifest says. */
function manifestOf(manifest: string): Manifest {
  const { predicate } = JSON.parse(Buffer.from(openEnvelope(manifest).payload).toString('utf8')) as {
    predicate: Manifest
  }
  return predicate
}
