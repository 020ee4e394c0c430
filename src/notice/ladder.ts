import type { Agreement, Purpose } from '../authorisation/index.ts'

/** Who can agree: the user, or one of those whom section 38 names. */
export type Agreeing = Agreement['by']

export interface Situation {
  /** in whole years; absent = not known */
  readonly age?: number
  /** of an adult, under the Mental Capacity Act 2005; until somebody has assessed it, it is assumed */
  readonly capacity: 'has' | 'lacks' | 'not_assessed'
  readonly purpose: Purpose
  /** absent = there and can be asked */
  readonly user?: 'present' | 'missing' | 'died'
  /** their life is believed to be at risk, or serious harm to them */
  readonly atRisk?: boolean
  /** of a child: in the care of an authority or voluntary organisation */
  readonly inCare?: boolean
  /** another person ordinarily uses the device, is an adult and has capacity */
  readonly otherUser?: boolean
  /** which of those who might agree can be reached in time */
  readonly available: readonly Agreeing[]
}

/** One who may agree, and what must be true of them. */
export interface MayAgree {
  readonly by: Agreeing
  /** whether it is another user than the one spoken of */
  readonly other_user: boolean
  readonly law: string
  readonly says: string
}

/** A value with its provision. */
export interface LawReason {
  readonly code: string
  readonly says: string
  readonly law: string
}

export interface Ladder {
  /** who may agree, nearest first; empty where `nobody` says why */
  readonly may: readonly MayAgree[]
  readonly nobody?: LawReason
  /** ways of the Act that need no agreement, each with a test of its own */
  readonly without: readonly LawReason[]
}

/**
 * Who may agree, nearest first, or why nobody may: PCSC Act 2022 ss.37(1), 38 and 40 (law rows B1, B11, B14, B18, B19). The
 * responsible adult stands there only where nobody nearer can be reached. Gives possibilities; whether the tests of section 37
 * are met is decided elsewhere.
 */
export function whoMayAgree(situation: Situation): Ladder {
  const without = withoutAgreement(situation)
  const nobody = (code: string, says: string, law: string): Ladder => ({
    may: [],
    nobody: { code, says, law },
    without,
  })
  const other = situation.otherUser ? [OTHER_USER] : []
  if (situation.purpose === 'death-investigation')
    return nobody(
      'not_asked',
      'For a coroner’s investigation nobody is asked to agree: it has a power of its own.',
      'PCSC Act 2022 s.41',
    )
  if (situation.user === 'died' || situation.user === 'missing') {
    if (other.length > 0) return { may: other, without }
    return situation.user === 'died'
      ? nobody('user_died', 'The user has died, and nobody can agree in their place.', 'PCSC Act 2022 s.40')
      : nobody('user_missing', 'The user is missing, and nobody can agree in their place.', 'PCSC Act 2022 s.40')
  }
  if (situation.age === undefined)
    return nobody(
      'age_unknown',
      'The user’s age is not known: find it out, because a child cannot agree.',
      'PCSC Act 2022 ss.37(13), 38(1)',
    )
  if (situation.age >= ADULT && situation.capacity !== 'lacks') return { may: [USER, ...other], without }
  const rungs = situation.age < ADULT ? childRungs(situation) : ADULT_RUNGS
  const near = rungs.filter(({ by }) => situation.available.includes(by))
  const fallback = situation.age < ADULT ? CHILD_FALLBACK : ADULT_FALLBACK
  const may = [...other, ...(near.length > 0 ? near : situation.available.includes(fallback.by) ? [fallback] : [])]
  if (may.length > 0) return { may, without }
  return nobody('nobody_available', 'None of those who may agree in the user’s place can be reached.', fallback.law)
}

/** The age from which somebody is an adult in this Chapter: PCSC Act 2022 s.37(13). */
export const ADULT = 18

const USER: MayAgree = { by: 'user', other_user: false, law: 'PCSC Act 2022 s.37(1)', says: 'The user decides.' }
const OTHER_USER: MayAgree = {
  by: 'user',
  other_user: true,
  law: 'PCSC Act 2022 ss.37(1), 38(6) to (11)',
  says: 'Another adult who ordinarily uses the device, and who provided it, may agree.',
}

const CHILD = 'PCSC Act 2022 s.38(1) to (3)'
const PARENT: MayAgree = {
  by: 'parent-or-guardian',
  other_user: false,
  law: CHILD,
  says: 'A parent or guardian of the child.',
}
const CARE: MayAgree = {
  by: 'care-authority',
  other_user: false,
  law: CHILD,
  says: 'Only where the child is in the care of an authority or voluntary organisation.',
}
const CHILD_FALLBACK: MayAgree = {
  by: 'responsible-adult',
  other_user: false,
  law: 'PCSC Act 2022 s.38(3)(b)',
  says: 'A responsible adult of 18 or over who is not an authorised person, because nobody nearer can be reached; say why.',
}

function childRungs({ inCare }: Situation): readonly MayAgree[] {
  return inCare ? [PARENT, CARE] : [PARENT]
}

const LACKS = 'PCSC Act 2022 s.38(6) to (11)'
const ADULT_RUNGS: readonly MayAgree[] = [
  { by: 'parent-or-guardian', other_user: false, law: LACKS, says: 'A parent or guardian of the adult.' },
  {
    by: 'care-authority',
    other_user: false,
    law: LACKS,
    says: 'Only where an authority or voluntary organisation cares for the adult.',
  },
  {
    by: 'social-worker',
    other_user: false,
    law: LACKS,
    says: 'A registered social worker; note the registration number.',
  },
  {
    by: 'attorney',
    other_user: false,
    law: LACKS,
    says: 'An attorney under a lasting or enduring power; look at the document.',
  },
  { by: 'deputy', other_user: false, law: LACKS, says: 'A deputy of the Court of Protection; look at the order.' },
]
const ADULT_FALLBACK: MayAgree = { ...CHILD_FALLBACK, law: 'PCSC Act 2022 s.38(8)(f)' }

/** Conditions A, B and C of section 40, and section 41. The tests of section 37(5) to (10) stay. */
function withoutAgreement({ user, age, capacity, atRisk, purpose }: Situation): LawReason[] {
  const law = 'PCSC Act 2022 s.40'
  if (purpose === 'death-investigation')
    return [{ code: 'coroner', says: 'The power for the investigation of a death.', law: 'PCSC Act 2022 s.41' }]
  if (user === 'died')
    return [{ code: 'user-died', says: 'Condition A: the user has died, and was a user just before.', law }]
  if (user === 'missing')
    return atRisk
      ? [
          {
            code: 'missing',
            says: 'Condition C: the user is missing, and their life or safety is believed at risk.',
            law,
          },
        ]
      : []
  const protectedUser = (age !== undefined && age < ADULT) || capacity === 'lacks'
  return atRisk && protectedUser
    ? [
        {
          code: 'at-risk',
          says: 'Condition B: the user is a child or lacks capacity, and their life or safety is believed at risk.',
          law,
        },
      ]
    : []
}
