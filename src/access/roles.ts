/** One role that a person may hold. */
export interface RoleEntry {
  /** as it stands in the database and in the claims of the force's directory */
  readonly id: string
  /** as it is shown */
  readonly title: string
  /** what whoever holds it comes for, in one sentence */
  readonly does: string
  /** rows of the requirements sheet, and the section where there is one */
  readonly law: string
}

/** The closed list of roles (law row H). Whoever holds none may do nothing. */
export const ROLES = [
  {
    id: 'investigator',
    title: 'Investigating officer',
    does: 'raises lines of enquiry, asks for an extraction, serves the notice, takes agreement, reads what was taken.',
    law: 'H1, H2',
  },
  {
    id: 'authorising_officer',
    title: 'Authorising officer',
    does: 'tests necessity, proportionality and alternatives; narrows, grants, refuses or returns a request.',
    law: 'H3, B27',
  },
  {
    id: 'media_investigator',
    title: 'Digital media investigator',
    does: 'advises on alternatives, scope and method; decides nothing.',
    law: 'H4',
  },
  {
    id: 'exhibits_officer',
    title: 'Exhibits officer',
    does: 'receives, moves and returns devices.',
    law: 'B25, B26',
  },
  {
    id: 'extraction_officer',
    title: 'Extraction officer (kiosk operator or examiner)',
    does: 'runs the extraction inside what was granted.',
    law: 'H5, H6',
  },
  {
    id: 'reviewer',
    title: 'Reviewer',
    does: 'reads and tags what was taken, for a stated purpose.',
    law: 'H1, H9',
  },
  {
    id: 'disclosure_officer',
    title: 'Disclosure officer',
    does: 'inspects, applies the test of disclosure, and hands over.',
    law: 'H8',
  },
  {
    id: 'counsel',
    title: 'Independent counsel',
    does: 'reads what may be privileged, apart from the investigation, and decides whether it is.',
    law: 'H10, G1',
  },
  {
    id: 'records_reviewer',
    title: 'Records reviewer',
    does: 'reviews what is held, decides how long it stays, proposes or approves destruction.',
    law: 'H14',
  },
  {
    id: 'information_asset_owner',
    title: 'Information asset owner',
    does: 'owns what is held: the schedule, the reviews of access, the second yes to a destruction.',
    law: 'H11',
  },
  {
    id: 'data_protection_officer',
    title: 'Data protection officer',
    does: 'sees everything but what came from phones, advises and audits; decides nothing.',
    law: 'H12, C29; DPA 2018 ss.69-71',
  },
  {
    id: 'app_owner',
    title: 'App owner (mobile platform team)',
    does: 'puts apps through their governance, and sees which phones hold what they should not; approves nothing.',
    law: 'H17, E9, E10, E12',
  },
  {
    id: 'administrator',
    title: 'Administrator',
    does: 'keeps the service running and gives people their roles; sees nothing that came from a phone.',
    law: 'H18; DPA 2018 ss.57(5), 66',
  },
  {
    id: 'key_custodian',
    title: 'Key custodian',
    does: 'turns and restores the keys that seal extracts; opens none.',
    law: 'H18',
  },
  {
    id: 'log_custodian',
    title: 'Log custodian',
    does: 'keeps the log and its witnesses; cannot alter it.',
    law: 'H18; DPA 2018 s.62',
  },
  {
    id: 'auditor',
    title: 'Auditor (professional standards, oversight)',
    does: 'asks the log, for one of the four purposes of section 62(4), each time stated and logged.',
    law: 'H19, H21, H22; DPA 2018 s.62(4)',
  },
] as const satisfies readonly RoleEntry[]

export type Role = (typeof ROLES)[number]['id']

const BY_ID: ReadonlyMap<string, RoleEntry> = new Map(ROLES.map((role) => [role.id, role]))

/** Whether a word from outside, such as a claim, is a role. */
export function isRole(word: string): word is Role {
  return BY_ID.has(word)
}

/** Gives what is known of a role. */
export function roleEntry(role: Role): RoleEntry {
  const entry = BY_ID.get(role)
  if (entry === undefined) throw new TypeError('not a role')
  return entry
}
