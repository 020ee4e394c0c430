import type { RecordKind } from '../records/index.ts'

/**
 * One permission inside an authorisation. All conditions hold together; an absent condition does not limit.
 * Field names are those of the document (docs/formats/authorisation.md).
 */
export interface Clause {
  readonly id: string
  readonly line_of_enquiry: string
  readonly records: readonly RecordKind[]
  /** absent = every app that holds these kinds */
  readonly apps?: readonly string[]
  /** RFC 3339; from inclusive, to exclusive */
  readonly between?: { readonly from: string; readonly to: string }
  /** addresses in any spelling; a person, not a spelling, is compared */
  readonly with?: readonly string[]
  /** whole words or phrases, case and accents folded */
  readonly containing?: { readonly any: readonly string[] } | { readonly all: readonly string[] }
  readonly near?: { readonly lat: number; readonly lon: number; readonly radius_metres: number }
  /** messages either side in the same conversation, taken as context */
  readonly context?: number
  /** whether the media itself may be taken; default false */
  readonly attachments?: boolean
}

/** What may be taken: a record is admitted if any clause admits it. The empty scope admits nothing. */
export type Scope = readonly Clause[]

/** The conditions of a clause, in the order in which they are tried: the cheapest to decide first, text last. */
export const CONDITIONS = ['app', 'time', 'party', 'place', 'keyword'] as const
export type Condition = (typeof CONDITIONS)[number]

/** Why a record was left, as the counts name it. The `no_` reasons: there was nothing for the condition to look at. */
export const REASONS = [
  'app',
  'time',
  'no_time',
  'party',
  'no_party',
  'place',
  'no_place',
  'keyword',
  'no_text',
  'deleted',
  'unreadable',
] as const
export type Reason = (typeof REASONS)[number]

/** The reason under which a record is left when a condition finds nothing in it to look at. An app is always there. */
export const NOTHING_THERE: Readonly<Record<Condition, Reason>> = {
  app: 'app',
  time: 'no_time',
  party: 'no_party',
  place: 'no_place',
  keyword: 'no_text',
}
