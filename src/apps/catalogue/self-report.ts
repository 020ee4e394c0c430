import type { Day } from '../../retention/index.ts'
import type { Person } from '../person.ts'
import type { Reason } from '../reason.ts'

/**
 * Somebody says themselves that an app is, or was, on their phone that nobody assessed. What they say decides what is kept for
 * a court, so it is asked in closed lists; nothing may be deleted before it was looked at.
 */
export interface SelfReport {
  readonly id: string
  readonly on: Day
  /** absent: reported without a name */
  readonly by?: Person
  /** package name or bundle id, or what it is called */
  readonly app: string
  readonly installed: (typeof INSTALLED)[number]
  readonly since?: Day
  readonly phone: (typeof WHOSE_PHONE)[number]
  readonly data: (typeof DATA_HELD)[number]
  readonly deleted: (typeof DELETED)[number]
  /** whether they know of anything in it that bears on an investigation */
  readonly evidence: (typeof EVIDENCE)[number]
  /** whether anybody was told before */
  readonly used_after_told_not_to: boolean
}

export const INSTALLED = ['still', 'no_longer', 'not_known'] as const
export const WHOSE_PHONE = ['of_the_force', 'own'] as const
export const DATA_HELD = ['none', 'on_the_phone', 'in_a_cloud', 'both', 'not_known'] as const
export const DELETED = ['nothing', 'some', 'all', 'not_known'] as const
export const EVIDENCE = ['no', 'yes', 'not_known'] as const

/** For how long a force promises that reporting alone has no consequences, and for what. */
export interface Amnesty {
  readonly from: Day
  /** its last day */
  readonly until: Day
  /** empty: every app */
  readonly apps: readonly string[]
}

export const AMNESTY_REASONS = {
  within_amnesty: 'It was reported while the amnesty lasted.',
  outside_amnesty: 'It was reported before the amnesty began or after it ended.',
  other_app: 'The amnesty is for other apps.',
  told_not_to: 'It was used after they were told not to.',
} as const

/** What must follow from a report, whoever made it. */
export const FOLLOWING = {
  keep_everything: 'Delete nothing: what is on the phone is listed first.',
  collect_phone: 'Take in the phone, or have the app stopped from afar.',
  collect_cloud: 'Have what is in the cloud listed and kept.',
  tell_disclosure: 'Tell the disclosure officer: it may be evidence.',
  record_deletion: 'Record what was deleted and when: it may have been material to a case.',
  tell_officer: 'Tell the data protection officer.',
} as const

/** Whether a report is covered, and why. Pure. */
export function underAmnesty(
  report: SelfReport,
  amnesty: Amnesty,
): { readonly covered: boolean; readonly reasons: readonly Reason[] } {
  const against: (keyof typeof AMNESTY_REASONS)[] = [
    ...(report.on < amnesty.from || report.on > amnesty.until ? (['outside_amnesty'] as const) : []),
    ...(amnesty.apps.length > 0 && !amnesty.apps.includes(report.app) ? (['other_app'] as const) : []),
    ...(report.used_after_told_not_to ? (['told_not_to'] as const) : []),
  ]
  const codes = against.length > 0 ? against : (['within_amnesty'] as const)
  return {
    covered: against.length === 0,
    reasons: codes.map((code) => ({ code, says: AMNESTY_REASONS[code], source: 'own' })),
  }
}

/** What is to be done about a report, first things first. Not knowing counts as yes. */
export function followingFrom({ installed, data, deleted, evidence }: SelfReport): (keyof typeof FOLLOWING)[] {
  return [
    ...(data === 'none' && deleted === 'nothing' ? [] : (['keep_everything'] as const)),
    ...(installed !== 'no_longer' || ['on_the_phone', 'both', 'not_known'].includes(data)
      ? (['collect_phone'] as const)
      : []),
    ...(['in_a_cloud', 'both', 'not_known'].includes(data) ? (['collect_cloud'] as const) : []),
    ...(evidence === 'no' ? [] : (['tell_disclosure'] as const)),
    ...(deleted === 'nothing' ? [] : (['record_deletion'] as const)),
    'tell_officer',
  ]
}
