import type { Reading } from '../../../actions/index.ts'

/** How far somebody has come with an instruction. */
export const READING_TAGS: Readonly<Record<Reading, { readonly text: string; readonly colour: string }>> = {
  not_read: { text: 'Not read', colour: 'govuk-tag--yellow' },
  read_before: { text: 'Changed since read', colour: 'govuk-tag--yellow' },
  not_answered: { text: 'Questions not answered', colour: 'govuk-tag--yellow' },
  not_passed: { text: 'Not passed', colour: 'govuk-tag--orange' },
  cleared: { text: 'Passed', colour: 'govuk-tag--green' },
}
