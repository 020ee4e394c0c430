import type { Field } from './field.ts'

/** The operations that DPA 2018 s.62 wants logged (law row C-LOG); `none` for what is logged by our own choice. */
export const OPERATIONS = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
  'none',
] as const
export type Operation = (typeof OPERATIONS)[number]

export type Fields = Readonly<Record<string, Field>>

/** What the registry says of one kind of event. */
export interface Kind<F extends Fields = Fields> {
  /** what happened, as a timeline says it */
  readonly says: string
  readonly covers: Operation
  /** whether it belongs to a case: its leaf then carries the case's pseudonym and number */
  readonly inCase: 'always' | 'sometimes' | 'never'
  /**
   * Whether its leaf points to the leaf that granted an authorisation: `live`, one that is not expired, varied, withdrawn; `granted`,
   * one that was once granted; `sometimes`, where there is one; `never`.
   */
  readonly under: 'live' | 'granted' | 'sometimes' | 'never'
  readonly fields: F
}

/** Of a kind of event: it belongs to no case, and so to no authorisation. */
export const OUTSIDE = { inCase: 'never', under: 'never' } as const
/** The same, of what DPA 2018 s.62 does not ask for. */
export const BY_CHOICE = { covers: 'none', ...OUTSIDE } as const

type ValueOf<F> = F extends Field<infer T, boolean> ? T : never
type NamesOf<F extends Fields, Optional extends boolean> = {
  [N in keyof F]: F[N]['optional'] extends Optional ? N : never
}[keyof F]

/** The details that a kind's fields ask for. */
export type DetailsOf<F extends Fields> = { readonly [N in NamesOf<F, false>]: ValueOf<F[N]> } & {
  readonly [N in NamesOf<F, true>]?: ValueOf<F[N]>
}
