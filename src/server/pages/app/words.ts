import {
  ACT_REASONS,
  type AppState,
  DPIA_REASONS,
  GUARD_REASONS,
  INSTALL_REASONS,
  VERSION_REASONS,
} from '../../../apps/index.ts'
import { dayWords } from '../../day-words.ts'
import type { Against, NotTaken } from '../../not-taken.ts'
import { PART_OF_FIELD, PART_TITLES } from './entry/parts.ts'

/** Where an app stands, in a word and a colour. */
export const STATE_WORDS: Readonly<Record<AppState, { readonly text: string; readonly colour: string }>> = {
  requested: { text: 'Asked for', colour: 'govuk-tag--grey' },
  screened: { text: 'To be assessed', colour: 'govuk-tag--light-blue' },
  dpia: { text: 'Being assessed', colour: 'govuk-tag--light-blue' },
  trial: { text: 'On trial', colour: 'govuk-tag--yellow' },
  approved: { text: 'Approved', colour: 'govuk-tag--green' },
  suspended: { text: 'Suspended', colour: 'govuk-tag--red' },
  withdrawn: { text: 'Withdrawn', colour: 'govuk-tag--orange' },
  removed: { text: 'Gone', colour: 'govuk-tag--grey' },
  refused: { text: 'Refused', colour: 'govuk-tag--grey' },
}

/** What a state means for phones, in a sentence. */
export const STATE_SAYS: Readonly<Record<AppState, string>> = {
  requested: 'Somebody asked for it. It may not be on any phone yet.',
  screened: 'It is to be assessed. It may not be on any phone yet.',
  dpia: 'It is being assessed. It may not be on any phone yet.',
  trial: 'It may be on the phones of those who try it, and on no other.',
  approved: 'It may be on the phones of its roles.',
  suspended: 'Nobody else gets it until it is decided on again.',
  withdrawn:
    'It must come off every phone, and cannot come back under this request. Peel does not take it off: device management does.',
  removed: 'One person recorded that it is gone from every phone and what became of its data. Another confirmed it.',
  refused: 'It may not be on any phone.',
}

/** What happened to an app, by the act. */
export const STEP_WORDS: Readonly<Record<string, string>> = {
  request: 'Asked for',
  amend: 'Entry changed',
  screen: 'Request looked at',
  begin_dpia: 'Assessment begun',
  begin_trial: 'Trial begun',
  approve: 'Approved by the board',
  suspend: 'Suspended',
  withdraw: 'Withdrawn',
  remove: 'Gone from every phone',
  version_seen: 'A version looked into',
  day_comes: 'Its time ran out',
}

/** What is asked for a decision. */
export const ASKING_WORDS = {
  begin_trial: { title: 'Decide on a trial', asked: 'A trial', done: 'A trial is asked for.' },
  approve: { title: 'Decide on the approval', asked: 'Approval for its roles', done: 'The approval is asked for.' },
  remove: {
    title: 'Decide whether it is gone',
    asked: 'That it is gone from every phone',
    done: 'Somebody else is asked to confirm that it is gone.',
  },
} as const

/** What became of what was asked. */
export const OUTCOME_WORDS = { agreed: 'Agreed', refused: 'Refused', taken_back: 'Taken back' } as const

/** How far a package could record calls. */
export const GRADE_WORDS = {
  A: { text: 'A: it can record calls', colour: 'govuk-tag--red' },
  B: { text: 'B: it could record calls', colour: 'govuk-tag--orange' },
  C: { text: 'C: it may use the microphone', colour: 'govuk-tag--yellow' },
  none: { text: 'Nothing found to record calls with', colour: 'govuk-tag--green' },
} as const

/** By what a package is known to be able to record calls. */
export const REASON_WORDS = {
  capture_audio_output: 'it may take what the phone plays, both sides of a call',
  in_call_service: 'it takes part in calls',
  accessibility_service: 'it has an accessibility service, and so can hear calls',
  call_permission: 'it can tell when there is a call',
  microphone: 'it may use the microphone',
  known_recorder: 'it is known as a recorder of calls',
  queries_known_recorder: 'it looks for a known recorder of calls',
  pair_by_signer: 'its maker has a second app that it works with',
} as const

/** Whether an app records calls, and what makes that lawful. */
export const ROUTE_WORDS = {
  none: 'It records no calls',
  overt_announced: 'It tells everybody on the call before it records',
  all_party: 'Everybody on the call agrees',
  authorised_covert: 'Only under an authorisation, for one operation',
  prohibited: 'It could record calls, and nothing makes that lawful',
} as const

/** By what an app is kept to its roles. */
export const MEANS_WORDS = {
  managed_store: 'The managed store shows it to their phones alone',
  licence: 'It needs a licence that only they get',
  sign_in_group: 'Only their group can sign in to it',
} as const

/** Whether it can be kept to them. */
export const RESULT_WORDS = {
  restricted: 'Yes, a test showed it',
  not_restricted: 'No, others got it too',
  supplier_cannot: 'No, the supplier says that it cannot be done',
} as const

const SAYS: Readonly<Record<string, string>> = {
  ...VERSION_REASONS,
  ...Object.fromEntries(
    Object.entries({ ...GUARD_REASONS, ...DPIA_REASONS, ...INSTALL_REASONS, ...ACT_REASONS }).map(
      ([code, { says }]) => [code, says],
    ),
  ),
  by_hand: 'Somebody suspended it.',
  screened_out: 'It goes no further.',
}

/** What an entry lacks, where a page says it more plainly than the rule does. */
export const MISSING_WORDS: Readonly<Record<string, string>> = {
  defaults: 'Say whether it records.',
  exit_plan: 'Say how it is taken off phones, and what becomes of its data.',
}

/** What a code of a reason means, in a sentence. */
export function codeSays(code: string): string {
  return SAYS[code] ?? code.replaceAll('_', ' ')
}

/** A reason with what it is about, where that is worth reading: parts of the entry, names of permissions, roles, days. */
export function reasonSays({ says, source, about }: Against, named = partNamed): { says: string; source: string } {
  const what = about === undefined ? undefined : named(about)
  return {
    says: what === undefined ? says : `${says.replace(/\.$/, '')}: ${what}.`,
    source: source === 'own' ? '' : source,
  }
}

/** What came of a form that was not taken, with its reasons as pages say them. */
export function saidPlainly(notTaken: NotTaken | undefined): NotTaken | undefined {
  return notTaken && { ...notTaken, reasons: notTaken.reasons?.map((one) => reasonSays(one)) ?? [] }
}

/** What a reason is about, as pages call it. */
function partNamed(about: string): string | undefined {
  const part = PART_OF_FIELD[about]
  if (part !== undefined) return PART_TITLES[part].toLowerCase()
  return /^\d{4}-\d{2}-\d{2}$/.test(about) ? dayWords(about) : about
}
