/** What became of asking somebody else who ordinarily uses the device. */
export const OTHER_USER_OUTCOMES = ['agreed', 'not-reached', 'not-asked', 'refused'] as const
export type OtherUserOutcome = (typeof OTHER_USER_OUTCOMES)[number]

/** One further user: each person who ordinarily uses a device is a user of it (PCSC Act 2022 s.37(13); law row B1). */
export interface OtherUser {
  /** as the device's page names them */
  readonly name: string
  readonly outcome: OtherUserOutcome
  /** how they agreed, or why they did not or were not asked */
  readonly says: string
}

/** Everybody else who ordinarily uses a device, as its page has them: one to a line. */
export function otherUsersOf({ other_users: names }: { readonly other_users: string | null }): string[] {
  return [
    ...new Set(
      (names ?? '')
        .split('\n')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ]
}
