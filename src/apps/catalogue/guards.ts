import type { Day } from '../../retention/index.ts'
import { type Dpia, dpiaDigest } from '../dpia/dpia.ts'
import { dpiaStanding } from '../dpia/standing.ts'
import { isSamePerson, type Person } from '../person.ts'
import type { Reason } from '../reason.ts'
import { type CatalogueEntry, missingFromEntry } from './entry.ts'
import { type Instruction, instructionDigest, instructionFaults } from './instruction.ts'
import { type AppVersion, changesOf } from './version.ts'

/** What an entry refers to, as it stands now. */
export interface Facts {
  readonly dpia?: Dpia
  readonly instruction?: Instruction
}

const ACT = 'Data Protection Act 2018'
const ICO = 'ICO, reprimand of 18 April 2023: actions within three months'

/** Why an app may not be let onto phones. */
export const GUARD_REASONS = {
  entry_incomplete: { says: 'Its entry in the catalogue is not complete.', source: ICO },
  cannot_restrict: { says: 'It cannot be kept to some roles.', source: `${ACT} s.57(3) to (5)` },
  restriction_not_shown: {
    says: 'Nobody has shown that it stays with those roles: each with it, and somebody without it kept out.',
    source: `${ACT} s.57(3) to (5)`,
  },
  records_by_itself: { says: 'It records without anybody asking it to.', source: `${ACT} s.35; ICO, 18 April 2023` },
  recording_hidden: { says: 'It does not show that it records.', source: `${ACT} s.35; ICO, 18 April 2023` },
  recording_without_route: {
    says: 'It could record calls, and no lawful route for that is named.',
    source: 'Investigatory Powers Act 2016 ss.3, 44',
  },
  recording_prohibited: {
    says: 'There is no lawful route for what it records.',
    source: 'Investigatory Powers Act 2016 s.3',
  },
  no_contract: { says: 'The supplier processes data, and no contract in force binds them.', source: `${ACT} s.59` },
  no_dpia: { says: 'It has no data protection impact assessment.', source: `${ACT} s.64` },
  dpia_other: { says: 'The assessment is another than the entry names, or of other apps.', source: `${ACT} s.64` },
  dpia_approved_by_owner: { says: 'Whoever answers for the app has approved its assessment.', source: 'own' },
  security_not_passed: { says: 'Its security was not found good enough.', source: `${ACT} s.66` },
  security_of_other_version: { says: 'Its security was reviewed in another version.', source: `${ACT} s.66` },
  security_by_owner: { says: 'Whoever answers for the app has reviewed its security.', source: 'own' },
  instruction_other: { says: 'The instruction for staff is another than the entry names.', source: ICO },
  instruction_faulty: { says: 'The instruction for staff lacks something.', source: ICO },
  review_due: { says: 'Its day of review has come.', source: ICO },
  not_yet: { says: 'Something in its entry bears a day that has not come.', source: 'own' },
  one_person: { says: 'One person cannot ask and decide.', source: 'own' },
  owner_decides: { says: 'Whoever answers for the app, or asked for it, does not decide on it.', source: 'own' },
  officer_decides: { says: 'The data protection officer advises and decides nothing.', source: `${ACT} s.70(4)` },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>

/** What stands against an app being on phones on a day, whoever wants it. Empty: nothing does. Pure. */
export function againstLettingOn(
  entry: CatalogueEntry,
  seen: readonly AppVersion[],
  { dpia, instruction }: Facts,
  on: Day,
): Reason[] {
  return [
    ...missingFromEntry(entry).map(({ field }) => because('entry_incomplete', field)),
    ...aboutRestriction(entry, on),
    ...aboutRecording(entry),
    ...aboutSupplier(entry, on),
    ...aboutDpia(entry, dpia, on),
    ...aboutSecurity(entry, on),
    ...aboutInstruction(entry, instruction, on),
    ...(entry.review_on !== undefined && entry.review_on <= on ? [because('review_due', entry.review_on)] : []),
    ...aboutVersions(entry, seen),
  ]
}

/** What stands against two people deciding together: asked by one, decided by another. */
export function againstDeciding(
  askedBy: Person,
  decidedBy: Person,
  { owner }: CatalogueEntry,
  requestedBy: Person,
  { dpia }: Facts,
): Reason[] {
  const officers = [dpia?.dpo, dpia?.advice?.by].filter((one) => one !== undefined)
  const others = [owner, requestedBy].filter((one) => one !== undefined)
  return [
    ...(isSamePerson(askedBy, decidedBy) ? [because('one_person')] : []),
    ...(others.some((one) => isSamePerson(one, decidedBy)) ? [because('owner_decides')] : []),
    ...(officers.some((one) => isSamePerson(one, decidedBy) || isSamePerson(one, askedBy))
      ? [because('officer_decides')]
      : []),
  ]
}

function aboutRestriction({ restrictability: test, roles }: CatalogueEntry, on: Day): Reason[] {
  if (test === undefined) return []
  if (test.result !== 'restricted') return [because('cannot_restrict')]
  const untried = roles.filter((role) => !test.roles_let_in.includes(role))
  return [
    ...untried.map((role) => because('restriction_not_shown', role)),
    ...(test.outsider_kept_out && test.evidence.trim() !== '' ? [] : [because('restriction_not_shown')]),
    ...(test.on > on ? [because('not_yet', 'restrictability')] : []),
  ]
}

function aboutRecording({ recording, versions, defaults }: CatalogueEntry): Reason[] {
  const records = versions.some(({ recorder }) => recorder === 'A' || recorder === 'B')
  return [
    ...(records && recording === 'none' ? [because('recording_without_route')] : []),
    ...(recording === 'prohibited' ? [because('recording_prohibited')] : []),
    ...(defaults?.records_by_itself ? [because('records_by_itself')] : []),
    ...((records || recording !== 'none') && defaults?.shows_that_it_records === false
      ? [because('recording_hidden')]
      : []),
  ]
}

function aboutSupplier({ supplier: { processes_data, contract } }: CatalogueEntry, on: Day): Reason[] {
  if (!processes_data) return []
  const binds =
    contract?.has_required_terms &&
    contract.reference.trim() !== '' &&
    contract.from <= on &&
    (contract.until === undefined || on <= contract.until)
  return binds ? [] : [because('no_contract')]
}

function aboutDpia(entry: CatalogueEntry, dpia: Dpia | undefined, on: Day): Reason[] {
  if (entry.dpia === undefined || dpia === undefined) return [because('no_dpia')]
  if (
    dpiaDigest(dpia) !== entry.dpia.digest ||
    dpia.reference !== entry.dpia.reference ||
    !dpia.apps.includes(entry.id)
  )
    return [because('dpia_other')]
  const { verdict, reasons } = dpiaStanding(dpia, on)
  const approved = [dpia.sign_off?.measures?.by, dpia.sign_off?.residual_risk?.by].filter((one) => one !== undefined)
  const { owner } = entry
  return [
    ...(verdict === 'in_date' ? [] : reasons),
    ...(owner !== undefined && approved.some((one) => isSamePerson(one, owner))
      ? [because('dpia_approved_by_owner')]
      : []),
  ]
}

function aboutSecurity({ security_review: review, versions, owner }: CatalogueEntry, on: Day): Reason[] {
  if (review === undefined) return []
  const looked = (one: AppVersion) =>
    review.versions.some(({ platform, version }) => platform === one.platform && version === one.version)
  return [
    ...(review.outcome === 'passed' ? [] : [because('security_not_passed')]),
    ...versions.filter((one) => !looked(one)).map(({ platform }) => because('security_of_other_version', platform)),
    ...(owner !== undefined && isSamePerson(review.by, owner) ? [because('security_by_owner')] : []),
    ...(review.on > on ? [because('not_yet', 'security_review')] : []),
  ]
}

function aboutInstruction(entry: CatalogueEntry, instruction: Instruction | undefined, on: Day): Reason[] {
  if (entry.instruction === undefined) return []
  if (instruction?.app !== entry.id || instructionDigest(instruction) !== entry.instruction)
    return [because('instruction_other')]
  return [
    ...(instructionFaults(instruction).length > 0 ? [because('instruction_faulty')] : []),
    ...(instruction.issued > on ? [because('not_yet', 'instruction')] : []),
  ]
}

/** The last version that was seen of each package, held against the one that was assessed. */
function aboutVersions({ versions }: CatalogueEntry, seen: readonly AppVersion[]): Reason[] {
  return versions.flatMap((accepted) => {
    const last = seen.findLast(({ platform, id }) => platform === accepted.platform && id === accepted.id)
    return last === undefined ? [] : changesOf(accepted, last)
  })
}

function because(code: keyof typeof GUARD_REASONS, about?: string): Reason {
  return { code, ...GUARD_REASONS[code], ...(about === undefined ? {} : { about }) }
}
