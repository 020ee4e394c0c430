import type { Result } from '../../../../actions/index.ts'
import { PROBLEM_CODES, type RecordKind } from '../../../../records/index.ts'
import { KIND_WORDS } from '../../../../scope/index.ts'
import { capital, CHECK_WORDS, LEFT_WORDS } from '../words.ts'

const WIDTH = 100

/** What a result says, drawn up for a page: sums, shares as bars 100 wide, reasons and codes in words. */
export function figuresOf(result: Result) {
  const kinds = Object.entries(result.records).map(([kind, { total, taken, context, left, removed }]) => ({
    kind: capital(KIND_WORDS[kind as RecordKind] ?? kind),
    total,
    taken,
    context,
    destroyed: sum(Object.values(removed ?? {})),
    left: total - taken - sum(Object.values(removed ?? {})),
    bar: share(taken, total),
    reasons: Object.entries(left)
      .map(([reason, count]) => ({
        reason: LEFT_WORDS[reason] ?? reason,
        count: count ?? 0,
        bar: share(count ?? 0, total),
      }))
      .sort((a, b) => b.count - a.count),
  }))
  const { opened, not_opened: notOpened, missing } = result.files
  return {
    kinds,
    taken: sum(kinds.map(({ taken, destroyed }) => taken + destroyed)),
    left: sum(kinds.map(({ left }) => left)),
    destroyed: sum(kinds.map(({ destroyed }) => destroyed)),
    context: sum(kinds.map(({ context }) => context)),
    files: { opened, notOpened, missing, bar: share(opened, opened + notOpened) },
    notAskedFor: result.not_asked_for.map((kind) => KIND_WORDS[kind]),
    problems: Object.entries(result.problems).map(([code, count]) => ({
      code,
      count,
      says: capital(PROBLEM_CODES[code as keyof typeof PROBLEM_CODES] ?? code),
    })),
    checks: result.checks.map(({ name, result }) => ({
      name: CHECK_WORDS[name] ?? capital(name.replaceAll('_', ' ')),
      result,
    })),
    verified: verifiedOf(result.checks),
  }
}

/** What the check after sealing may be said to have shown: no more than it did. What failed is never passed over for what could not be made. */
function verifiedOf(checks: Result['checks']) {
  const unmade = checks.filter(({ result }) => result === 'not_checked').length
  const failed = checks.filter(({ result }) => result === 'failed').length
  return {
    all: failed > 0 ? 'failed' : unmade > 0 || checks.length === 0 ? 'partly' : 'passed',
    failed,
    unmade,
    /** whether every record was found to be within what was authorised */
    scope: checks.find(({ name }) => name === 'scope')?.result ?? 'not_checked',
  } as const
}

function share(part: number, whole: number): number {
  // Something is never drawn as nothing.
  return whole === 0 ? 0 : part === 0 ? 0 : Math.max(0.5, Math.round((part / whole) * WIDTH * 10) / 10)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
