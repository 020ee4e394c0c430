/** What an extraction may be for (PCSC Act 2022 ss.37(2) and 41; law row B2, B19). */
export const PURPOSES = ['crime', 'missing-person', 'protect-child-or-at-risk-adult', 'death-investigation'] as const
export type Purpose = (typeof PURPOSES)[number]

/** The member of the document that a power cannot do without, and no other power may have. */
export type Ground = 'agreement' | 'without_agreement' | 'coroner' | 'instrument'

export interface Power {
  readonly id: string
  /** the section that it stands for, as a court reads it */
  readonly section: string
  readonly purposes: readonly Purpose[]
  readonly ground: Ground
}

const SECTION_37: readonly Purpose[] = ['crime', 'missing-person', 'protect-child-or-at-risk-adult']

/**
 * The closed list of powers. Choosing one is a decision of its own (PCSC Act 2022 s.37(12), law row B9): each has its own
 * ground, so that agreement cannot cover for a seizure, nor a warrant for an agreement that was refused.
 */
export const POWERS = [
  {
    id: 'pcsc-2022-s37',
    section: 'Police, Crime, Sentencing and Courts Act 2022, section 37 (device provided and agreement given)',
    purposes: SECTION_37,
    ground: 'agreement',
  },
  {
    id: 'pcsc-2022-s40',
    section: 'Police, Crime, Sentencing and Courts Act 2022, section 40 (user has died, is at risk, or is missing)',
    purposes: SECTION_37,
    ground: 'without_agreement',
  },
  {
    id: 'pcsc-2022-s41',
    section: 'Police, Crime, Sentencing and Courts Act 2022, section 41 (investigation of a death)',
    purposes: ['death-investigation'],
    ground: 'coroner',
  },
  {
    id: 'pace-1984-s8',
    section: 'Police and Criminal Evidence Act 1984, section 8 (search warrant)',
    purposes: ['crime'],
    ground: 'instrument',
  },
  {
    id: 'pace-1984-s19',
    section: 'Police and Criminal Evidence Act 1984, section 19 (general power of seizure)',
    purposes: ['crime'],
    ground: 'instrument',
  },
  {
    id: 'pace-1984-s20',
    section: 'Police and Criminal Evidence Act 1984, section 20 (seizure of information in electronic form)',
    purposes: ['crime'],
    ground: 'instrument',
  },
  {
    id: 'cjpa-2001-s50',
    section: 'Criminal Justice and Police Act 2001, section 50 (seizure from premises for sifting)',
    purposes: ['crime'],
    ground: 'instrument',
  },
  {
    id: 'cjpa-2001-s51',
    section: 'Criminal Justice and Police Act 2001, section 51 (seizure from the person for sifting)',
    purposes: ['crime'],
    ground: 'instrument',
  },
  {
    id: 'other',
    section: 'another power, as the instrument names it',
    purposes: PURPOSES,
    ground: 'instrument',
  },
] as const satisfies readonly Power[]

export type PowerId = (typeof POWERS)[number]['id']

/** Finds a power by its id. */
export function powerOf(id: PowerId): Power {
  const power = POWERS.find((candidate) => candidate.id === id)
  if (power === undefined) throw new TypeError('not a power')
  return power
}

/** Whether somebody has to have agreed; a power that was not chosen yet rests on nothing. */
export function restsOnAgreement(id: PowerId | undefined): boolean {
  return id !== undefined && powerOf(id).ground === 'agreement'
}
