import { ADJUSTMENTS, type DeviceAnswers, PROVIDERS, USER_IS, USER_ROLES } from '../../../../actions/index.ts'
import { imei } from '../../../../authorisation/index.ts'
import { isId } from '../../../../events/index.ts'
import { DEVICE_KINDS } from '../../../../notice/index.ts'
import type { FieldError } from '../../../form.ts'

/** One page of questions about a device that is received. */
export interface Step {
  readonly id: string
  readonly question: string
  /** names of its fields that have one value, and of those that may have several */
  readonly fields: readonly string[]
  readonly lists?: readonly string[]
  readonly faults: (answers: DeviceAnswers) => FieldError[]
}

/** The pages in their order; then the answers are checked on one (law rows B1, B11, B14, B25, B28, F9). */
export const STEPS: readonly Step[] = [
  {
    id: 'phone',
    question: 'Which device is it?',
    fields: ['kind', 'exhibit', 'description', 'serial', 'imei'],
    faults: (answers) => [
      ...oneOf(answers, 'kind', DEVICE_KINDS, 'Choose what kind of device it is'),
      ...need(answers, 'exhibit', 'Enter the exhibit mark'),
      ...(text(answers, 'exhibit') !== '' && !isId(text(answers, 'exhibit'))
        ? [{ field: 'exhibit', text: 'The exhibit mark must be letters and digits, such as AB/1' }]
        : []),
      ...need(answers, 'description', 'Enter what it looks like'),
      ...(text(answers, 'imei') !== '' && imei(text(answers, 'imei')) === undefined
        ? [{ field: 'imei', text: 'The IMEI must be 15 digits, as the phone shows them for *#06#' }]
        : []),
    ],
  },
  {
    id: 'user',
    question: 'Who uses it?',
    fields: ['userName', 'otherUsers'],
    faults: (answers) => need(answers, 'userName', 'Enter who ordinarily uses the device'),
  },
  {
    id: 'role',
    question: 'Who are they in this case?',
    fields: ['userRole'],
    faults: (answers) => oneOf(answers, 'userRole', USER_ROLES, 'Choose who the device user is in this case'),
  },
  {
    id: 'age',
    question: 'Can they decide for themselves?',
    fields: ['userIs', 'capacityAssessment'],
    faults: (answers) => [
      ...oneOf(answers, 'userIs', USER_IS, 'Choose whether the device user is 18 or over'),
      ...(text(answers, 'userIs') === 'adult-without-capacity'
        ? need(answers, 'capacityAssessment', 'Enter who assessed their capacity, and when')
        : []),
    ],
  },
  {
    id: 'owner',
    question: 'Who owns it?',
    fields: ['owns', 'ownerName'],
    faults: (answers) => [
      ...oneOf(answers, 'owns', ['user', 'other', 'unknown'], 'Choose who owns the device'),
      ...(text(answers, 'owns') === 'other' ? need(answers, 'ownerName', 'Enter who owns the device') : []),
    ],
  },
  {
    id: 'provider',
    question: 'Who handed it over?',
    fields: ['providedBy', 'providerName'],
    faults: (answers) => [
      ...oneOf(answers, 'providedBy', PROVIDERS, 'Choose who handed the device over'),
      ...(text(answers, 'providedBy') === 'owner' && text(answers, 'owns') !== 'other'
        ? [{ field: 'providedBy', text: 'You said that nobody else owns it. Choose who handed it over' }]
        : []),
      ...(['parent-or-guardian', 'other'].includes(text(answers, 'providedBy'))
        ? need(answers, 'providerName', 'Enter who handed the device over')
        : []),
    ],
  },
  {
    id: 'condition',
    question: 'In what condition is it?',
    fields: ['condition', 'seal'],
    faults: (answers) => need(answers, 'condition', 'Enter the condition it is in'),
  },
  {
    id: 'needs',
    question: 'What helps them to understand and to decide?',
    fields: ['adjustmentsNote'],
    lists: ['adjustments'],
    faults: (answers) =>
      list(answers, 'adjustments').every((word) => (ADJUSTMENTS as readonly string[]).includes(word))
        ? []
        : [{ field: 'adjustments', text: 'Choose from the list' }],
  },
  {
    id: 'receipt',
    question: 'When was it handed over, and where is it now?',
    fields: ['place', 'when', 'receivedAt'],
    faults: (answers) => [
      ...need(answers, 'receivedAt', 'Choose when it was handed over', 'when'),
      ...need(answers, 'place', 'Enter where it is now'),
    ],
  },
]

/** The first page whose questions are not answered; undefined when all are. */
export function firstOpen(answers: DeviceAnswers): Step | undefined {
  return STEPS.find(({ id, faults }) => answers[`${id}-answered`] !== 'yes' || faults(answers).length > 0)
}

/** One answer; '' where there is none. */
export function text(answers: DeviceAnswers, name: string): string {
  const value = answers[name]
  return typeof value === 'string' ? value : ''
}

/** Every answer of a question with several. */
export function list(answers: DeviceAnswers, name: string): readonly string[] {
  const value = answers[name]
  return Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : []
}

const LONGEST = 2000

function need(answers: DeviceAnswers, name: string, says: string, field = name): FieldError[] {
  const value = text(answers, name)
  if (value === '') return [{ field, text: says }]
  return value.length > LONGEST ? [{ field, text: 'The answer must be 2,000 characters or fewer' }] : []
}

function oneOf(answers: DeviceAnswers, name: string, words: readonly string[], says: string): FieldError[] {
  return words.includes(text(answers, name)) ? [] : [{ field: name, text: says }]
}
