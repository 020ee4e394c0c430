/** Whom data are about, apart as DPA 2018 s.38(3) keeps them apart (law rows C6, C22). */
export const PEOPLE_CATEGORIES = {
  suspect: 'people suspected of an offence',
  convicted: 'people convicted of an offence',
  victim: 'victims, and people who may be victims',
  witness: 'witnesses, and others who know something of it',
  'other-user':
    'other people whose device it is: missing people, those who died, children and adults at risk among them',
  adult: 'parents, guardians and others who provide a device, agree for somebody, or are told',
  'third-party': 'other people whom something on a device is from, to or about',
  staff: 'officers, staff and independent counsel who use the service',
} as const
export type PeopleCategory = keyof typeof PEOPLE_CATEGORIES

/** What is known of them. `sensitive`: it may show what DPA 2018 s.35(8) protects, and is presumed to (law row C3). */
export const DATA_CATEGORIES = {
  identity: { says: 'names, and their part in the case' },
  device: { says: 'what a device looks like, its exhibit reference, where it is and who had it' },
  case: { says: 'the reference of the case, the offence, lines of enquiry and reasons' },
  needs: {
    says: 'whether somebody is a child or may be unable to agree, and what helps them to understand',
    sensitive: true,
  },
  answers: { says: 'the notice as it was served, what was answered to it, and a child’s views' },
  scope: { says: 'which records are sought: people, apps, times, words and places', sensitive: true },
  content: {
    says: 'messages, calls, contacts, pictures, films, sound, places and times from a device',
    sensitive: true,
  },
  figures: { says: 'how much was looked at, taken and left, in numbers' },
  reading: { says: 'what was searched for, tags, and notes as facts or assessments', sensitive: true },
  account: { says: 'identifier, name, rank, roles, security keys, and when somebody signed in' },
  acts: { says: 'who did what, when and under which authority, by ids and digests' },
  call: { says: 'number, direction, time and length of a call, and who held the phone', sensitive: true },
  app: { says: 'apps, who asked for them, what was assessed and decided of them' },
  fleet: { says: 'which phones of the force hold which apps, and who has them' },
  instruction: { says: 'what was read and answered of an instruction, and what staff report of apps' },
  incident: { says: 'what happened to personal data, its effects, and who was told' },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly sensitive?: true }>>
export type DataCategory = keyof typeof DATA_CATEGORIES

/** Whether a category is presumed to be sensitive. */
export function isSensitive(category: DataCategory): boolean {
  return 'sensitive' in DATA_CATEGORIES[category]
}
