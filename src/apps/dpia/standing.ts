import { after, type Day } from '../../retention/index.ts'
import { isSamePerson, type Person } from '../person.ts'
import type { Reason } from '../reason.ts'
import { assessedDigest, commissionersDay, type Dpia } from './dpia.ts'
import { isBlank, missingFrom } from './missing.ts'

/** What an assessment is worth on a day. `in_date`: approved, and to be relied on; with `review_due` it was, and no longer is. */
export interface DpiaStanding {
  readonly verdict: 'draft' | 'not_approved' | 'in_date' | 'review_due'
  /** why it is not in date, or until when it is: never empty */
  readonly reasons: readonly Reason[]
}

/** Longest time between sign-off and the day of review. */
const LONGEST = { years: 2 } as const

const ACT = 'Data Protection Act 2018'
const TEMPLATE = 'ICO template of a data protection impact assessment, step 7'

/** Why an assessment may not be relied on, in the order in which it is mended. */
export const DPIA_REASONS = {
  dpia_incomplete: { says: 'The assessment is not complete.', source: `${ACT} s.64(3)` },
  dpia_no_advice: { says: 'The data protection officer has not advised on it.', source: `${ACT} ss.70, 71` },
  dpia_advice_not_of_officer: {
    says: 'The advice is not by the data protection officer that it names.',
    source: `${ACT} s.71`,
  },
  dpia_officer_decides: {
    says: 'The data protection officer advises, and decides and approves nothing.',
    source: `${ACT} s.70(4)`,
  },
  dpia_advice_older: { says: 'It was changed after the advice on it.', source: `${ACT} s.71` },
  dpia_advised_against: {
    says: 'The data protection officer advised against it, and that was accepted.',
    source: `${ACT} s.71`,
  },
  dpia_overruled_without_reasons: {
    says: 'The advice was overruled, and no reasons are given.',
    source: TEMPLATE,
  },
  dpia_views_not_reviewed: { says: 'Nobody has looked at what people answered.', source: `${ACT} s.64(3)(d)` },
  dpia_views_not_followed: {
    says: 'It does not follow what people answered, and no reasons are given.',
    source: TEMPLATE,
  },
  dpia_commissioner_not_asked: {
    says: 'A high risk is left: the Information Commissioner must be consulted first.',
    source: `${ACT} s.65`,
  },
  dpia_commissioner_waits: {
    says: 'The Information Commissioner has not advised yet.',
    source: `${ACT} s.65`,
  },
  dpia_commissioner_against: {
    says: 'The Information Commissioner advised that it may not begin.',
    source: `${ACT} s.65`,
  },
  dpia_measures_not_approved: { says: 'Nobody has approved the measures.', source: TEMPLATE },
  dpia_residual_not_approved: { says: 'Nobody has approved what is left of the risks.', source: TEMPLATE },
  dpia_approval_older: { says: 'It was changed after it was approved.', source: 'own' },
  dpia_approved_before_advice: {
    says: 'It was approved before the data protection officer or the Commissioner had advised.',
    source: `${ACT} ss.65, 70(2)`,
  },
  dpia_one_person: { says: 'Two approvals are by one person.', source: 'own' },
  dpia_own_work: { says: 'Whoever wrote it has approved it.', source: 'own' },
  dpia_not_yet: { says: 'Something in it bears a day that has not come.', source: 'own' },
  dpia_review_too_far: {
    says: 'The day of review is not within two years after it was approved.',
    source: 'own',
  },
  dpia_review_due: { says: 'Its day of review has come.', source: TEMPLATE },
  dpia_in_date: { says: 'It is complete, advised on, approved by two people and in date.', source: `${ACT} s.64` },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>

type DpiaReasonCode = keyof typeof DPIA_REASONS

/** Says whether an assessment may be relied on, on a day. Pure; nobody decides here. */
export function dpiaStanding(dpia: Dpia, on: Day): DpiaStanding {
  const missing = missingFrom(dpia)
  if (missing.length > 0)
    return { verdict: 'draft', reasons: missing.map(({ field }) => ({ ...reason('dpia_incomplete'), about: field })) }
  const against = [...aboutAdvice(dpia), ...aboutCommissioner(dpia), ...aboutSignOff(dpia, on)]
  if (against.length > 0) return { verdict: 'not_approved', reasons: [...new Set(against)].map(reason) }
  if (dpia.review_on === undefined || dpia.review_on <= on)
    return { verdict: 'review_due', reasons: [reason('dpia_review_due')] }
  return { verdict: 'in_date', reasons: [{ ...reason('dpia_in_date'), about: dpia.review_on }] }
}

/** Whether the Commissioner must be consulted: a high risk is left with the measures (DPA 2018 s.65). */
export function mustConsult({ risks }: Dpia): boolean {
  return risks.some(({ residual }) => residual === 'high')
}

/** The assessments to be looked at again by a day, earliest first. */
export function reviewsDue(dpias: readonly Dpia[], by: Day): Dpia[] {
  return dpias
    .filter(({ review_on }) => review_on !== undefined && review_on <= by)
    .sort((a, b) => ((a.review_on ?? '') < (b.review_on ?? '') ? -1 : 1))
}

/** The day by which the Commissioner's advice is due; absent where it was not asked for, or has come. */
export function awaitsCommissionerUntil({ commissioner }: Dpia): Day | undefined {
  return commissioner === undefined || commissioner.advice ? undefined : commissionersDay(commissioner)
}

function reason(code: DpiaReasonCode): Reason {
  return { code, ...DPIA_REASONS[code] }
}

function when(holds: boolean, code: DpiaReasonCode): DpiaReasonCode[] {
  return holds ? [code] : []
}

function aboutAdvice(dpia: Dpia): DpiaReasonCode[] {
  const { advice, dpo, consultation_reviewed } = dpia
  const views = [
    ...when(consultation_reviewed === undefined, 'dpia_views_not_reviewed'),
    ...when(
      consultation_reviewed?.follows_views === false && isBlank(consultation_reviewed.reasons),
      'dpia_views_not_followed',
    ),
  ]
  if (advice === undefined || dpo === undefined || isBlank(advice.summary)) return ['dpia_no_advice', ...views]
  return [
    ...when(!isSamePerson(advice.by, dpo), 'dpia_advice_not_of_officer'),
    ...when(isOfficer(advice.decided_by, dpia), 'dpia_officer_decides'),
    ...when(advice.of !== assessedDigest(dpia), 'dpia_advice_older'),
    ...when(advice.advises === 'not_to_go_ahead' && advice.outcome === 'accepted', 'dpia_advised_against'),
    ...when(advice.outcome === 'overruled' && isBlank(advice.reasons), 'dpia_overruled_without_reasons'),
    ...views,
  ]
}

function aboutCommissioner(dpia: Dpia): DpiaReasonCode[] {
  const { commissioner } = dpia
  if (commissioner === undefined) return when(mustConsult(dpia), 'dpia_commissioner_not_asked')
  if (commissioner.advice === undefined) return ['dpia_commissioner_waits']
  return when(!commissioner.advice.may_begin, 'dpia_commissioner_against')
}

function aboutSignOff(dpia: Dpia, on: Day): DpiaReasonCode[] {
  const { advice, commissioner, consultation_reviewed, prepared_by, review_on, sign_off } = dpia
  const { measures, residual_risk } = sign_off ?? {}
  const given = [measures, residual_risk].filter((one) => one !== undefined)
  const advised = [advice?.on, commissioner?.sent, commissioner?.advice?.on].filter((day) => day !== undefined)
  const days = [...advised, ...given.map((one) => one.on), ...(consultation_reviewed ? [consultation_reviewed.on] : [])]
  const digest = assessedDigest(dpia)
  const last = given
    .map((one) => one.on)
    .sort()
    .at(-1)
  return [
    ...when(measures === undefined, 'dpia_measures_not_approved'),
    ...when(residual_risk === undefined, 'dpia_residual_not_approved'),
    ...when(
      given.some(({ of }) => of !== digest),
      'dpia_approval_older',
    ),
    ...when(
      given.some((one) => advised.some((day) => one.on < day)),
      'dpia_approved_before_advice',
    ),
    ...when(
      given.some(({ by }) => isOfficer(by, dpia)),
      'dpia_officer_decides',
    ),
    ...when(
      measures !== undefined && residual_risk !== undefined && isSamePerson(measures.by, residual_risk.by),
      'dpia_one_person',
    ),
    ...when(
      given.some(({ by }) => prepared_by !== undefined && isSamePerson(by, prepared_by)),
      'dpia_own_work',
    ),
    ...when(
      days.some((day) => day > on),
      'dpia_not_yet',
    ),
    ...when(last !== undefined && review_on !== undefined && review_on > after(last, LONGEST), 'dpia_review_too_far'),
  ]
}

/** Whoever the document names as the officer, and whoever advised as such. */
function isOfficer(person: Person, { dpo, advice }: Dpia): boolean {
  return [dpo, advice?.by].some((officer) => officer !== undefined && isSamePerson(person, officer))
}
