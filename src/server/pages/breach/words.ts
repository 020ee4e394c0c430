import type { BREACH_KINDS, COMMISSIONER_OUTCOMES, PEOPLE_OUTCOMES } from '../../../actions/index.ts'

export const BREACH_KIND_WORDS: Readonly<Record<(typeof BREACH_KINDS)[number], string>> = {
  confidentiality: 'Somebody could see it who should not',
  integrity: 'It was altered',
  availability: 'It was lost, or could not be reached',
}

export const COMMISSIONER_WORDS: Readonly<Record<(typeof COMMISSIONER_OUTCOMES)[number], string>> = {
  told: 'The Information Commissioner was told',
  'no-likely-risk': 'Not told: a risk to people is unlikely',
}

export const PEOPLE_WORDS: Readonly<Record<(typeof PEOPLE_OUTCOMES)[number], string>> = {
  told: 'They were told',
  'no-high-risk': 'Not told: a high risk to them is unlikely',
  unintelligible: 'Not told: whoever has it cannot read it',
  'measures-taken': 'Not told: what was done since has taken the risk away',
  'public-notice': 'Told by a public notice: each by themselves would be out of proportion',
  restricted: 'Not told, or told less: section 68(7) allows it',
}

export const CLOCK_WORDS = {
  running: { text: 'Waits for a decision', colour: 'govuk-tag--yellow' },
  over: { text: '72 hours are over', colour: 'govuk-tag--red' },
  decided: { text: 'Decided', colour: 'govuk-tag--green' },
} as const
