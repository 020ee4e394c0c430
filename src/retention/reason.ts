import type { Rule } from './schedule.ts'

/** How far a source was checked: V read in full, S in a second source, M from memory, F the force's own choice. */
export const MARKS = ['V', 'S', 'M', 'F'] as const
export type Mark = (typeof MARKS)[number]

/** One reason of a verdict. */
export interface Reason {
  /** stable name, e.g. `cpia_convicted` */
  readonly code: string
  /** one sentence for whoever reviews */
  readonly says: string
  /** the law or guidance that it comes from */
  readonly source: string
  readonly mark: Mark
}

export function because({ code, says, source, mark }: Rule): Reason {
  return { code, says, source, mark }
}

const DPA = 'Data Protection Act 2018'

/** Reasons that are law in themselves, whatever the schedule of a force. */
export const REASONS = {
  no_owner: {
    code: 'no_owner',
    says: 'Nobody owns it: somebody must be named before anything else is decided.',
    source: `${DPA} s.39(2)`,
    mark: 'V',
  },
  undecided: {
    code: 'undecided',
    says: 'No review has decided yet whether it is relevant.',
    source: `${DPA} s.39(1)`,
    mark: 'V',
  },
  relevant: {
    code: 'relevant',
    says: 'It is relevant to the investigation.',
    source: 'Criminal Procedure and Investigations Act 1996 Code of Practice para 5',
    mark: 'M',
  },
  not_relevant: {
    code: 'not_relevant',
    says: 'It is not relevant, and so may be kept no longer than necessary.',
    source: `${DPA} ss.37, 39(1), 47(1)`,
    mark: 'V',
  },
  review_retained: {
    code: 'review_retained',
    says: 'The last review decided to keep it, and recorded why.',
    source: 'College of Policing APP: review, retention and disposal',
    mark: 'V',
  },
  review_disposed: {
    code: 'review_disposed',
    says: 'A review decided that it is no longer needed.',
    source: `${DPA} s.39`,
    mark: 'V',
  },
  review_due: {
    code: 'review_due',
    says: 'Its day of review has come.',
    source: `${DPA} s.39(2)`,
    mark: 'V',
  },
  not_yet_reviewed: {
    code: 'not_yet_reviewed',
    says: 'No review has yet decided what becomes of it.',
    source: `${DPA} s.39(2)`,
    mark: 'V',
  },
  floor_passed: {
    code: 'floor_passed',
    says: 'Everything that it had to be kept for has passed.',
    source: `${DPA} s.39(1)`,
    mark: 'V',
  },
  no_hold: {
    code: 'no_hold',
    says: 'No hold is on it.',
    source: 'National Police Chiefs’ Council: digital and physical evidence retention guidance',
    mark: 'V',
  },
  evidence: {
    code: 'evidence',
    says: 'It must be kept as evidence: its use is restricted instead of its being erased.',
    source: `${DPA} s.47(2)`,
    mark: 'V',
  },
  hold_only: {
    code: 'hold_only',
    says: 'It would be destroyed but for a hold: until that is lifted it may be used for the hold’s purpose alone.',
    source: `${DPA} s.47(2)`,
    mark: 'V',
  },
} as const satisfies Readonly<Record<string, Reason>>
