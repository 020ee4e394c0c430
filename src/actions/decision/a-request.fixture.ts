import { newPseudonym } from '../../events/index.ts'
import type { Actor, Ops } from '../ops.ts'
import { recordAgreement, type RecordedAgreement } from '../agreement/record-agreement.ts'
import { serveNotice, type ServedNotice } from '../notice/serve-notice.ts'
import { CODE, CODE_STEPS, type CodeAnswer } from '../request/code-of-practice.ts'
import type { Draft } from '../request/draft.ts'
import { LADDER } from '../request/ladder.ts'
import { savePart } from '../request/save-part.ts'
import { submitRequest } from '../request/submit-request.ts'

/** A request that is complete, with invented people, for tests of what follows. */
export const WRITTEN: Draft = {
  power: 'pcsc-2022-s37',
  purpose: 'crime',
  lines_of_enquiry: [
    {
      id: 'L1',
      proposition: 'The suspect arranged to meet the complainant on 7 March.',
      why_this_device: 'The complainant says that the arrangement was made by message on this phone.',
    },
  ],
  scope: [
    {
      id: 'C1',
      line_of_enquiry: 'L1',
      records: ['message'],
      apps: ['whatsapp'],
      between: { from: '2026-03-01T00:00:00Z', to: '2026-03-15T00:00:00Z' },
      with: ['+447700900123'],
    },
    {
      id: 'C2',
      line_of_enquiry: 'L1',
      records: ['call'],
      between: { from: '2026-03-01T00:00:00Z', to: '2026-03-15T00:00:00Z' },
      with: ['+447700900123'],
    },
  ],
  necessity: 'Nothing else shows who proposed the meeting.',
  proportionality: 'One person, two weeks, messages and calls alone.',
  alternatives: LADDER.map(({ means }) => ({
    means,
    outcome: 'not practicable',
    reason: 'It was tried, or cannot be.',
  })),
  excess_information: { risk: true, reason: 'The conversation holds other things too.' },
  confidential_information: { risk: false, reason: 'None is expected between these two.' },
}

const BELIEFS = {
  why_power: 'The complainant offered the phone.',
  lines: { L1: { direction: 'either', data: 'messages and calls', facts: 'Her statement of 9 March.' } },
  third_parties: 'The other person in the conversation; nobody else is sought.',
  sensitive_processing: {
    condition: 'administration-of-justice',
    strictly_necessary: 'Without the messages themselves nobody can say who proposed it.',
    policy_document: 'APD/7, version 3',
  },
  code: { edition: CODE.edition, steps: codeSteps({}) },
}

/** Who does what in these tests. */
export interface Players {
  readonly requester: Actor
  readonly authoriser: Actor
}

/** A case with a device and a draft about it, written by its officer. */
export async function aRequest(
  { store: { db }, now, random }: Ops,
  requester: Actor,
  options: { document?: Draft; userIs?: 'adult' | 'child' | 'adult-without-capacity'; openedBy?: string } = {},
): Promise<{ id: string; caseId: string; deviceId: string; pseudonym: string }> {
  const at = new Date(now().getTime() - 2 * 3_600_000)
  const pseudonym = newPseudonym(random)
  const about = await db
    .insertInto('cases')
    .values({
      reference: `C/${pseudonym.slice(0, 8)}`,
      pseudonym,
      offence: 'Harassment',
      retention_group: '2',
      opened_at: at,
      opened_by: options.openedBy ?? requester.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('case_members')
    .values({
      case_id: about.id,
      person_id: requester.id,
      capacity: 'investigator',
      added_at: at,
      added_by: requester.id,
    })
    .execute()
  const device = await db
    .insertInto('devices')
    .values({
      case_id: about.id,
      exhibit: 'AH/1',
      description: 'phone, black',
      serial: 'F2LXK0ABCD',
      user_role: 'victim',
      user_name: 'Mina Okoro',
      user_is: options.userIs ?? 'adult',
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const request = await db
    .insertInto('requests')
    .values({
      case_id: about.id,
      device_id: device.id,
      reference: `T/2026/${pseudonym.slice(0, 6)}`,
      document: JSON.stringify(options.document ?? WRITTEN),
      beliefs: JSON.stringify(BELIEFS),
      requested_by: requester.id,
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: request.id, caseId: about.id, deviceId: device.id, pseudonym }
}

/** Serves its notice in the plainest way. */
export async function served(
  ops: Ops,
  actor: Actor,
  requestId: string,
  changes: Partial<ServedNotice> = {},
): Promise<void> {
  await serveNotice(ops, actor, {
    requestId,
    to: 'user',
    language: 'en',
    format: 'print',
    channel: 'in-person',
    adjustments: [],
    ...changes,
  })
}

/** An answer that can stand, of an adult who is the user. */
export function anAgreement(requestId: string, changes: Partial<RecordedAgreement> = {}): RecordedAgreement {
  return {
    requestId,
    by: 'user',
    name: 'Mina Okoro',
    authorisedPerson: false,
    confirmed: 'written',
    noUnduePressure: true,
    noticeRead: true,
    copyGiven: true,
    ...changes,
  }
}

/** Brings a new request to where somebody has to decide. */
export async function aSubmittedRequest(
  ops: Ops,
  requester: Actor,
  options: Parameters<typeof aRequest>[2] = {},
): ReturnType<typeof aRequest> {
  const made = await aRequest(ops, requester, options)
  await agreedAndSent(ops, requester, made.id)
  return made
}

/** Notice, agreement, and sending it, for a draft that is complete. */
export async function agreedAndSent(ops: Ops, requester: Actor, id: string): Promise<void> {
  await served(ops, requester, id)
  await recordAgreement(ops, requester, anAgreement(id))
  await codeFollowed(ops, requester, id)
  await submitRequest(ops, requester, { id })
}

/** Says of every step of the code of practice that it was followed, or why not of those named. */
export async function codeFollowed(
  ops: Ops,
  requester: Actor,
  id: string,
  departures: Readonly<Record<string, string>> = {},
): Promise<void> {
  await savePart(ops, requester, { id, answer: { part: 'code', edition: CODE.edition, steps: codeSteps(departures) } })
}

function codeSteps(departures: Readonly<Record<string, string>>): CodeAnswer['steps'] {
  return Object.fromEntries(
    CODE_STEPS.map(({ id }) => {
      const because = departures[id]
      return [id, because === undefined ? { followed: true } : { followed: false, because }]
    }),
  )
}

/** A grant for a week, with a reason for each test. */
export function aGrant(requestId: string, now: Date) {
  return {
    requestId,
    necessity: 'The messages are the only record of the arrangement.',
    proportionality: 'Two weeks and one person: little else is touched.',
    validUntil: new Date(now.getTime() + 7 * 86_400_000),
  }
}
