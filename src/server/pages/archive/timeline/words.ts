import type { MilestoneKind } from '../../../../actions/index.ts'

/** What happened, or who was told. */
export const MILESTONE_WORDS: Readonly<Record<MilestoneKind, string>> = {
  discovered: 'The recordings were discovered',
  access_removed: 'The recorder was taken off phones',
  evidence_secured: 'The recordings were secured',
  ico_told: 'The Information Commissioner was told',
  ipco_told: 'The Investigatory Powers Commissioner was told',
  cps_told: 'The Crown Prosecution Service was told',
  iopc_told: 'The Independent Office for Police Conduct was told',
  people_told: 'The people concerned were told',
  people_not_told: 'It was decided not to tell the people concerned',
  policy_changed: 'A policy or procedure was changed',
  other: 'Something else',
}
