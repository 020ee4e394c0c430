import { ActionError, notFound } from '../action-error.ts'
import { beingSealed } from '../destruction/sealing.ts'
import type { Ops } from '../ops.ts'
import { PURPOSES } from './purposes.ts'

/** An extract that is held, with what it rests on. */
export interface HeldExtract {
  readonly extraction: string
  readonly request: string
  readonly reference: string
  readonly caseReference: string
  readonly exhibit: string
  readonly device: string
  /** what was granted: lines of enquiry and clauses */
  readonly document: Readonly<Record<string, unknown>>
  /** as in `case` of an event */
  readonly case: { readonly caseId: string; readonly pseudonym: string }
  /** index in the log of the grant */
  readonly leaf: number
  readonly finishedAt: Date | null
}

interface Row {
  readonly state: string
  readonly held: string | null
  readonly restricted_at: Date | null
  readonly destroyed_at: Date | null
  readonly withdrawn: boolean
  readonly sealing: boolean
  /** something else came to light, and nobody has decided on it */
  readonly stopped: boolean
}

/** Finds an extract that may be read for a purpose. Throws ActionError NOT_FOUND; NOT_NOW `NOT_SEALED`, `NOT_HELD`, `DESTROYED`, `RESTRICTED`, `WITHDRAWN`, `FIND_WAITS`, `NOT_GRANTED`, `BEING_SEALED`. */
export async function heldExtract({ store: { db } }: Ops, extraction: string, purposeId: string): Promise<HeldExtract> {
  const row = await db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .leftJoin('holdings', 'holdings.extraction_id', 'extractions.id')
    .leftJoin('decisions', (join) =>
      join.onRef('decisions.request_id', '=', 'requests.id').on('decisions.outcome', '=', 'granted'),
    )
    .select([
      'extractions.state',
      'extractions.finished_at',
      'requests.id as request',
      'requests.reference',
      'requests.document',
      'cases.id as case_id',
      'cases.pseudonym',
      'cases.reference as case_reference',
      'devices.exhibit',
      'devices.description',
      'holdings.extraction_id as held',
      'holdings.restricted_at',
      'holdings.destroyed_at',
      'decisions.leaf',
    ])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('withdrawals').select('withdrawals.id').whereRef('withdrawals.request_id', '=', 'requests.id'),
      ).as('withdrawn'),
    )
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('destructions')
          .select('destructions.id')
          .whereRef('destructions.extraction_id', '=', 'extractions.id')
          .where('sealing_at', 'is not', null)
          .where('done_at', 'is', null),
      ).as('sealing'),
    )
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('finds')
          .select('finds.id')
          .whereRef('finds.extraction_id', '=', 'extractions.id')
          .where('decided_at', 'is', null),
      ).as('stopped'),
    )
    .where('extractions.id', '=', extraction)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const { withdrawn, sealing, stopped } = row
  mustBeReadable(
    { ...row, withdrawn: Boolean(withdrawn), sealing: Boolean(sealing), stopped: Boolean(stopped) },
    purposeId,
  )
  if (row.leaf === null) throw no('NOT_GRANTED', 'the log does not say under which authorisation this was taken')
  return {
    extraction,
    request: row.request,
    reference: row.reference,
    caseReference: row.case_reference,
    exhibit: row.exhibit,
    device: row.description,
    document: row.document,
    case: { caseId: row.case_id, pseudonym: row.pseudonym },
    leaf: row.leaf,
    finishedAt: row.finished_at,
  }
}

function mustBeReadable(row: Row, purposeId: string): void {
  const { state, held, restricted_at, destroyed_at, withdrawn, sealing, stopped } = row
  if (state !== 'sealed') throw no('NOT_SEALED', 'there is no sealed extract')
  if (held === null) throw no('NOT_HELD', 'nobody answers for this extract yet', 'ask the information asset owner')
  if (destroyed_at !== null) throw no('DESTROYED', 'this extract was destroyed')
  if (sealing) throw beingSealed()
  const purpose = PURPOSES.find(({ id }) => id === purposeId)
  if (restricted_at !== null && !purpose?.restricted)
    throw no(
      'RESTRICTED',
      'this extract is restricted: it may be opened as evidence or for the rights of whoever it is about, and for nothing else',
      'choose one of those purposes, if it is yours',
    )
  if (withdrawn && !purpose?.withdrawn)
    throw no(
      'WITHDRAWN',
      'the device user has withdrawn their agreement: what must be kept may be opened only for why it is kept',
      'choose disclosure, evidence, or the rights of a person, if it is yours',
    )
  if (stopped && !purpose?.despiteFind)
    throw no(
      'FIND_WAITS',
      'something else came to light: nobody reads this extract until an authorising officer has decided',
      'only an immediate risk to life does not wait',
    )
}

/** What stands in the log beside every event about an extract. */
export function under(held: Pick<HeldExtract, 'case' | 'leaf'>) {
  return { case: held.case, authorisation: held.leaf }
}

export function no(reason: string, message: string, hint = ''): ActionError {
  return new ActionError('NOT_NOW', reason, message, hint)
}
