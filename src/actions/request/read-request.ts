import { sql } from 'kysely'
import type { Authorisation, AuthorisedDevice } from '../../authorisation/index.ts'
import type { Warning } from '../../scope/index.ts'
import type { RequestStatus, Store } from '../../store/index.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { wholeRequest, type WholeRequest } from '../whole-request.ts'
import { agreementOf, deviceOf, documentOf, personOf } from './document-of.ts'
import type { Written } from './draft.ts'
import { otherUsersOf } from './other-users.ts'
import { type OpenQuestion, openQuestions, warningsOf } from './open-questions.ts'

/** A request as pages and other acts read it. */
export interface ReadRequest extends Written {
  readonly id: string
  readonly caseId: string
  readonly caseReference: string
  readonly offence: string
  readonly deviceId: string
  readonly reference: string
  readonly version: number
  readonly status: RequestStatus
  readonly device: AuthorisedDevice
  readonly userName: string
  readonly userIs: 'adult' | 'child' | 'adult-without-capacity'
  /** others who ordinarily use the device: each is a user of it (law row B1) */
  readonly otherUsers: readonly string[]
  /** grants under this reference before this version */
  readonly grants: { readonly count: number; readonly last?: string }
  readonly requestedBy: { readonly id: string; readonly name: string; readonly rank: string }
  readonly createdAt: Date
  readonly submittedAt?: Date
  /** why it came back, where it did */
  readonly returned?: { readonly necessity: string; readonly proportionality: string; readonly at: Date }
  /** of a version that came of an offer of less: by whom, when, why, and of which request (law row B29) */
  readonly offered?: {
    readonly of: string
    readonly by: string
    readonly necessity: string
    readonly proportionality: string
    readonly at: Date
  }
  /** what the notice said may not change under it (law row B29) */
  readonly noticeServed: boolean
  /** somebody was asked for agreement to this device before, and refused it: no power may be chosen because of that alone (law rows B9, B24) */
  readonly refusedBefore: boolean
  /** questions that nobody has answered, or whose answers cannot stand */
  readonly open: readonly OpenQuestion[]
  readonly warnings: readonly Warning[]
  /** the document as far as it is known, with placeholders for what comes with the decision */
  readonly soFar: Authorisation
  readonly whole: WholeRequest
}

/** Reads a request for somebody who may see it. Throws ActionError NOT_FOUND, NOT_ALLOWED. */
export async function readRequest(ops: Ops, actor: Actor, id: string): Promise<ReadRequest> {
  await mustAllow(ops, actor, 'request.see', { of: 'request', id })
  return requestOf(ops.store, id)
}

/** The same, for acts that have asked the policy already. */
export async function requestOf(store: Store, id: string): Promise<ReadRequest> {
  const whole = await wholeRequest(store, id)
  const { request, device: row, notice, agreement } = whole
  const [grants, person, refused, offered] = await Promise.all([
    grantsBefore(store, request.reference, request.version),
    store.db.selectFrom('people').selectAll().where('id', '=', request.requested_by).executeTakeFirstOrThrow(),
    refusedBefore(store, request.device_id),
    request.supersedes === null ? undefined : offerOf(store, request.supersedes),
  ])
  const requestedBy = personOf(person)
  const device = deviceOf(row)
  const judged = {
    ...whole.written,
    reference: request.reference,
    device,
    grants,
    userIs: row.user_is,
    otherUsers: otherUsersOf(row),
  }
  const people = { requestedBy }
  const given =
    notice && agreement?.outcome === 'agreed' ? agreementOf(agreement, notice.served_at, row.user_is) : undefined
  const returned =
    request.status === 'returned' ? whole.decisions.findLast(({ outcome }) => outcome === 'returned') : undefined
  return {
    ...judged,
    id,
    caseId: whole.case.id,
    caseReference: whole.case.reference,
    offence: whole.case.offence,
    deviceId: row.id,
    version: request.version,
    status: request.status,
    userName: row.user_name,
    requestedBy,
    createdAt: request.created_at,
    ...(request.submitted_at && { submittedAt: request.submitted_at }),
    ...(returned && {
      returned: { necessity: returned.necessity, proportionality: returned.proportionality, at: returned.decided_at },
    }),
    ...(offered && { offered }),
    noticeServed: notice !== undefined,
    refusedBefore: refused,
    open: openQuestions(judged, people),
    warnings: warningsOf(judged, people),
    soFar: documentOf(judged, given, people),
    whole,
  }
}

/** The grants under a reference before a version: what its document counts and supersedes (law row B29). */
export async function grantsBefore(
  { db }: Store,
  reference: string,
  version: number,
): Promise<{ readonly count: number; readonly last?: string }> {
  const rows = await db
    .selectFrom('decisions')
    .innerJoin('requests', 'requests.id', 'decisions.request_id')
    .select('decisions.digest')
    .where('requests.reference', '=', reference)
    .where('requests.version', '<', version)
    .where('decisions.outcome', '=', 'granted')
    .orderBy('requests.version', 'desc')
    .execute()
  const last = rows[0]?.digest
  return { count: rows.length, ...(last && { last }) }
}

async function refusedBefore({ db }: Store, deviceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('agreements')
    .innerJoin('requests', 'requests.id', 'agreements.request_id')
    .select(sql`1`.as('one'))
    .where('requests.device_id', '=', deviceId)
    .where('agreements.outcome', '=', 'refused')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The offer of less that a version was decided by, where it was. */
async function offerOf({ db }: Store, id: string): Promise<ReadRequest['offered']> {
  const row = await db
    .selectFrom('decisions')
    .innerJoin('people', 'people.id', 'decisions.decided_by')
    .select(['people.name', 'people.rank', 'necessity', 'proportionality', 'decided_at'])
    .where('request_id', '=', id)
    .where('outcome', '=', 'narrowed')
    .executeTakeFirst()
  return (
    row && {
      of: id,
      by: [row.name, row.rank].filter(Boolean).join(', '),
      necessity: row.necessity,
      proportionality: row.proportionality,
      at: row.decided_at,
    }
  )
}
