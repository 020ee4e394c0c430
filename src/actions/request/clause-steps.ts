import type { RecordKind } from '../../records/index.ts'
import { type Clause, canHold, canHoldFiles } from '../../scope/index.ts'

/** The questions about one clause, in their order. */
export const CLAUSE_STEPS = ['what', 'apps', 'time', 'people', 'words', 'place', 'around', 'files'] as const
export type ClauseStep = (typeof CLAUSE_STEPS)[number]

/** A clause's conditions; undefined takes a condition away. */
export type ClauseChange = { readonly [K in Exclude<keyof Clause, 'id'>]?: Clause[K] | undefined }

/** A clause of which not every question has been answered. */
export interface Unfinished {
  readonly clause: ClauseChange
  readonly answered: readonly ClauseStep[]
}

/** The questions that kinds of record ask: of a contact nobody asks when it was. */
export function stepsFor(kinds: readonly RecordKind[]): ClauseStep[] {
  const asks: Readonly<Record<ClauseStep, boolean>> = {
    what: true,
    apps: true,
    time: kinds.some((kind) => canHold(kind, 'between')),
    people: kinds.some((kind) => canHold(kind, 'with')),
    words: kinds.some((kind) => canHold(kind, 'containing')),
    place: kinds.some((kind) => canHold(kind, 'near')),
    around: kinds.includes('message'),
    files: kinds.some(canHoldFiles),
  }
  return CLAUSE_STEPS.filter((step) => asks[step])
}

/** The first question about a clause that nobody has answered. */
export function nextStep({ clause, answered }: Unfinished): ClauseStep | undefined {
  return stepsFor(clause.records ?? []).find((step) => !answered.includes(step))
}

/**
 * Puts an answer to one question into a clause. `left` is there while a question is open; a finished clause whose new kinds ask more than the old ones
 * did is unfinished again. Without a step every question is answered at once.
 */
export function withStep(
  before: Clause | Unfinished | undefined,
  change: ClauseChange,
  step: ClauseStep | undefined,
): { clause: ClauseChange; left?: Unfinished } {
  const was: Unfinished =
    before === undefined
      ? { clause: {}, answered: [] }
      : 'answered' in before
        ? before
        : { clause: before, answered: stepsFor(before.records) }
  const clause = fitting({ ...was.clause, ...change })
  if (step === undefined) return { clause }
  const now: Unfinished = { clause, answered: [...new Set([...was.answered, step])] }
  return nextStep(now) === undefined ? { clause } : { clause, left: now }
}

/** What its kinds cannot have goes with them. */
function fitting(clause: ClauseChange): ClauseChange {
  const { records = [] } = clause
  return {
    ...clause,
    ...(!records.includes('message') && { context: undefined }),
    ...(!records.some(canHoldFiles) && { attachments: undefined }),
  }
}
