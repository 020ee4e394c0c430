import {
  type MayAgree,
  oralRecord,
  type Language,
  type Paper,
  parentLetter,
  refusalLetter,
} from '../../notice/index.ts'
import { britishDay } from '../../records/index.ts'
import { ActionError } from '../action-error.ts'
import { allow, mustAllow } from '../allow.ts'
import { audienceOf } from '../notice/prepare-notice.ts'
import type { Actor, Ops } from '../ops.ts'
import type { Written } from '../request/draft.ts'
import { isReadyToServe } from '../request/ready-to-serve.ts'
import { wholeRequest, type WholeRequest } from '../whole-request.ts'
import { whoMayBeAsked } from './who-may-agree.ts'

/** A request for whoever records the answer to its notice. */
export interface AgreementView {
  readonly whole: WholeRequest
  /** who may be asked, nearest first */
  readonly ladder: readonly MayAgree[]
}

/** Reads what an answer is recorded of, for somebody who may see the request or, by `act`, do something about its agreement. Throws ActionError. */
export async function readAgreement(
  ops: Ops,
  actor: Actor,
  requestId: string,
  act: 'request.see' | 'agreement.withdraw' = 'request.see',
): Promise<AgreementView> {
  await mustAllow(ops, actor, act, { of: 'request', id: requestId })
  const whole = await wholeRequest(ops.store, requestId)
  return { whole, ladder: whoMayBeAsked(whole) }
}

/** Papers that follow from an answer. */
export const AGREEMENT_PAPERS = ['oral-record', 'refused', 'withdrawn', 'parent-told'] as const
export type AgreementPaper = (typeof AGREEMENT_PAPERS)[number]

/** Makes one of the papers that people are given after their answer. Throws ActionError NOT_NOW where there is nothing that it could be about. */
export async function agreementPaper(ops: Ops, actor: Actor, requestId: string, kind: AgreementPaper): Promise<Paper> {
  // Whoever records a change of mind hands over its letter, also without sight of the request.
  const sees = (await allow(ops, actor, 'request.see', { of: 'request', id: requestId })).allowed
  const act = kind === 'withdrawn' && !sees ? 'agreement.withdraw' : 'request.see'
  const { whole } = await readAgreement(ops, actor, requestId, act)
  const { request, agreement, notice, withdrawal } = whole
  if (kind === 'withdrawn' && withdrawal) return withdrawal.letter as unknown as Paper
  if (agreement) {
    const options = {
      force: ops.force,
      language: (notice?.language ?? 'en') as Language,
      audience: audienceOf(agreement.given_by as MayAgree['by'], whole),
      device: whole.device.device_kind,
      reference: request.reference,
      on: britishDay(agreement.happened_at),
    }
    if (kind === 'oral-record' && agreement.confirmed === 'oral' && agreement.outcome === 'agreed')
      return oralRecord({
        ...options,
        answer: 'yes',
        words: agreement.own_words ?? undefined,
        whyNotWritten: agreement.why_oral ?? undefined,
      })
    if (kind === 'refused' && agreement.outcome === 'refused') return refusalLetter(options)
    if (kind === 'parent-told' && agreement.given_by === 'responsible-adult')
      return parentLetter({ ...options, adult: 'a responsible adult', child: whole.device.user_is === 'child' })
  }
  throw new ActionError('NOT_NOW', 'NO_SUCH_PAPER', 'there is no such paper for this request')
}

/** Requests of a person's cases whose next step is about notice or agreement. */
export interface WaitingAgreement {
  readonly id: string
  readonly reference: string
  readonly exhibit: string
  readonly next: 'serve' | 'record' | 'tell-guardian'
  readonly since: Date
}

/** Finds notices to serve, answers to record, and guardians to tell, among the cases that a person is a member of. */
export async function waitingAgreements({ store: { db } }: Ops, actor: Actor): Promise<WaitingAgreement[]> {
  if (!actor.roles.includes('investigator')) return []
  const rows = await db
    .selectFrom('requests')
    .innerJoin('case_members', 'case_members.case_id', 'requests.case_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .leftJoin('agreements', (join) =>
      join
        .onRef('agreements.request_id', '=', 'requests.id')
        .on('agreements.outcome', '=', 'agreed')
        .on('agreements.given_by', '=', 'responsible-adult')
        .on('agreements.guardian_told', 'is', null),
    )
    .select([
      'requests.id',
      'requests.reference',
      'requests.status',
      'requests.document',
      'requests.beliefs',
      'requests.created_at',
      'devices.exhibit',
      'agreements.id as agreement',
      'agreements.happened_at as agreed_at',
    ])
    .select((eb) =>
      eb
        .selectFrom('notices')
        .select('served_at')
        .whereRef('notices.request_id', '=', 'requests.id')
        .orderBy('served_at', 'desc')
        .limit(1)
        .as('served_at'),
    )
    .where('case_members.person_id', '=', actor.id)
    .where('cases.closed_at', 'is', null)
    // The few that wait, found by themselves: almost all of a force's requests are over.
    .where(({ eb, selectFrom }) =>
      eb(
        'requests.id',
        'in',
        selectFrom('requests as written')
          .select('written.id')
          .where('written.status', 'in', ['draft', 'notice_served'])
          .union(
            selectFrom('agreements as given')
              .innerJoin('extractions', 'extractions.request_id', 'given.request_id')
              .select('extractions.request_id as id')
              .where('extractions.state', 'in', ['sealed', 'recorded'])
              .where('given.outcome', '=', 'agreed')
              .where('given.given_by', '=', 'responsible-adult')
              .where('given.guardian_told', 'is', null),
          ),
      ),
    )
    .orderBy('requests.created_at')
    .limit(200)
    .execute()
  return rows.flatMap(
    ({
      id,
      reference,
      exhibit,
      status,
      document,
      beliefs,
      created_at,
      served_at,
      agreement,
      agreed_at,
    }): WaitingAgreement[] => {
      const one = { id, reference, exhibit }
      if (status === 'notice_served') return [{ ...one, next: 'record' as const, since: served_at ?? created_at }]
      if (status === 'draft')
        return isReadyToServe({ document, beliefs } as Written)
          ? [{ ...one, next: 'serve' as const, since: created_at }]
          : []
      return agreement === null ? [] : [{ ...one, next: 'tell-guardian' as const, since: agreed_at ?? created_at }]
    },
  )
}
