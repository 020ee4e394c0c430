/** Who somebody is to the case, in the words of an authorisation (law row C6). */
export const USER_ROLES = ['victim', 'witness', 'suspect', 'convicted', 'missing-person', 'deceased', 'other'] as const
export type UserRole = (typeof USER_ROLES)[number]

/** Whether the user may agree for themselves (PCSC Act 2022 s.38; law rows B11, B14). */
export const USER_IS = ['adult', 'child', 'adult-without-capacity'] as const
export type UserIs = (typeof USER_IS)[number]

/** Who handed the device over (PCSC Act 2022 s.37(1)(a)). */
export const PROVIDERS = ['user', 'owner', 'parent-or-guardian', 'other'] as const
export type Provider = (typeof PROVIDERS)[number]

/** What helps somebody to understand what is asked of them (law row B28). */
export const ADJUSTMENTS = [
  'interpreter',
  'sign-language',
  'easy-read',
  'large-print',
  'read-aloud',
  'intermediary',
  'supporter',
  'time-to-think',
] as const
export type Adjustment = (typeof ADJUSTMENTS)[number]

/** Why a device is moved (the log's own words). */
export const MOVE_REASONS = ['storage', 'extraction', 'examination', 'court', 'return', 'other'] as const
export type MoveReason = (typeof MOVE_REASONS)[number]

/** To whom a device goes back. */
export const RECIPIENTS = ['user', 'owner', 'parent-or-guardian', 'representative', 'other'] as const
export type Recipient = (typeof RECIPIENTS)[number]

/** Reads the adjustments of a device as the database keeps them. */
export function adjustmentsOf(text: string | null): Adjustment[] {
  const words = new Set((text ?? '').split(',').map((word) => word.trim()))
  return ADJUSTMENTS.filter((adjustment) => words.has(adjustment))
}
