import type { Selectable } from 'kysely'
import type { Agreement } from '../authorisation/index.ts'
import type {
  AgreementsTable,
  CasesTable,
  DecisionsTable,
  DevicesTable,
  NoticesTable,
  Store,
  WithdrawalsTable,
} from '../store/index.ts'
import { notFound } from './action-error.ts'
import type { Draft, Written } from './request/draft.ts'
import { deviceOf } from './request/document-of.ts'
import type { RequestRow } from './turn.ts'

/** A request with everything that hangs on it, as the database holds it. */
export interface WholeRequest {
  readonly request: RequestRow
  readonly written: Written
  readonly case: Selectable<CasesTable>
  readonly device: Selectable<DevicesTable>
  /** the one that counts: served last */
  readonly notice?: Selectable<NoticesTable>
  /** the answer that counts: given last, to that notice */
  readonly agreement?: Selectable<AgreementsTable>
  readonly decisions: readonly Selectable<DecisionsTable>[]
  readonly withdrawal?: Selectable<WithdrawalsTable>
}

/** Gathers a request. Throws ActionError NOT_FOUND. */
export async function wholeRequest({ db }: Store, id: string): Promise<WholeRequest> {
  const request = await db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst()
  if (request === undefined) throw notFound()
  const [about, device, notice, agreement, decisions, withdrawal] = await Promise.all([
    db.selectFrom('cases').selectAll().where('id', '=', request.case_id).executeTakeFirstOrThrow(),
    db.selectFrom('devices').selectAll().where('id', '=', request.device_id).executeTakeFirstOrThrow(),
    db
      .selectFrom('notices')
      .selectAll()
      .where('request_id', '=', id)
      .orderBy('served_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('agreements')
      .selectAll()
      .where('request_id', '=', id)
      .orderBy('happened_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db.selectFrom('decisions').selectAll().where('request_id', '=', id).orderBy('decided_at').execute(),
    db
      .selectFrom('withdrawals')
      .selectAll()
      .where('request_id', '=', id)
      .orderBy('happened_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return {
    request,
    written: { document: request.document as Draft, beliefs: request.beliefs },
    case: about,
    device,
    notice,
    // An answer to an earlier notice is not one to this (law row B29).
    agreement: agreement && notice && agreement.happened_at > notice.served_at ? agreement : undefined,
    decisions,
    withdrawal,
  }
}

/** The draft, with the device as it is recorded now. */
export function draftOf({ written, device }: WholeRequest): Draft {
  return { ...written.document, device: deviceOf(device) }
}

/** Whether the device's user is an adult, a child, or an adult without capacity, in the document's word. */
export function userIs({ device }: Pick<WholeRequest, 'device'>): NonNullable<Agreement['user_is']> {
  return device.user_is
}
