import { idKey } from '../records/index.ts'
import type { Authorisation } from './authorisation.ts'
import { imei } from './device.ts'
import { parseInstant } from './instant.ts'
import { powerOf } from './power.ts'
import { AUTHORISING_RANKS, isRankListed } from './rank.ts'
import type { Fault, Path } from './schema.ts'

export interface RuleOptions {
  /** ranks that may authorise; default: inspector and above */
  readonly authorisingRanks?: readonly string[]
}

/** Gives every breach of the rules that a schema cannot say, for a document that the schema accepts. */
export function breachesOf(authorisation: Authorisation, { authorisingRanks = AUTHORISING_RANKS }: RuleOptions = {}) {
  return [
    ...versionBreaches(authorisation),
    ...groundBreaches(authorisation),
    ...timeBreaches(authorisation),
    ...scopeBreaches(authorisation),
    ...testBreaches(authorisation),
    ...agreementBreaches(authorisation),
    ...peopleBreaches(authorisation, authorisingRanks),
    ...deviceBreaches(authorisation),
  ]
}

function fault(path: Path, message: string, hint: string): Fault {
  return { path, message, hint }
}

/** A change of scope is a new decision, and says which one it replaces (law row B29). */
function versionBreaches({ version, supersedes }: Authorisation): Fault[] {
  if (version === 1 && supersedes !== undefined)
    return [fault(['supersedes'], 'must not be given in version 1', 'take it out, or raise the version')]
  if (version > 1 && supersedes === undefined)
    return [
      fault(
        ['supersedes'],
        'must be given from version 2 on',
        'give the digest that `peel authorise` printed for the version before',
      ),
    ]
  return []
}

const GROUND_HINTS = {
  agreement: 'section 37 rests on agreement after a written notice: PCSC Act 2022 s.39',
  without_agreement: 'section 40 rests on one of its conditions A, B, C: PCSC Act 2022 s.40',
  coroner: 'section 41 rests on the investigation of a death: PCSC Act 2022 s.41',
  instrument: 'this power rests on a document such as a warrant or a record of seizure',
} as const

/** Each power has its own purposes and its own ground, and may not borrow another's (law rows B9, B18, B19). */
function groundBreaches(authorisation: Authorisation): Fault[] {
  const power = powerOf(authorisation.power)
  const faults: Fault[] = []
  if (!power.purposes.includes(authorisation.purpose))
    faults.push(fault(['purpose'], `is not a purpose of ${power.id}`, `its purposes are: ${power.purposes.join(', ')}`))
  for (const ground of ['agreement', 'without_agreement', 'coroner', 'instrument'] as const) {
    const given = authorisation[ground] !== undefined
    if (given && ground !== power.ground)
      faults.push(
        fault(
          [ground],
          `does not belong to ${power.id}`,
          `take it out, or choose the power that it belongs to: ${GROUND_HINTS[ground]}`,
        ),
      )
    if (!given && ground === power.ground)
      faults.push(fault([ground], `must be given for ${power.id}`, GROUND_HINTS[ground]))
  }
  if (power.id === 'other' && authorisation.instrument && authorisation.instrument.enactment === undefined)
    faults.push(fault(['instrument', 'enactment'], 'must be given where power is other', 'name the Act and section'))
  if (power.ground === 'agreement' && authorisation.device.user_role === 'suspect')
    faults.push(
      fault(
        ['device', 'user_role'],
        "does not go with pcsc-2022-s37: agreement does not stand in for seizing a suspect's device",
        'choose the power under which the device was seized: PCSC Act 2022 s.37(12)',
      ),
    )
  return faults
}

function timeBreaches(authorisation: Authorisation): Fault[] {
  const faults: Fault[] = []
  const instants: [Path, string | undefined][] = [
    [['valid', 'from'], authorisation.valid.from],
    [['valid', 'until'], authorisation.valid.until],
    [['agreement', 'notice_served'], authorisation.agreement?.notice_served],
    [['agreement', 'agreed'], authorisation.agreement?.agreed],
    [['agreement', 'copy_given'], authorisation.agreement?.copy_given],
    [['instrument', 'issued'], authorisation.instrument?.issued],
    [['instrument', 'expires'], authorisation.instrument?.expires],
    ...authorisation.scope.flatMap(({ between }, at): [Path, string | undefined][] => [
      [['scope', at, 'between', 'from'], between?.from],
      [['scope', at, 'between', 'to'], between?.to],
    ]),
  ]
  for (const [path, text] of instants)
    if (text !== undefined && parseInstant(text) === undefined)
      faults.push(fault(path, 'is no instant', 'there is no such day, hour or zone; write it as 2026-03-01T00:00:00Z'))
  for (const [at, { between }] of authorisation.scope.entries())
    if (between && !isBefore(between.from, between.to))
      faults.push(
        fault(['scope', at, 'between'], '`from` must be before `to`', '`to` is the first instant no longer taken'),
      )
  const { valid, agreement } = authorisation
  if (!isBefore(valid.from, valid.until))
    faults.push(fault(['valid'], '`from` must be before `until`', '`until` is the first instant no longer valid'))
  const { expires } = authorisation.instrument ?? {}
  // What is done under a document lasts no longer than it does (law row G14).
  if (expires !== undefined && isBefore(expires, valid.until) && parseInstant(expires) !== undefined)
    faults.push(
      fault(
        ['valid', 'until'],
        'must not be after `instrument.expires`',
        'nothing may be taken under a document that has run out',
      ),
    )
  // PCSC Act 2022 s.39(1) to (4): notice, then agreement, then extraction.
  if (agreement && !isBefore(agreement.notice_served, agreement.agreed))
    faults.push(
      fault(
        ['agreement', 'agreed'],
        'must be after `notice_served`',
        'agreement counts only after the written notice: PCSC Act 2022 s.39(1) to (4)',
      ),
    )
  if (agreement && !isBefore(agreement.agreed, valid.from))
    faults.push(
      fault(
        ['valid', 'from'],
        'must be after `agreement.agreed`',
        'nothing may be taken before agreement: PCSC Act 2022 s.37(1)(b)',
      ),
    )
  return faults
}

/** Whether one instant is before another; true where either is none, which is a fault of its own. */
function isBefore(earlier: string, later: string): boolean {
  const [a, b] = [parseInstant(earlier), parseInstant(later)]
  return a === undefined || b === undefined || a < b
}

/** Every clause serves a line of enquiry (law row B3). */
function scopeBreaches({ scope, lines_of_enquiry }: Authorisation): Fault[] {
  const lines = new Set(lines_of_enquiry.map(({ id }) => id))
  return [
    ...repeated(lines_of_enquiry.map(({ id }) => id)).map((at) =>
      fault(['lines_of_enquiry', at, 'id'], 'is used twice', 'give every line of enquiry an id of its own'),
    ),
    ...repeated(scope.map(({ id }) => id)).map((at) =>
      fault(['scope', at, 'id'], 'is used twice', 'give every clause an id of its own: records are counted by it'),
    ),
    ...[...scope.entries()]
      .filter(([, clause]) => !lines.has(clause.line_of_enquiry))
      .map(([at]) =>
        fault(
          ['scope', at, 'line_of_enquiry'],
          'is not one of the lines of enquiry',
          'every clause serves a line of enquiry: PCSC Act 2022 s.37(5)(a)',
        ),
      ),
  ]
}

/** Places at which a value stands that stood before. */
function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []))
}

/** PCSC Act 2022 s.37(6) to (10): a risk of taking too much, or what is confidential, must be weighed against other means. */
function testBreaches(authorisation: Authorisation): Fault[] {
  const weighed = (authorisation.alternatives?.length ?? 0) > 0
  return (['excess_information', 'confidential_information'] as const)
    .filter((test) => authorisation[test].risk && !weighed)
    .map((test) =>
      fault(
        ['alternatives'],
        `must name at least one other means, because ${test} says that there is a risk`,
        `PCSC Act 2022 ${test === 'excess_information' ? 's.37(6) and (7)' : 's.37(8) to (10)'}: say what else was weighed and why it does not do`,
      ),
    )
}

const MAY_AGREE = {
  adult: ['user'],
  child: ['parent-or-guardian', 'care-authority', 'responsible-adult'],
  'adult-without-capacity': [
    'parent-or-guardian',
    'care-authority',
    'social-worker',
    'attorney',
    'deputy',
    'responsible-adult',
  ],
} as const

/** PCSC Act 2022 s.38: who may agree for whom. */
function agreementBreaches({ agreement }: Authorisation): Fault[] {
  if (agreement === undefined) return []
  const faults: Fault[] = []
  const user = agreement.user_is ?? 'adult'
  const allowed: readonly string[] = MAY_AGREE[user]
  if (!allowed.includes(agreement.by))
    faults.push(
      fault(
        ['agreement', 'by'],
        `cannot agree where the user is ${user === 'child' ? 'a child' : `an ${user}`}`,
        `may agree: ${allowed.join(', ')} (PCSC Act 2022 s.38); say in \`user_is\` whether the user is a child or an adult without capacity`,
      ),
    )
  if (user === 'child' && agreement.views_of_child === undefined)
    faults.push(
      fault(
        ['agreement', 'views_of_child'],
        'must be given where the user is a child',
        "the child's views, or why they could not be ascertained: PCSC Act 2022 s.38(4)",
      ),
    )
  if (agreement.by === 'responsible-adult' && agreement.why_no_other_person === undefined)
    faults.push(
      fault(
        ['agreement', 'why_no_other_person'],
        'must be given where a responsible adult agreed',
        'only if nobody nearer is available: PCSC Act 2022 s.38',
      ),
    )
  return faults
}

function peopleBreaches({ requested_by, authorised_by }: Authorisation, ranks: readonly string[]): Fault[] {
  const faults: Fault[] = []
  if (isSamePerson(requested_by.id, authorised_by.id))
    faults.push({
      ...fault(
        ['authorised_by', 'id'],
        'is the same person as requested_by',
        'nobody authorises their own request: have another officer decide',
      ),
      code: 'SAME_PERSON',
    })
  if (!isRankListed(authorised_by.rank, ranks))
    faults.push(
      fault(['authorised_by', 'rank'], 'is not a rank that may authorise', `ranks that may: ${ranks.join(', ')}`),
    )
  return faults
}

/** Whether two ids name one person: case, spaces and dashes do not make another. */
export function isSamePerson(a: string, b: string): boolean {
  return idKey(a) === idKey(b)
}

function deviceBreaches({ device }: Authorisation): Fault[] {
  return device.imei !== undefined && imei(device.imei) === undefined
    ? [
        fault(
          ['device', 'imei'],
          'is no IMEI',
          'an IMEI has 15 digits, of which the last checks the others: look for a wrong digit',
        ),
      ]
    : []
}
