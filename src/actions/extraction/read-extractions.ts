import type { ExtractionState } from '../../store/index.ts'
import type { Actor, Ops } from '../ops.ts'
import { mustAllow } from '../allow.ts'
import { kioskEntries } from './kiosk.ts'
import { type Grant, grantOfDevice } from './live-grant.ts'

/** A grant under which nothing was taken yet. */
export interface WaitingGrant {
  readonly requestId: string
  readonly reference: string
  readonly caseReference: string
  readonly exhibit: string
  readonly device: string
  readonly grantedAt: Date
  readonly validUntil: Date | undefined
}

/** One line of the list of extractions. */
export interface ListedExtraction {
  readonly id: string
  readonly reference: string
  readonly caseReference: string
  readonly exhibit: string
  readonly device: string
  readonly state: ExtractionState
  readonly queuedAt: Date
  readonly finishedAt: Date | undefined
  readonly receiptGiven: boolean
}

/** Most that a list shows of what is over. */
const MOST = 100

/** Grants, in cases of somebody's, that are in force and wait for an extraction. First those that end first. */
export async function waitingGrants({ store: { db } }: Ops, actor: Actor, now: Date): Promise<WaitingGrant[]> {
  const rows = await db
    .selectFrom('requests')
    .innerJoin('case_members', (join) =>
      join.onRef('case_members.case_id', '=', 'requests.case_id').on('case_members.person_id', '=', actor.id),
    )
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .innerJoin('decisions', (join) =>
      join.onRef('decisions.request_id', '=', 'requests.id').on('decisions.outcome', '=', 'granted'),
    )
    .select([
      'requests.id',
      'requests.reference',
      'cases.reference as case_reference',
      'exhibit',
      'description',
      'decided_at',
      'valid_until',
    ])
    .where('requests.status', '=', 'granted')
    .where('decisions.ended_at', 'is', null)
    .where('devices.from_archive', 'is', null)
    .where(({ eb, or }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', now)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('extractions')
            .select('extractions.id')
            .whereRef('extractions.request_id', '=', 'requests.id')
            .where('state', 'in', ['queued', 'running', 'sealed', 'looking', 'recorded']),
        ),
      ),
    )
    .orderBy('valid_until')
    .execute()
  return rows.map((row) => ({
    requestId: row.id,
    reference: row.reference,
    caseReference: row.case_reference,
    exhibit: row.exhibit,
    device: row.description,
    grantedAt: row.decided_at,
    validUntil: row.valid_until ?? undefined,
  }))
}

/** The extractions in cases of somebody's, the newest first. */
export async function listExtractions({ store: { db } }: Ops, actor: Actor): Promise<ListedExtraction[]> {
  const rows = await db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('case_members', (join) =>
      join.onRef('case_members.case_id', '=', 'requests.case_id').on('case_members.person_id', '=', actor.id),
    )
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .select([
      'extractions.id',
      'requests.reference',
      'cases.reference as case_reference',
      'exhibit',
      'description',
      'state',
      'queued_at',
      'finished_at',
      'receipt_digest',
    ])
    .orderBy('queued_at', 'desc')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    caseReference: row.case_reference,
    exhibit: row.exhibit,
    device: row.description,
    state: row.state,
    queuedAt: row.queued_at,
    finishedAt: row.finished_at ?? undefined,
    receiptGiven: row.receipt_digest !== null,
  }))
}

/** Extractions, in cases of somebody's, of which the device user was given no receipt. Those that waited longest first. */
export async function waitingReceipts(
  { store: { db } }: Ops,
  actor: Actor,
): Promise<{ id: string; reference: string; exhibit: string; since: Date }[]> {
  const rows = await db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('case_members', (join) =>
      join.onRef('case_members.case_id', '=', 'requests.case_id').on('case_members.person_id', '=', actor.id),
    )
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .select(['extractions.id', 'requests.reference', 'exhibit', 'queued_at', 'finished_at'])
    .where('state', 'in', ['sealed', 'recorded'])
    .where('receipt_digest', 'is', null)
    .where('devices.from_archive', 'is', null)
    .orderBy('finished_at')
    .limit(MOST)
    .execute()
  return rows.map(({ queued_at, finished_at, ...row }) => ({ ...row, since: finished_at ?? queued_at }))
}

/** What somebody needs to begin: the grant, the source that is being handed in, and what the kiosk holds. Throws ActionError NOT_ALLOWED, NOT_NOW. */
export async function readStart(
  ops: Ops,
  actor: Actor,
  requestId: string,
): Promise<{
  grant: Grant
  upload: { id: string; bytes: number; received: number; finished: boolean; mine: boolean } | undefined
  kiosk: readonly string[]
  hasKiosk: boolean
}> {
  await mustAllow(ops, actor, 'extraction.start', { of: 'request', id: requestId })
  const grant = await grantOfDevice(ops, requestId)
  const upload = await ops.store.db
    .selectFrom('uploads')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('destroyed_at', 'is', null)
    .executeTakeFirst()
  return {
    grant,
    upload: upload && {
      id: upload.id,
      bytes: upload.bytes,
      received: upload.received,
      finished: upload.finished_at !== null,
      mine: upload.person_id === actor.id,
    },
    kiosk: await kioskEntries(ops),
    hasKiosk: ops.kioskFolder !== undefined,
  }
}
