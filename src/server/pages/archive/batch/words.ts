import type { BatchInFull, ReadBatch } from '../../../../actions/index.ts'

/** Where a batch stands, in a word, and the colour of its tag. */
export const STATE_WORDS: Readonly<Record<ReadBatch['state'], { readonly text: string; readonly colour: string }>> = {
  proposed: { text: 'Waits for a decision', colour: 'yellow' },
  approved: { text: 'Approved, being matched again', colour: 'blue' },
  refused: { text: 'Refused', colour: 'grey' },
  stopped: { text: 'Stopped: nothing was destroyed', colour: 'orange' },
  destroying: { text: 'Being destroyed', colour: 'blue' },
  destroyed: { text: 'Destroyed', colour: 'green' },
}

/** The class of a recording in a batch. */
export const BATCH_CLASS_WORDS: Readonly<Record<string, string>> = {
  E: 'Tied to nothing, or released (class E)',
  F: 'Exact copies of those (class F)',
}

/** Why a recording may be in a batch. */
export const RULE_WORDS: Readonly<Record<string, string>> = {
  no_tie: 'No register ties it to anything, and all that matching needs to know of it is known',
  released: 'A disclosure officer released it, with reasons',
  exact_copy: 'It is an exact copy of another in the batch',
}

/** Why an approved batch was stopped, for so many. */
export const STOPPED_WORDS: Readonly<Record<string, string>> = {
  root_differs: 'The batch is not what was proposed',
  refused: 'Somebody refused it',
  too_few_approvals: 'Too few people other than the proposer have approved it',
  not_matched_again: 'No longer there to be matched',
  bytes_differ: 'Its file is not the same as when it was proposed',
  new_match: 'Tied to something that was not known before, or no longer known well enough',
  hold: 'Under a hold',
  changed: 'Tied, held or kept since it was proposed',
}

/** How many have approved, of how many that it takes. */
export function approvalWords({ approvals, needed }: Pick<ReadBatch, 'approvals' | 'needed'>): string {
  return needed === 1 ? 'One person approves' : `Two people approve; ${approvals === 0 ? 'nobody has yet' : '1 has'}`
}

/** A stopped batch, reason by reason. */
export function stoppedRows({ stopped }: BatchInFull): { text: string; count: number }[] {
  return Object.entries(stopped?.why ?? {}).map(([code, count]) => ({ text: STOPPED_WORDS[code] ?? code, count }))
}
