import type { Role } from '../access/index.ts'

/** Somebody of the invented force, with what they come to Peel for. */
export interface StoryPerson {
  readonly id: string
  readonly name: string
  readonly rank?: string
  readonly roles: readonly Role[]
  /** the Part of Schedule 3 to the PCSC Act 2022 that lists them */
  readonly schedule3?: 1 | 2 | 3
  readonly does: string
}

/** The people of Calder Valley Police, which does not exist, and nor do they. */
export const STORY_PEOPLE: readonly StoryPerson[] = [
  {
    id: 'pc4417',
    name: 'Amira Shah',
    rank: 'constable',
    roles: ['investigator'],
    schedule3: 1,
    does: 'Investigates. Asks for what is needed from a phone, and serves the notice.',
  },
  {
    id: 'dc2208',
    name: 'Tom Hollis',
    rank: 'detective constable',
    roles: ['investigator'],
    schedule3: 1,
    does: 'Investigates too, on other cases.',
  },
  {
    id: 'insp91',
    name: 'Grace Obi',
    rank: 'inspector',
    roles: ['authorising_officer'],
    schedule3: 1,
    does: 'Decides on requests: grants, narrows, refuses, returns.',
  },
  {
    id: 'insp64',
    name: 'Rhys Bevan',
    rank: 'inspector',
    roles: ['authorising_officer'],
    schedule3: 1,
    does: 'Decides too, when Grace Obi may not.',
  },
  {
    id: 'supt12',
    name: 'Meera Lowe',
    rank: 'superintendent',
    roles: ['authorising_officer'],
    schedule3: 1,
    does: 'Decides on confidential journalistic material, and on requests.',
  },
  {
    id: 'ext118',
    name: 'Priya Nand',
    roles: ['extraction_officer'],
    schedule3: 1,
    does: 'Runs the extraction at the kiosk, inside what was granted.',
  },
  {
    id: 'exh305',
    name: 'Colin Reeve',
    roles: ['exhibits_officer'],
    schedule3: 1,
    does: 'Receives phones, keeps them safe, gives them back.',
  },
  {
    id: 'rev220',
    name: 'Hannah Lowe',
    roles: ['reviewer'],
    schedule3: 1,
    does: 'Reads what was taken, and says what is relevant.',
  },
  {
    id: 'dis231',
    name: 'Marcus Tell',
    roles: ['disclosure_officer'],
    schedule3: 1,
    does: 'Looks for what helps the other side, and hands over.',
  },
  {
    id: 'csl007',
    name: 'Ines Varga',
    roles: ['counsel'],
    does: 'Independent counsel: reads what may be privileged, apart from everybody else.',
  },
  {
    id: 'rec140',
    name: 'Judith Park',
    roles: ['records_reviewer'],
    does: 'Reviews what is held, and proposes what is to be destroyed.',
  },
  {
    id: 'iao012',
    name: 'Stephen Ames',
    roles: ['information_asset_owner'],
    does: 'Answers for what is held. The second yes to a destruction.',
  },
  {
    id: 'iao014',
    name: 'Hazel Whitlock',
    roles: ['information_asset_owner'],
    does: 'Answers for what is held too, when Stephen Ames may not.',
  },
  {
    id: 'app021',
    name: 'Marek Dunn',
    roles: ['app_owner'],
    does: 'Puts apps through their governance, and sees which phones hold what they should not.',
  },
  {
    id: 'app022',
    name: 'Joy Fenwick',
    roles: ['app_owner'],
    does: 'Puts apps through their governance too.',
  },
  {
    id: 'dpo001',
    name: 'Leila Aziz',
    roles: ['data_protection_officer'],
    does: 'Sees how everything is done, and decides nothing.',
  },
  { id: 'aud009', name: 'Wendy Clarke', roles: ['auditor'], does: 'Asks the log, for a stated purpose.' },
  { id: 'adm003', name: 'Paul Imrie', roles: ['administrator'], does: 'Keeps the service running. Sees no case.' },
]
