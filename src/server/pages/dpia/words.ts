import type {
  DpiaStanding,
  EFFECTS,
  LEVELS,
  LIKELIHOODS,
  PiaOddity,
  RISK_KINDS,
  SEVERITIES,
} from '../../../apps/index.ts'

/** What an assessment is worth today, in a word and a colour. */
export const VERDICT_WORDS: Readonly<
  Record<DpiaStanding['verdict'], { readonly text: string; readonly colour: string }>
> = {
  draft: { text: 'Being written', colour: 'govuk-tag--grey' },
  not_approved: { text: 'Not approved', colour: 'govuk-tag--yellow' },
  in_date: { text: 'Approved, in date', colour: 'govuk-tag--green' },
  review_due: { text: 'Review due', colour: 'govuk-tag--red' },
}

export const KIND_WORDS: Readonly<Record<(typeof RISK_KINDS)[number], string>> = {
  access: 'Somebody sees it who should not',
  change: 'It is changed when it should not be',
  loss: 'It is lost, or cannot be reached',
  other: 'Something else',
}
export const LIKELIHOOD_WORDS: Readonly<Record<(typeof LIKELIHOODS)[number], string>> = {
  remote: 'Remote',
  possible: 'Possible',
  probable: 'Probable',
}
export const SEVERITY_WORDS: Readonly<Record<(typeof SEVERITIES)[number], string>> = {
  minimal: 'Minimal',
  significant: 'Significant',
  severe: 'Severe',
}
export const LEVEL_WORDS: Readonly<Record<(typeof LEVELS)[number], string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
}
export const EFFECT_WORDS: Readonly<Record<(typeof EFFECTS)[number], string>> = {
  eliminated: 'They remove it',
  reduced: 'They reduce it',
  accepted: 'They do not change it, and it is accepted',
}

export const ADVISES_WORDS = { go_ahead: 'It may go ahead', not_to_go_ahead: 'It should not go ahead' } as const
export const OUTCOME_WORDS = { accepted: 'Accepted', overruled: 'Overruled' } as const
export const PART_WORDS = { measures: 'The measures', residual_risk: 'What is left of the risks' } as const

/** What was odd in a file of the CNIL's tool. */
export const ODDITY_WORDS: Readonly<Record<PiaOddity['code'], string>> = {
  too_long: 'a text was too long and was left out here',
  too_many: 'a list was too long, and its end was left out here',
  named_twice: 'something stands there twice; the first counts',
  not_text: 'something is no text',
  gauge_unknown: 'a level is none that is known',
  question_unknown: 'a question is none that is known',
}

/** Words of a closed list as choices of a question. */
export function choices<T extends string>(words: Readonly<Record<T, string>>): { value: T; text: string }[] {
  return (Object.entries(words) as [T, string][]).map(([value, text]) => ({ value, text }))
}
