import type { Where } from './person.ts'

/** Two things that one person may not both do, whatever roles they hold. */
export interface Separation {
  /** the fact that says who did the other thing */
  readonly other: 'requestedBy' | 'authorisedBy' | 'extractedBy' | 'proposedBy' | 'foundBy' | 'investigator'
  /** set where nobody may have done it yet: then there is nobody to be apart from */
  readonly mayBeNobody?: true
  /** said to whoever is refused */
  readonly says: string
  readonly law: string
}

/** The separations of duty (law row H, "minimum separation rules"). Acts name them in the table of policy. */
export const SEPARATIONS = {
  authoriser_not_requester: {
    other: 'requestedBy',
    says: 'You asked for this extraction. Somebody else must decide.',
    law: 'H1, H3',
  },
  authoriser_not_investigator: {
    other: 'investigator',
    says: 'You are the officer in this case. Somebody who is not involved must decide.',
    law: 'H3',
  },
  authoriser_not_former_extractor: {
    other: 'extractedBy',
    mayBeNobody: true,
    says: 'You ran an extraction from this device. Somebody who is not involved must decide.',
    law: 'H3, H6',
  },
  extractor_not_authoriser: {
    other: 'authorisedBy',
    says: 'You granted this authorisation. Somebody else must run the extraction.',
    law: 'H3, H6',
  },
  quarantine_not_extractor: {
    other: 'extractedBy',
    says: 'You ran this extraction. Somebody else must look at what was set apart from it.',
    law: 'H6, G1',
  },
  quarantine_not_investigator: {
    other: 'investigator',
    says: 'You are the officer in this case. What was set apart from it is not for you.',
    law: 'H1, G1',
  },
  decider_not_finder: {
    other: 'foundBy',
    mayBeNobody: true,
    says: 'You reported what came to light. Somebody else must decide what follows from it.',
    law: 'G15, H3',
  },
  approver_not_proposer: {
    other: 'proposedBy',
    says: 'You proposed this. Somebody else must approve it.',
    law: 'H14, E14',
  },
  disposer_not_investigator: {
    other: 'investigator',
    says: 'You are the officer in this case. Somebody else must decide what becomes of what it holds.',
    law: 'H14',
  },
} as const satisfies Readonly<Record<string, Separation>>

export type SeparationId = keyof typeof SEPARATIONS

/** Whether a separation holds for a person: `together` where it is the same person, `unknown` where nobody said who the other is. */
export function isApart(separation: SeparationId, person: string, where: Where): 'apart' | 'together' | 'unknown' {
  const { other: fact, mayBeNobody }: Separation = SEPARATIONS[separation]
  const other = where[fact]
  if (other === undefined || other === '') return mayBeNobody ? 'apart' : 'unknown'
  return other === person ? 'together' : 'apart'
}
