/** One way of finding out that leaves the phone, or most of it, alone. */
export interface Rung {
  /** as the document names it */
  readonly means: string
  readonly hint: string
}

/**
 * Other means, the least intrusive first: the table that proportionality is judged by (PCSC Act 2022 s.37(7), law row B5), in the order in which
 * they are to be tried (R v Bater-James [2020] EWCA Crim 790, law rows D15, D16).
 */
export const LADDER: readonly Rung[] = [
  {
    means: 'asking somebody, or records already held',
    hint: 'Statements, records that the force has, other footage.',
  },
  { means: 'a look at the phone together with its user', hint: 'Nothing leaves the phone.' },
  { means: 'screenshots by the user', hint: 'The user chooses and sends what is asked for.' },
  { means: 'the suspect’s or another person’s device', hint: 'What was sent was also received.' },
  { means: 'the provider of the service', hint: 'Billing records, account data, messages on a server.' },
  { means: 'a narrower extraction', hint: 'Fewer kinds, apps, days or people than you mean to ask for.' },
]

/** What may have become of a means, as documents say it. */
export const OUTCOMES = [
  'not practicable',
  'not reasonably practicable',
  'not available',
  'does not avoid the risk',
  'tried without result',
] as const
export type Outcome = (typeof OUTCOMES)[number]
