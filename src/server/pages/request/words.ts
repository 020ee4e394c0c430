import {
  type ClauseStep,
  CODE_STEPS,
  type Instead,
  type OtherUserOutcome,
  type RequestPart,
} from '../../../actions/index.ts'
import { POWERS, type PowerId, type Purpose } from '../../../authorisation/index.ts'
import { PATHS } from '../../paths.ts'

/** A choice as the design system's radios and checkboxes take it. */
export interface Choice<V extends string = string> {
  readonly value: V
  readonly text: string
  readonly hint?: string
}

/** Each power with its own gate, in words (law row B9). The sections are those of `POWERS`. */
export const POWER_CHOICES: readonly Choice<PowerId>[] = [
  {
    value: 'pcsc-2022-s37',
    text: 'Handed over, with agreement asked for',
    hint: 'Section 37, Police, Crime, Sentencing and Courts Act 2022. Needs a written notice and the free agreement of the user, or of whoever the law lets answer for them. They may refuse or withdraw. Not for a suspect’s device.',
  },
  {
    value: 'pcsc-2022-s40',
    text: 'The user has died, is at risk, or is missing',
    hint: 'Section 40 of the same Act. Needs one of three conditions, each with its facts. Every other test applies as well.',
  },
  {
    value: 'pcsc-2022-s41',
    text: 'A death is being investigated',
    hint: 'Section 41. Needs a coroner’s investigation and its reference. What is taken may not be used for crime under this power.',
  },
  {
    value: 'pace-1984-s8',
    text: 'Search warrant',
    hint: 'Section 8, Police and Criminal Evidence Act 1984. Needs the warrant.',
  },
  {
    value: 'pace-1984-s19',
    text: 'Seized where an officer was lawfully on premises',
    hint: 'Section 19 of the same Act. Needs the record of seizure.',
  },
  {
    value: 'pace-1984-s20',
    text: 'Information in electronic form, required to be produced',
    hint: 'Section 20 of the same Act. Needs the record of seizure.',
  },
  {
    value: 'cjpa-2001-s50',
    text: 'Seized from premises, to be sorted elsewhere',
    hint: 'Section 50, Criminal Justice and Police Act 2001. Needs the record of seizure.',
  },
  {
    value: 'cjpa-2001-s51',
    text: 'Seized from a person in a search, to be sorted elsewhere',
    hint: 'Section 51 of the same Act. Needs the record of seizure.',
  },
  { value: 'other', text: 'Another power', hint: 'Needs the Act and section, and the document that it rests on.' },
]

export function powerWords(power: PowerId | undefined): string {
  const text = POWER_CHOICES.find(({ value }) => value === power)?.text
  const section = POWERS.find(({ id }) => id === power)?.section.replace(/ \([^)]*\)$/, '')
  return text === undefined ? '' : power === 'other' ? text : `${text}: ${section}`
}

export const PURPOSE_CHOICES: readonly Choice<Purpose>[] = [
  { value: 'crime', text: 'To prevent, detect, investigate or prosecute crime' },
  { value: 'missing-person', text: 'To find a missing person' },
  { value: 'protect-child-or-at-risk-adult', text: 'To protect a child or an at-risk adult from neglect or harm' },
  { value: 'death-investigation', text: 'To investigate a death' },
]

export const CONDITION_CHOICES = [
  { value: 'user-died', text: 'A: the user has died', hint: 'They were a user immediately before they died.' },
  {
    value: 'at-risk',
    text: 'B: the user is a child or an adult without capacity, and at risk',
    hint: 'You reasonably believe that their life is at risk, or that they risk serious harm.',
  },
  {
    value: 'missing',
    text: 'C: the user is missing, and at risk',
    hint: 'You reasonably believe that their life is at risk, or that they risk serious harm.',
  },
] as const

export const INSTRUMENT_CHOICES = [
  { value: 'warrant', text: 'Warrant' },
  { value: 'order', text: 'Order' },
  { value: 'seizure-record', text: 'Record of seizure' },
  { value: 'other', text: 'Other document' },
] as const

export const DIRECTION_CHOICES = [
  { value: 'towards', text: 'Towards the suspect' },
  { value: 'away', text: 'Away from the suspect' },
  { value: 'either', text: 'Either way' },
] as const

export const CONFIDENTIAL_CHOICES = [
  { value: 'legally-privileged', text: 'Legally privileged', hint: 'Between somebody and their lawyer.' },
  {
    value: 'personal-records',
    text: 'Personal records held in confidence',
    hint: 'Health, therapy, counselling, welfare.',
  },
  { value: 'journalistic', text: 'Confidential journalistic material' },
  { value: 'trade-or-other-confidence', text: 'Trade secrets, or other material held in confidence' },
] as const

export const INSTEAD_CHOICES: readonly Choice<Instead>[] = [
  { value: 'user-shows-it', text: 'The user shows or sends what is needed' },
  { value: 'another-device', text: 'The suspect’s or somebody else’s device' },
  { value: 'provider', text: 'The provider of the service' },
  { value: 'witness', text: 'A witness, or a statement' },
  { value: 'records-held', text: 'Records that are held already' },
  { value: 'cctv-or-other-footage', text: 'CCTV or other footage' },
  { value: 'not-a-reasonable-line', text: 'It is not a reasonable line of enquiry' },
  { value: 'other', text: 'Something else' },
]

/** What became of asking somebody else who uses the device. */
export const OTHER_USER_WORDS: Readonly<Record<OtherUserOutcome, string>> = {
  agreed: 'Yes, they agree',
  'not-reached': 'They could not be reached',
  'not-asked': 'They were not asked',
  refused: 'No, they do not agree',
}

export const CODE_STEP_IDS: readonly string[] = CODE_STEPS.map(({ id }) => id)

/** Every question: what it is called in the list, and where it is asked. */
export const QUESTIONS: Readonly<Record<RequestPart, { readonly text: string; readonly path: string }>> = {
  power: { text: 'Legal power', path: PATHS.requestPower },
  purpose: { text: 'Purpose', path: PATHS.requestPurpose },
  lines: { text: 'Lines of enquiry', path: PATHS.requestLines },
  alternatives: { text: 'Other ways of finding out', path: PATHS.requestAlternatives },
  scope: { text: 'What may be taken', path: PATHS.requestScope },
  third_parties: { text: 'Other people on the phone', path: PATHS.requestThirdParties },
  necessity: { text: 'Necessity', path: PATHS.requestNecessity },
  proportionality: { text: 'Proportionality', path: PATHS.requestProportionality },
  excess: { text: 'Excess information', path: PATHS.requestExcess },
  confidential: { text: 'Confidential information', path: PATHS.requestConfidential },
  sensitive_processing: { text: 'Sensitive processing', path: PATHS.requestSensitiveProcessing },
  other_users: { text: 'Others who use the device', path: PATHS.requestOtherUsers },
  code: { text: 'Code of practice', path: PATHS.requestCode },
}

/** The questions about one clause: as a page asks them, and as a list names them. */
export const STEP_WORDS: Readonly<Record<ClauseStep, { readonly title: string; readonly short: string }>> = {
  what: { title: 'What do you need to take?', short: 'What' },
  apps: { title: 'From which apps?', short: 'Apps' },
  time: { title: 'From which time?', short: 'Time' },
  people: { title: 'With which people?', short: 'People' },
  words: { title: 'With which words in the text?', short: 'Words' },
  place: { title: 'Made in which place?', short: 'Place' },
  around: { title: 'How many messages around each one?', short: 'Context' },
  files: { title: 'Are pictures and files themselves needed?', short: 'Pictures and files' },
}

/** Apps that are read, in their order on the page. Names are those of documents. */
export const APP_CHOICES: readonly Choice[] = [
  { value: 'sms', text: 'Text messages', hint: 'SMS, MMS and iMessage' },
  { value: 'whatsapp', text: 'WhatsApp' },
  { value: 'phone', text: 'The phone’s own call list' },
  { value: 'facetime', text: 'FaceTime' },
  { value: 'contacts', text: 'The address book' },
  { value: 'camera', text: 'The camera' },
]

export const STATUS_WORDS = {
  draft: { text: 'Being written', colour: 'yellow' },
  notice_served: { text: 'Notice served', colour: 'blue' },
  agreed: { text: 'Agreement given', colour: 'green' },
  refused_by_user: { text: 'Agreement refused', colour: 'grey' },
  submitted: { text: 'Waiting for a decision', colour: 'blue' },
  granted: { text: 'Granted', colour: 'green' },
  narrowed: { text: 'Less was offered', colour: 'purple' },
  refused: { text: 'Refused', colour: 'red' },
  returned: { text: 'Returned for more', colour: 'orange' },
  withdrawn: { text: 'Taken back', colour: 'grey' },
  superseded: { text: 'Replaced by a later version', colour: 'grey' },
  expired: { text: 'Expired', colour: 'grey' },
  no_phone_needed: { text: 'No phone needed', colour: 'green' },
} as const
