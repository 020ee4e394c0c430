import type { CaseOutcome, CustodyClock } from '../../../actions/index.ts'
import type { Role } from '../../../access/index.ts'
import { roleEntry } from '../../../access/index.ts'
import { isRole } from '../../../access/index.ts'
import type { RequestStatus } from '../../../store/index.ts'
import { STATUS_WORDS } from '../request/words.ts'

/** What an investigation came to, as pages say it. */
export const OUTCOME_WORDS: Readonly<Record<CaseOutcome, string>> = {
  charged: 'Somebody was charged',
  not_charged: 'Nobody was charged',
  out_of_court: 'It was settled out of court',
  undetected: 'It could not be found out who did it',
}

/** What an extraction's state is called, with the colour of its tag. */
const EXTRACTION_STATES: Readonly<Record<string, readonly [text: string, colour: string]>> = {
  queued: ['Waiting to start', 'yellow'],
  running: ['Running', 'blue'],
  sealed: ['Finished and sealed', 'green'],
  failed: ['Failed', 'red'],
  cancelled: ['Stopped', 'grey'],
  withdrawn: ['Stopped: agreement withdrawn', 'grey'],
  expired: ['Stopped: authorisation ran out', 'grey'],
  looking: ['Being looked at by hand', 'blue'],
  recorded: ['Looked at by hand', 'green'],
}
const CLOCK_STATES: Readonly<Record<CustodyClock['state'], readonly [text: string, colour: string]>> = {
  returned: ['Returned', 'grey'],
  lent: ['Phone lent', 'blue'],
  in_time: ['Within 24 hours', 'green'],
  due_soon: ['Due back soon', 'yellow'],
  overdue: ['Over 24 hours', 'red'],
}

/** A tag of the design system. */
export interface StateTag {
  readonly text: string
  readonly classes: string
}

export const requestTag = (state: RequestStatus): StateTag =>
  tag([STATUS_WORDS[state].text, STATUS_WORDS[state].colour])
export const extractionTag = (state: string): StateTag => tag(EXTRACTION_STATES[state] ?? [state, 'grey'])
export const clockTag = (state: CustodyClock['state']): StateTag => tag(CLOCK_STATES[state])

/** The title of a role, or the word itself where it is none. */
export function roleTitle(word: string): string {
  return isRole(word) ? roleEntry(word satisfies Role).title : word
}

function tag([text, colour]: readonly [string, string]): StateTag {
  return { text, classes: `govuk-tag--${colour}` }
}
