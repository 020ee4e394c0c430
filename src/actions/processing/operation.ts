import type { Act } from '../../access/index.ts'
import type { EventKind } from '../../events/index.ts'
import type { ObjectClass } from '../../retention/index.ts'
import type { Schedule8Condition } from '../request/sensitive-processing.ts'
import type { DataCategory, PeopleCategory } from './categories.ts'

/** One thing that is done with personal data. */
export interface Operation {
  readonly id: string
  readonly title: string
  readonly purpose: string
  /** provisions that it rests on (DPA 2018 s.35(1), (2)) */
  readonly basis: readonly string[]
  readonly people: readonly PeopleCategory[]
  readonly data: readonly DataCategory[]
  /** where some of the data are sensitive: the condition of Schedule 8, or that each request names its own; and why it is strictly necessary (s.35(5)) */
  readonly sensitive?: { readonly condition: Schedule8Condition | 'as-requested'; readonly necessary: string }
  /** who is given it outside the force by the operation itself; those inside are whom the policy lets do its acts */
  readonly outside: readonly string[]
  /** the class of the schedule whose clock runs, or what ends it */
  readonly kept: { readonly class: ObjectClass } | { readonly until: string }
  /** what the policy knows of it */
  readonly acts: readonly Act[]
  /** what it leaves in the log: its evidence */
  readonly events: readonly EventKind[]
  /** has rules and kinds, and no page or form yet: stands in no record */
  readonly planned?: true
}

/** Whom a case is about. */
export const CASE_PEOPLE = ['suspect', 'convicted', 'victim', 'witness', 'other-user'] as const
/** What every task of the force rests on. */
export const TASK = 'DPA 2018 s.35(2)(b): necessary for a task of a competent authority'
/** Where the record of the case says how long. */
export const WITH_THE_CASE = {
  until:
    'The service sets no day: it stays with the record of the case, and goes when the force’s schedule says so of that record.',
} as const
