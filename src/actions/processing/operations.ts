import type { Act } from '../../access/index.ts'
import type { EventKind } from '../../events/index.ts'
import type { ObjectClass } from '../../retention/index.ts'
import type { Schedule8Condition } from '../request/sensitive-processing.ts'
import type { DataCategory, PeopleCategory } from './categories.ts'

/** One thing that is done with personal data. */
export interface Operation {
  readonly id: string
  readonly title: string
  readonly purpose: string
  /** provisions that it rests on (DPA 2018 s.35(1), (2)) */
  readonly basis: readonly string[]
  readonly people: readonly PeopleCategory[]
  readonly data: readonly DataCategory[]
  /** where some of the data are sensitive: the condition of Schedule 8, or that each request names its own; and why it is strictly necessary (s.35(5)) */
  readonly sensitive?: { readonly condition: Schedule8Condition | 'as-requested'; readonly necessary: string }
  /** who is given it outside the force by the operation itself; those inside are whom the policy lets do its acts */
  readonly outside: readonly string[]
  /** the class of the schedule whose clock runs, or what ends it */
  readonly kept: { readonly class: ObjectClass } | { readonly until: string }
  /** what the policy knows of it */
  readonly acts: readonly Act[]
  /** what it leaves in the log: its evidence */
  readonly events: readonly EventKind[]
  /** has rules and kinds, and no page or form yet: stands in no record */
  readonly planned?: true
}

const CASE_PEOPLE = ['suspect', 'convicted', 'victim', 'witness', 'other-user'] as const
const TASK = 'DPA 2018 s.35(2)(b): necessary for a task of a competent authority'
const WITH_THE_CASE = {
  until:
    'The service sets no day: it stays with the record of the case, and goes when the force’s schedule says so of that record.',
} as const

/**
 * The register: everything that the service does with personal data, and on which law (DPA 2018 ss.35, 61; law rows C2, C22). Every act of the policy and
 * every kind of event belongs to exactly one of these, so that nothing is added without a basis.
 */
export const PROCESSING_OPERATIONS: readonly Operation[] = [
  {
    id: 'case',
    title: 'Keeping a case and who is in it',
    purpose: 'To hold what is asked of a device to one investigation, and to those whose part it is.',
    basis: [TASK, 'DPA 2018 ss.36, 57: one purpose, and by default the fewest people'],
    people: [...CASE_PEOPLE, 'staff'],
    data: ['case', 'identity'],
    outside: [],
    kept: WITH_THE_CASE,
    acts: ['case.open', 'case.see', 'case.add_member', 'case.close'],
    events: ['case.opened', 'case.member_added', 'case.member_removed', 'case.closing_asked', 'case.closed'],
  },
  {
    id: 'custody',
    title: 'Receiving, moving and returning devices',
    purpose: 'To know whose a device is and where it is, and to give it back within a day.',
    basis: [
      TASK,
      'PCSC Act 2022 s.37(1): a device that was provided',
      'Criminal Procedure and Investigations Act 1996 Code of Practice: what is relevant is recorded and retained',
    ],
    people: [...CASE_PEOPLE, 'adult'],
    data: ['identity', 'device', 'needs'],
    sensitive: {
      condition: 'statutory-purpose',
      necessary: 'PCSC Act 2022 s.38 asks who is a child or cannot agree, and DPA 2018 s.52 that they understand.',
    },
    outside: ['whoever the device is returned to'],
    kept: WITH_THE_CASE,
    acts: ['device.receive', 'device.move', 'device.return'],
    events: [
      'device.received',
      'device.role_changed',
      'device.moved',
      'device.lent',
      'device.loan_returned',
      'device.returned',
    ],
  },
  {
    id: 'request',
    title: 'Asking for an extraction',
    purpose: 'To write down what is sought, for which reasonable line of enquiry, and why nothing less will do.',
    basis: [TASK, 'PCSC Act 2022 s.37(2)-(10): purposes, belief, necessity, proportionality, other means'],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['case', 'identity', 'scope'],
    sensitive: {
      condition: 'as-requested',
      necessary: 'What is sought must be named before it is taken, and no more than is sought may be taken.',
    },
    outside: [],
    kept: WITH_THE_CASE,
    acts: ['request.write', 'request.see', 'request.advise', 'request.submit', 'request.withdraw'],
    events: [
      'request.started',
      'request.written',
      'request.advised',
      'request.withdrawn',
      'request.not_needed',
      'authorisation.requested',
    ],
  },
  {
    id: 'notice',
    title: 'Serving the notice',
    purpose: 'To tell whoever is asked to agree what is sought, why, and what they may refuse.',
    basis: ['PCSC Act 2022 s.39(3): the written notice', 'DPA 2018 s.44: what people are told'],
    people: [...CASE_PEOPLE, 'adult'],
    data: ['identity', 'needs', 'scope', 'answers'],
    sensitive: {
      condition: 'statutory-purpose',
      necessary: 'The notice must say what is sought, in a form that the person can understand.',
    },
    outside: ['whoever the notice is served on'],
    kept: WITH_THE_CASE,
    acts: ['notice.serve'],
    events: ['notice.served'],
  },
  {
    id: 'agreement',
    title: 'Recording agreement, refusal and withdrawal',
    purpose: 'To take nothing without agreement, and to stop when it is withdrawn.',
    basis: [
      'PCSC Act 2022 ss.37(1)(b), 38, 39: agreement, and who may give it',
      'Extraction code of practice under PCSC Act 2022 s.42: withdrawal',
    ],
    people: [...CASE_PEOPLE, 'adult'],
    data: ['identity', 'needs', 'answers'],
    sensitive: {
      condition: 'statutory-purpose',
      necessary: 'PCSC Act 2022 s.38 says who agrees for a child or for an adult who cannot, and in which order.',
    },
    outside: ['whoever agreed, and a parent, guardian or care authority who must be told'],
    kept: WITH_THE_CASE,
    acts: ['agreement.record', 'agreement.withdraw'],
    events: ['agreement.recorded', 'agreement.refused', 'agreement.withdrawn', 'agreement.guardian_told'],
  },
  {
    id: 'decision',
    title: 'Deciding on requests',
    purpose: 'To have somebody who did not ask test each request, and grant no more than passes.',
    basis: [TASK, 'PCSC Act 2022 s.37(5)-(10): the tests', 'PCSC Act 2022 s.43: confidential information'],
    people: [...CASE_PEOPLE, 'third-party', 'staff'],
    data: ['case', 'identity', 'scope'],
    sensitive: {
      condition: 'as-requested',
      necessary: 'Whoever decides must read what is sought in order to narrow or refuse it.',
    },
    outside: [],
    kept: WITH_THE_CASE,
    acts: [
      'decision.grant',
      'decision.narrow',
      'decision.journalistic',
      'decision.refuse',
      'decision.return',
      'decision.end',
    ],
    events: [
      'authorisation.returned',
      'authorisation.narrowed',
      'authorisation.journalistic_decided',
      'authorisation.granted',
      'authorisation.refused',
      'authorisation.varied',
      'authorisation.expired',
      'authorisation.withdrawn',
    ],
  },
  {
    id: 'extraction',
    title: 'Extracting from a device',
    purpose: 'To take what was granted from what a device holds, and to let go of the rest.',
    basis: [
      TASK,
      'PCSC Act 2022 ss.37, 40, 41, 44: the power that the authorisation names, used by a person whom Schedule 3 lists',
    ],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['content', 'figures'],
    sensitive: {
      condition: 'as-requested',
      necessary: 'Each request says for itself why nothing less than what it names will do.',
    },
    outside: [],
    kept: {
      until:
        'What was handed in is destroyed when the extraction from it has ended; what was not granted is never kept.',
    },
    acts: ['extraction.see', 'extraction.start', 'extraction.cancel'],
    events: [
      'source.received',
      'source.destroyed',
      'extraction.started',
      'extraction.begun_by_hand',
      'extraction.recorded_by_hand',
      'extraction.finished',
      'extraction.failed',
      'extraction.cancelled',
      'extraction.called_off',
    ],
  },
  {
    id: 'storage',
    title: 'Keeping extracts sealed, and backups of them',
    purpose: 'To keep what was taken so that nobody reads or alters it unseen, and so that it survives a failure.',
    basis: ['DPA 2018 ss.40, 66: security, and restoring what was interrupted'],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['content', 'figures'],
    sensitive: {
      condition: 'as-requested',
      necessary: 'What was taken for a line of enquiry must still be there, unaltered, when it is read.',
    },
    outside: [],
    kept: { class: 'raw_extract' },
    acts: ['keys.administer'],
    events: ['key.created', 'key.rotated', 'key.destroyed', 'backup.made', 'backup.restored'],
  },
  {
    id: 'receipt',
    title: 'The device user’s receipt and page',
    purpose: 'To tell the device user what was taken, in numbers, and to let them end what they agreed to.',
    basis: [
      'DPA 2018 s.44: what people are told in their case',
      'PCSC Act 2022 s.39(5)-(7): copies of what was agreed',
    ],
    people: [...CASE_PEOPLE, 'adult'],
    data: ['device', 'figures'],
    outside: ['the device user, and whoever they show the code to'],
    kept: WITH_THE_CASE,
    acts: ['receipt.give'],
    events: ['receipt.given', 'receipt.seen'],
  },
  {
    id: 'review',
    title: 'Reading what was taken',
    purpose: 'To follow the lines of enquiry, whether they lead towards a suspect or away.',
    basis: [
      TASK,
      'DPA 2018 s.36: for the case that it was taken for',
      'Criminal Procedure and Investigations Act 1996 Code of Practice: all reasonable lines of enquiry',
    ],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['content', 'reading'],
    sensitive: {
      condition: 'as-requested',
      necessary: 'What is relevant among what was taken cannot be found without reading it.',
    },
    outside: [],
    kept: { class: 'reviewed_relevant' },
    acts: ['extract.open', 'extract.tag'],
    events: [
      'key.granted',
      'extract.opened',
      'extract.closed',
      'extract.combined',
      'item.viewed',
      'item.unmasked',
      'item.tagged',
      'item.annotated',
    ],
  },
  {
    id: 'set-apart',
    title: 'Setting apart what is privileged or in excess',
    purpose: 'To keep from the investigation what it may not read, and to decide what becomes of it.',
    basis: [
      'PCSC Act 2022 ss.37(6)-(10), 43: excess and confidential information',
      'DPA 2018 s.37: no more than is needed',
      'Police and Criminal Evidence Act 1984 s.10: legal privilege',
    ],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['content', 'reading'],
    sensitive: {
      condition: 'administration-of-justice',
      necessary: 'Whether something is privileged or in excess is decided by somebody apart, who has to see it.',
    },
    outside: ['independent counsel'],
    kept: { class: 'quarantined_excess' },
    acts: ['extract.see_privileged', 'extract.decide_privileged', 'extract.see_excess', 'extract.decide_excess'],
    events: ['extract.set_apart', 'item.privilege_decided', 'item.excess_decided'],
  },
  {
    id: 'find',
    title: 'What else comes to light',
    purpose: 'To stop reading when something else comes to light, and to have somebody apart decide what follows.',
    basis: ['DPA 2018 s.36(3): another purpose needs a law and a test of its own', 'PCSC Act 2022 s.37: a new request'],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['case', 'reading'],
    sensitive: {
      condition: 'safeguarding',
      necessary: 'A danger to somebody must be told to those who can end it, and no more than that.',
    },
    outside: ['whoever it is passed on to by decision'],
    kept: WITH_THE_CASE,
    acts: ['find.see', 'find.report', 'find.decide'],
    events: ['find.reported', 'find.decided'],
  },
  {
    id: 'disclosure',
    title: 'Taking out and disclosing',
    purpose: 'To hand over what the prosecution and the defence are owed, and nothing else.',
    basis: [
      'Criminal Procedure and Investigations Act 1996 ss.3, 7A: disclosure',
      'DPA 2018 s.38(4)-(5): quality first',
    ],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['content'],
    sensitive: {
      condition: 'administration-of-justice',
      necessary: 'Only what meets the test of disclosure is handed over.',
    },
    outside: ['prosecutors, courts and the defence'],
    kept: { class: 'exhibit' },
    acts: ['extract.export', 'extract.disclose'],
    events: ['item.exported', 'item.disclosed'],
    planned: true,
  },
  {
    id: 'retention',
    title: 'Reviewing what is held',
    purpose: 'To keep nothing for longer than it is needed, and everything for as long as it must be.',
    basis: [
      'DPA 2018 ss.39, 47: periodic review; erasure, or restriction where it is evidence',
      'Criminal Procedure and Investigations Act 1996 Code of Practice: how long what is relevant is retained',
    ],
    people: CASE_PEOPLE,
    data: ['case', 'figures'],
    outside: [],
    kept: WITH_THE_CASE,
    acts: ['retention.see', 'retention.decide', 'hold.set', 'hold.lift', 'schedule.change'],
    events: ['hold.set', 'hold.lifted', 'retention.decided', 'destruction.due'],
  },
  {
    id: 'destruction',
    title: 'Destroying',
    purpose: 'To make what is not needed any more unreadable for good, by two people, with a certificate.',
    basis: ['DPA 2018 ss.39, 47: erasure without delay'],
    people: [...CASE_PEOPLE, 'third-party'],
    data: ['figures'],
    outside: [],
    kept: { class: 'audit_record' },
    acts: ['destruction.propose', 'destruction.approve'],
    events: [
      'destruction.proposed',
      'destruction.authorised',
      'destruction.refused',
      'destruction.done',
      'extract.resealed',
      'destruction.certified',
    ],
  },
  {
    id: 'breach',
    title: 'The register of breaches',
    purpose: 'To record every breach, and to tell the Commissioner and the people in time.',
    basis: ['DPA 2018 ss.67, 68: breaches'],
    people: [...CASE_PEOPLE, 'third-party', 'staff'],
    data: ['incident'],
    outside: ['the Information Commissioner', 'the people whom a breach is about'],
    kept: { class: 'audit_record' },
    acts: ['breach.see', 'breach.report', 'breach.decide'],
    events: ['breach.reported', 'breach.decided'],
  },
  {
    id: 'log',
    title: 'The log, and questions to it',
    purpose: 'To show who did what, so that its lawfulness can be verified, for the four purposes of the Act alone.',
    basis: ['DPA 2018 s.62: logging'],
    people: ['staff'],
    data: ['acts'],
    outside: ['witnesses of the log and anybody who checks it: digests, which name nobody'],
    kept: { class: 'audit_record' },
    acts: ['log.see', 'log.administer'],
    events: ['log.queried', 'log.started', 'log.restored', 'witness.changed'],
  },
  {
    id: 'oversight',
    title: 'Oversight, and this record',
    purpose: 'To be able to demonstrate compliance: figures over everybody, and what is done with personal data.',
    basis: ['DPA 2018 ss.34(3), 56, 61: demonstrating compliance, and the record of processing'],
    people: ['staff'],
    data: ['figures', 'acts'],
    outside: ['the Information Commissioner, who may ask for this record'],
    kept: { class: 'audit_record' },
    acts: ['oversight.see', 'processing.see', 'processing.change'],
    events: ['processing.changed'],
  },
  {
    id: 'sign-in',
    title: 'Signing in, and who holds which role',
    purpose:
      'To let in only those who may, to know who they are, and to have them prove it again before what binds others.',
    basis: ['DPA 2018 ss.40, 62(2), 66(2): security, and the identity of whoever consulted or disclosed'],
    people: ['staff'],
    data: ['account', 'acts'],
    outside: [],
    kept: { until: 'A sign-in is removed when it ends. Who somebody is stays for as long as the log names them.' },
    acts: ['people.see', 'people.administer'],
    events: [
      'access.signed_in',
      'access.signed_out',
      'access.step_up',
      'access.refused',
      'access.key_registered',
      'access.key_removed',
      'access.role_given',
      'access.role_taken',
    ],
  },
  {
    id: 'service',
    title: 'Running the service',
    purpose: 'To keep the service and its settings as they should be, and to know when they changed.',
    basis: ['DPA 2018 ss.40, 57, 66: security, by design and by default'],
    people: ['staff'],
    data: ['acts'],
    outside: [],
    kept: { class: 'audit_record' },
    acts: ['service.administer'],
    events: ['policy.changed', 'build.released'],
  },
]

/** What is done today. */
export const DONE: readonly Operation[] = PROCESSING_OPERATIONS.filter(({ planned }) => planned !== true)
