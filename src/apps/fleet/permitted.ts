import type { Platform } from '../platform.ts'
import type { Reason } from '../reason.ts'
import type { Instant } from './instant.ts'

/**
 * What was decided about one app on one platform, as the catalogue gives it. The fleet decides nothing about it: it only looks
 * whether the decision holds at a time. Instants in UTC (`instantFrom`).
 */
export interface PermittedApp {
  /** the catalogue's entry: one app on two platforms is one entry */
  readonly entry: string
  readonly name: string
  readonly platform: Platform
  /** package name or bundle id */
  readonly id: string
  /** its address in the App Store, which Intune wants */
  readonly storeUrl?: string
  /** under which Intune knows it */
  readonly intuneApp?: string
  /** digests of certificates in hexadecimal, SHA-256 or SHA-1; none: nobody wrote them down, and they are not compared */
  readonly signers: readonly string[]
  readonly roles: readonly string[]
  readonly approved: Instant
  /** the first instant at which its assessment is no longer in date */
  readonly assessedUntil: Instant
  /** where it is over: whoever has it keeps it while it is looked at again, and nobody else gets it */
  readonly mayStay?: boolean
  /** suspended or withdrawn */
  readonly withdrawn?: Instant
  readonly minimum?: {
    readonly versionCode?: number
    readonly versionName?: string
    /** from when older ones were no longer allowed */
    readonly since: Instant
  }
  /** recording calls is what it was approved for */
  readonly mayRecord?: boolean
  /** the force's own, which comes from no shop */
  readonly inHouse?: boolean
  /** on how many phones it may be */
  readonly cohort?: number
}

/** Why a decision does not hold. */
export type Lapse = 'not_approved_yet' | 'withdrawn' | 'assessment_ended'

export const LAPSES: Readonly<Record<Lapse, Pick<Reason, 'says' | 'source'>>> = {
  not_approved_yet: { says: 'Its approval has not begun.', source: 'Data Protection Act 2018 s.57(3) to (5)' },
  withdrawn: { says: 'It was suspended or withdrawn.', source: 'Data Protection Act 2018 s.57(3) to (5)' },
  assessment_ended: {
    says: 'Its impact assessment is no longer in date.',
    source: 'Data Protection Act 2018 s.64',
  },
}

/** Whether an app is permitted at a time; the first lapse where it is not, and since when. */
export function lapseOf(
  app: PermittedApp,
  at: Instant,
): { readonly lapse: Lapse; readonly since: Instant } | undefined {
  if (app.approved > at) return { lapse: 'not_approved_yet', since: app.approved }
  const ends = [
    { lapse: 'withdrawn', since: app.withdrawn },
    { lapse: 'assessment_ended', since: app.assessedUntil },
  ] as const
  const over = ends.flatMap(({ lapse, since }) => (since !== undefined && since <= at ? [{ lapse, since }] : []))
  return over.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))[0]
}
