import { type Act, may } from '../../access/index.ts'
import { allow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { type ReadRequest, readRequest } from '../request/read-request.ts'

/** A request as a whole, for whoever decides. */
export interface DecisionView extends ReadRequest {
  /** names by id, of everybody who took part */
  readonly names: Readonly<Record<string, string>>
  /** why this person may not decide; absent where they may. A second factor is asked for later. */
  readonly against?: string
}

/** Reads a request with everything that a decision rests on, and whether this person may make it. Throws ActionError. */
export async function readDecision(ops: Ops, actor: Actor, requestId: string): Promise<DecisionView> {
  const read = await readRequest(ops, actor, requestId)
  const { notice, agreement, decisions, withdrawal } = read.whole
  const ids = [
    read.requestedBy.id,
    notice?.served_by,
    agreement?.taken_by,
    withdrawal?.taken_by,
    ...decisions.map(({ decided_by }) => decided_by),
  ].filter((id) => id !== undefined && id !== null)
  const people = await ops.store.db.selectFrom('people').select(['id', 'name', 'rank']).where('id', 'in', ids).execute()
  const against = await whyNot(ops, actor, 'decision.grant', requestId)
  return {
    ...read,
    names: Object.fromEntries(people.map(({ id, name, rank }) => [id, rank === null ? name : `${name}, ${rank}`])),
    ...(against !== undefined && { against }),
  }
}

/** Requests that wait for a decision, oldest first, that this person may make. */
export async function waitingDecisions(
  ops: Ops,
  actor: Actor,
): Promise<
  {
    id: string
    reference: string
    version: number
    offence: string
    exhibit: string
    since: Date
    requestedBy: string
  }[]
> {
  const rows = await ops.store.db
    .selectFrom('requests')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .innerJoin('people', 'people.id', 'requests.requested_by')
    .select([
      'requests.id',
      'requests.reference',
      'requests.version',
      'cases.offence',
      'devices.exhibit',
      'requests.submitted_at',
      'people.name',
      'requests.requested_by',
      'cases.opened_by',
    ])
    .select((eb) =>
      eb
        .selectFrom('extractions')
        .select('queued_by')
        .whereRef('request_id', '=', 'requests.id')
        .orderBy('queued_at', 'desc')
        .limit(1)
        .as('extracted_by'),
    )
    .where('requests.status', '=', 'submitted')
    .orderBy('requests.submitted_at')
    .limit(200)
    .execute()
  // The same rule as at the decision itself, over facts that one question brought.
  return rows
    .filter(
      ({ requested_by, opened_by, extracted_by }) =>
        may(actor, 'decision.grant', {
          memberOf: false,
          stepUp: true,
          investigator: opened_by,
          requestedBy: requested_by,
          extractedBy: extracted_by ?? undefined,
        }).allowed,
    )
    .map(({ id, reference, version, offence, exhibit, submitted_at, name }) => ({
      id,
      reference,
      version,
      offence,
      exhibit,
      since: submitted_at ?? new Date(0),
      requestedBy: name,
    }))
}

/** Why a person may not do something, apart from proving again that it is they; undefined where they may. */
async function whyNot(ops: Ops, actor: Actor, act: Act, id: string): Promise<string | undefined> {
  const decided = await allow(ops, actor, act, { of: 'request', id }, { stepUp: true })
  return decided.allowed ? undefined : decided.says
}
