/** The Part of Schedule 3 to the PCSC Act 2022 that lists somebody (s.44, law row B20). */
export type Schedule3Part = 1 | 2 | 3

/** A Part of the Schedule from what a provider or a database says; undefined where it names none. */
export function schedule3Part(value: unknown): Schedule3Part | undefined {
  return value === 1 || value === 2 || value === 3 ? value : undefined
}

/** What a power is used for, as the Parts of Schedule 3 tell purposes apart. */
export type Schedule3Purpose =
  | 'crime'
  | 'missing-person'
  | 'protect-child-or-at-risk-adult'
  | 'death-investigation'
  | 'another-power'

const PURPOSES: Readonly<Record<Schedule3Part, readonly Schedule3Purpose[]>> = {
  // s.44(1): all of section 37, and section 41.
  1: ['crime', 'missing-person', 'protect-child-or-at-risk-adult', 'death-investigation'],
  // s.44(1): all of section 37.
  2: ['crime', 'missing-person', 'protect-child-or-at-risk-adult'],
  // s.44(2): section 37 for crime alone.
  3: ['crime'],
}

/**
 * Whether somebody listed in a Part of Schedule 3 may use the power for a purpose (PCSC Act 2022 s.44, law rows B20, H2).
 * Other powers than those of ss.37 to 41 have gates of their own, and none here.
 */
export function isEntitled(part: Schedule3Part | undefined, purpose: Schedule3Purpose): boolean {
  if (purpose === 'another-power') return true
  return part !== undefined && PURPOSES[part].includes(purpose)
}
