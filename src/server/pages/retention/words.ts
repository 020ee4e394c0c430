import type { OneHeld } from '../../../actions/index.ts'
import type { Decision, HoldKind } from '../../../retention/index.ts'

/** A verdict in a word, and the colour of its tag. */
export const VERDICTS: Readonly<Record<Decision['verdict'], { readonly text: string; readonly colour: string }>> = {
  keep: { text: 'Keep', colour: 'green' },
  review: { text: 'Review now', colour: 'orange' },
  restrict: { text: 'Restrict', colour: 'purple' },
  destroy_due: { text: 'To be destroyed', colour: 'red' },
}

export const HOLD_WORDS: Readonly<Record<HoldKind, string>> = {
  coroner: 'A coroner’s investigation',
  civil_claim: 'A civil claim',
  serious_case: 'A safeguarding or serious case review',
  court_order: 'A court order',
  appeal: 'An appeal',
  case_review: 'The Criminal Cases Review Commission',
  complaint: 'A complaint',
  rights_request: 'Somebody has used their data protection rights',
  inquiry: 'A public inquiry',
  other: 'Another reason',
}

export const CLASS_WORDS: Readonly<Record<string, string>> = {
  raw_extract: 'Sealed extract',
  quarantined_excess: 'Excess, set apart',
  reviewed_relevant: 'What a review found relevant',
  exhibit: 'Exhibit',
  audit_record: 'Record of what was done',
}

const TAGGED: readonly (readonly [keyof OneHeld['tagged'], string])[] = [
  ['relevant', 'relevant'],
  ['not_relevant', 'not relevant'],
  ['privileged', 'perhaps privileged'],
  ['excess', 'taken in excess'],
]

/** What reviewers said of the records, in one line. */
export function taggedWords({ tagged }: Pick<OneHeld, 'tagged'>): string {
  const said = TAGGED.flatMap(([tag, word]) => {
    const count = tagged[tag] ?? 0
    return count === 0 ? [] : [`${count} ${word}`]
  })
  return said.length === 0 ? 'none' : said.join(', ')
}
