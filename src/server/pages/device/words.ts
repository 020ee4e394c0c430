import type { DeviceKind } from '../../../notice/index.ts'
import type {
  Adjustment,
  CustodyGap,
  MoveReason,
  Provider,
  Recipient,
  UserIs,
  UserRole,
} from '../../../actions/index.ts'

/** What a device is. */
export const KIND_WORDS: Readonly<Record<DeviceKind, string>> = {
  phone: 'Phone',
  tablet: 'Tablet',
  other: 'Something else',
}
/** Who the device user is in the case. */
export const ROLE_WORDS: Readonly<Record<UserRole, string>> = {
  victim: 'Victim',
  witness: 'Witness',
  suspect: 'Suspect',
  convicted: 'Convicted person',
  'missing-person': 'Missing person',
  deceased: 'Person who died',
  other: 'Somebody else',
}
export const USER_IS_WORDS: Readonly<Record<UserIs, string>> = {
  adult: '18 or over',
  child: 'Under 18',
  'adult-without-capacity': '18 or over, without capacity to decide about this',
}
export const PROVIDER_WORDS: Readonly<Record<Provider, string>> = {
  user: 'The person who uses it',
  owner: 'Its owner',
  'parent-or-guardian': 'A parent or guardian',
  other: 'Somebody else',
}
export const ADJUSTMENT_WORDS: Readonly<Record<Adjustment, string>> = {
  interpreter: 'Interpreter',
  'sign-language': 'British Sign Language',
  'easy-read': 'Easy read',
  'large-print': 'Large print',
  'read-aloud': 'Read out to them',
  intermediary: 'Registered intermediary',
  supporter: 'Somebody beside them, such as an independent adviser',
  'time-to-think': 'Time to think before they answer',
}
export const MOVE_WORDS: Readonly<Record<MoveReason, string>> = {
  storage: 'To be stored',
  extraction: 'For an extraction',
  examination: 'To be examined',
  court: 'For court',
  return: 'To be returned',
  other: 'For another reason',
}
export const RECIPIENT_WORDS: Readonly<Record<Recipient, string>> = {
  user: 'The person who uses it',
  owner: 'Its owner',
  'parent-or-guardian': 'A parent or guardian',
  representative: 'Somebody who acts for them',
  other: 'Somebody else',
}
/** Of a number that the device has, and nobody wrote down. */
export const NOT_NOTED = 'Not noted'

export const GAP_WORDS: Readonly<Record<CustodyGap['code'], string>> = {
  SEAL_DIFFERS: 'The seal found is not the one that was put on.',
  SEAL_NOT_CHECKED: 'The number of the seal was not noted.',
  LATE_ENTRY: 'This was written down more than 12 hours after it happened.',
}

/** Items of a radio or checkbox group, from a list of words. */
export function choices<W extends string>(
  words: Readonly<Record<W, string>>,
  chosen: readonly string[] | string,
): { value: string; text: string; checked: boolean }[] {
  return Object.entries<string>(words).map(([value, text]) => ({
    value,
    text,
    checked: [chosen].flat().includes(value),
  }))
}
