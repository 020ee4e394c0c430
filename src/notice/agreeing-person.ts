import { ADULT, type Agreeing, type Ladder, type LawReason } from './ladder.ts'

/** Somebody who is about to agree, as far as it matters. Without a name: what was checked, not who it was. */
export interface AgreeingPerson {
  readonly by: Agreeing
  /** whether they are another user of the device */
  readonly otherUser?: boolean
  /** in whole years; absent = not asked */
  readonly age?: number
  /** an authorised person under section 44 and Schedule 3; by comparison with the list of staff */
  readonly authorisedPerson: boolean
  /** the power of attorney or the court's order was seen */
  readonly documentSeen?: boolean
  /** a social worker's registration was looked up */
  readonly registrationSeen?: boolean
}

/** Never without reasons, either way. */
export interface AgreeingVerdict {
  readonly may: boolean
  readonly reasons: readonly LawReason[]
}

/**
 * Whether this person may agree, given who may at all: 18 or over, and, in the place of somebody nearer, no authorised person
 * (PCSC Act 2022 s.38(3)(b), (8)(f); law rows B11, B14, H2). The Act says both of the responsible adult alone; here an
 * authorised person is refused for everybody but parents and guardians, and age is asked of all but them, because whoever acts
 * for the police should not agree for the person whom the police ask. That is a choice, and the reason says so.
 */
export function mayThisPersonAgree(person: AgreeingPerson, ladder: Ladder): AgreeingVerdict {
  const rung = ladder.may.find(({ by, other_user }) => by === person.by && other_user === (person.otherUser ?? false))
  if (!rung)
    return {
      may: false,
      reasons: [
        ladder.nobody ?? {
          code: 'not_on_the_ladder',
          says: 'Somebody nearer can be reached, or this person is not one of those whom the Act names.',
          law: 'PCSC Act 2022 s.38',
        },
      ],
    }
  const against: LawReason[] = []
  const fallback = person.by === 'responsible-adult'
  const parent = person.by === 'parent-or-guardian'
  if (!parent && person.by !== 'user' && person.age === undefined)
    against.push({ code: 'age_not_asked', says: 'Their age was not asked: they must be 18 or over.', law: rung.law })
  if (!parent && person.age !== undefined && person.age < ADULT)
    against.push({ code: 'under_18', says: 'They are under 18.', law: fallback ? rung.law : 'PCSC Act 2022 s.37(13)' })
  if (person.authorisedPerson && !parent && person.by !== 'user')
    against.push({
      code: 'authorised_person',
      says: fallback
        ? 'They are an authorised person, and so may not stand in for the user.'
        : 'They are an authorised person. The Act says so of the responsible adult only; by choice it is asked of all but parents.',
      law: fallback ? rung.law : 'PCSC Act 2022 s.38 (by choice)',
    })
  if ((person.by === 'attorney' || person.by === 'deputy') && !person.documentSeen)
    against.push({ code: 'document_not_seen', says: 'The document that lets them act was not seen.', law: rung.law })
  if (person.by === 'social-worker' && !person.registrationSeen)
    against.push({ code: 'registration_not_seen', says: 'Their registration was not looked up.', law: rung.law })
  return against.length > 0
    ? { may: false, reasons: against }
    : { may: true, reasons: [{ code: `may_${person.by.replaceAll('-', '_')}`, says: rung.says, law: rung.law }] }
}
