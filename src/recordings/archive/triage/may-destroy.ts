import { Holds } from '../match/held.ts'
import type { Match } from '../match/match.ts'
import type { ArchiveHold } from '../match/rows.ts'
import { idKey } from '../../../records/index.ts'
import { type Batch, type BatchItem, rootOf } from './batch.ts'
import { mayBeReleased } from './release.ts'

/** What one person said of a batch, by the root that they saw. */
export interface BatchDecision {
  /** id of who decided */
  readonly by: string
  /** lower-case hex */
  readonly root: string
  readonly says: 'approve' | 'refuse'
  /** RFC 3339, UTC */
  readonly at: string
}

/** Why a batch may not be destroyed, or that it may. */
export type VerdictCode =
  | 'root_differs'
  | 'refused'
  | 'too_few_approvals'
  | 'approved_by_proposer'
  | 'approved_another_root'
  | 'approved_too_early'
  | 'not_matched_again'
  | 'bytes_differ'
  | 'new_match'
  | 'hold'
  | 'approved'

const SAYS: Readonly<Record<VerdictCode, string>> = {
  root_differs: 'The batch is not what was frozen.',
  refused: 'Somebody refused it.',
  too_few_approvals: 'Too few people other than the proposer have approved it.',
  approved_by_proposer: 'An approval by whoever proposed it does not count.',
  approved_another_root: 'An approval of another batch, or of this one before it was frozen anew, does not count.',
  approved_too_early: 'An approval from before it was frozen does not count.',
  not_matched_again: 'An item was not matched again just before.',
  bytes_differ: 'An item has other bytes than when it was frozen.',
  new_match: 'An item is tied to something that was not known when it was frozen.',
  hold: 'A hold forbids destruction.',
  approved: 'Different people proposed and approved it, and no item of it is tied to anything.',
}

export interface VerdictReason {
  readonly code: VerdictCode
  /** one sentence, without an id, a number or a name */
  readonly says: string
  /** how many items or decisions it is about */
  readonly count: number
}

export interface BatchVerdict {
  /** whether all of it may be destroyed, now; there is no part of it that may */
  readonly may: boolean
  readonly reasons: readonly VerdictReason[]
  /** ids of items that must come out, with all their copies, sorted. What is left must be frozen anew and approved anew */
  readonly pulled: readonly string[]
}

/**
 * Whether a frozen batch may be destroyed: it is what was frozen; enough people other than the proposer approved this root and
 * nobody refused it; and `matches`, which are those of the items of the batch as matching finds them just before, with the
 * releases applied, tie none of it, nor do the holds at `now` (milliseconds since 1970). Whatever is missing counts against it. Law rows E14, D9, H14.
 */
export function mayDestroy(
  batch: Batch,
  decisions: readonly BatchDecision[],
  matches: readonly Match[],
  holds: readonly ArchiveHold[],
  now: number,
): BatchVerdict {
  const counts = new Map<VerdictCode, number>()
  const found = (code: VerdictCode) => counts.set(code, (counts.get(code) ?? 0) + 1)
  if (!isFrozen(batch)) found('root_differs')
  countApprovals(batch, decisions, found)
  const pulled = pulledFrom(batch, matches, new Holds(holds, now), found)
  const may = counts.keys().every((code) => IGNORED.has(code))
  if (may) counts.set('approved', 1)
  return {
    may,
    reasons: [...counts].map(([code, count]) => ({ code, says: SAYS[code], count })),
    pulled,
  }
}

/** Decisions that do not count neither help nor hinder. */
const IGNORED: ReadonlySet<VerdictCode> = new Set([
  'approved_by_proposer',
  'approved_another_root',
  'approved_too_early',
])

function isFrozen({ items, root, approvals }: Batch): boolean {
  return items.length > 0 && (approvals === 1 || approvals === 2) && rootOf(items) === root
}

function countApprovals(batch: Batch, decisions: readonly BatchDecision[], found: (code: VerdictCode) => void): void {
  const proposer = idKey(batch.proposer)
  const approvers = new Set<string>()
  for (const { by, root, says, at } of decisions) {
    const person = idKey(by)
    if (root !== batch.root) {
      if (says === 'approve') found('approved_another_root')
    } else if (says !== 'approve') found('refused')
    else if (person === proposer) found('approved_by_proposer')
    else if (!(Date.parse(at) >= Date.parse(batch.proposedAt))) found('approved_too_early')
    else if (person !== '') approvers.add(person)
  }
  if (proposer === '' || !(approvers.size >= batch.approvals)) found('too_few_approvals')
}

function pulledFrom(
  { items }: Batch,
  matches: readonly Match[],
  holds: Holds,
  found: (code: VerdictCode) => void,
): string[] {
  const byId = new Map(matches.map((match) => [match.item.id, match]))
  const inBatch = new Set(items.map(({ id }) => id))
  const groups = new Set<string>()
  for (const item of items) {
    const code = against(item, byId.get(item.id), inBatch, holds)
    if (code === undefined) continue
    found(code)
    groups.add(item.follows ?? item.id)
  }
  return items
    .filter((item) => groups.has(item.follows ?? item.id))
    .map(({ id }) => id)
    .sort()
}

/** What speaks against destroying one item. */
function against(
  item: BatchItem,
  match: Match | undefined,
  inBatch: ReadonlySet<string>,
  holds: Holds,
): VerdictCode | undefined {
  if (match === undefined) return 'not_matched_again'
  if (holds.on(match.facts).length > 0) return 'hold'
  if (match.item.sha256 !== item.sha256 || match.item.bytes !== item.bytes) return 'bytes_differ'
  // What was free when it was frozen and is free now only by a release is tied to something since.
  if (match.class === 'E')
    return isSettled(match) && (match.released === undefined || item.rule === 'released') ? undefined : 'new_match'
  // A copy goes only with what it follows.
  const { follows } = match
  const isFree = match.class === 'F' && follows?.class === 'E' && inBatch.has(follows.id)
  return isFree ? undefined : 'new_match'
}

/** Whether nothing stands against an item of class E but what somebody may settle: whoever gave it that class is not taken at their word. */
function isSettled({ reasons, released }: Match): boolean {
  return reasons.every(({ code }) => code === 'no_tie' || (released !== undefined && mayBeReleased(code)))
}
