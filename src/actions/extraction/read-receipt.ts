import type { DeviceKind, Paper } from '../../notice/index.ts'
import { readStatement } from '../../authorisation/index.ts'
import { openEnvelope } from '../../signature/index.ts'
import { notFound } from '../action-error.ts'
import { DEVICE_USER } from '../agreement/withdraw-agreement.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantOf, grantOfDevice, underGrant } from './live-grant.ts'
import type { ByHand } from '../by-hand/by-hand.ts'
import { readReceiptCode, receiptDigest } from './receipt-code.ts'
import type { Result } from './result.ts'

/** What the device user is told: numbers, reasons and days. Nothing that was on the phone (law rows A4, C11, D17). */
export interface Receipt {
  readonly extractionId: string
  readonly requestId: string
  readonly reference: string
  /** what a program took, or what somebody saw who looked by hand */
  readonly came: { readonly result: Result } | { readonly byHand: ByHand }
  /** why, as on the notice */
  readonly why: readonly string[]
  readonly takenAt: Date
  /** `YYYY-MM-DD` */
  readonly reviewOn: string | undefined
  readonly destroyedAt: Date | undefined
  readonly withdrawnAt: Date | undefined
  /** whether agreement was given, and so can be withdrawn */
  readonly byAgreement: boolean
  readonly child: boolean
  readonly device: DeviceKind
  readonly language: string
  readonly givenBy: string | undefined
}

/** The receipt of an extraction, for whoever gives it. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function receiptOf(ops: Ops, actor: Actor, extractionId: string): Promise<Receipt> {
  await mustAllow(ops, actor, 'receipt.give', { of: 'extraction', id: extractionId })
  return read(ops, extractionId)
}

/**
 * The receipt behind a code, for whoever holds it; logged before it is shown. A code that is not of its form is asked for like any other. Throws
 * ActionError NOT_FOUND.
 */
export async function openReceipt(ops: Ops, typed: string): Promise<Receipt & { readonly code: string }> {
  const code = readReceiptCode(typed)
  const digest = receiptDigest(code)
  const row = await ops.store.db
    .selectFrom('extractions')
    .select(['id', 'request_id'])
    .where('receipt_digest', '=', digest)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  await ops.journal.record({
    kind: 'receipt.seen',
    actor: DEVICE_USER,
    ...underGrant(await grantOf(ops, row.request_id)),
    details: { extraction: row.id, receipt: digest.toString('hex') },
  })
  return { ...(await read(ops, row.id)), code }
}

/** Whether a code is the one of an extraction's receipt. */
export async function isReceiptCode({ store: { db } }: Ops, extractionId: string, typed: string): Promise<boolean> {
  const row = await db
    .selectFrom('extractions')
    .select('id')
    .where('id', '=', extractionId)
    .where('receipt_digest', '=', receiptDigest(readReceiptCode(typed)))
    .executeTakeFirst()
  return row !== undefined
}

async function read(ops: Ops, id: string): Promise<Receipt> {
  const { db } = ops.store
  const row = await db
    .selectFrom('extractions')
    .leftJoin('holdings', 'holdings.extraction_id', 'extractions.id')
    .select(['request_id', 'result', 'finished_at', 'review_on', 'destroyed_at', 'state'])
    .where('extractions.id', '=', id)
    .executeTakeFirst()
  if (row === undefined || row.result === null || (row.state !== 'sealed' && row.state !== 'recorded')) throw notFound()
  const byHand = row.state === 'recorded' ? (row.result as unknown as ByHand) : undefined
  const grant = await grantOfDevice(ops, row.request_id)
  const [notice, agreement, withdrawal] = await Promise.all([
    db
      .selectFrom('notices')
      .select(['document', 'language'])
      .where('request_id', '=', row.request_id)
      .orderBy('served_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('agreements')
      .select(['outcome', 'given_by'])
      .where('request_id', '=', row.request_id)
      .orderBy('happened_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db.selectFrom('withdrawals').select('happened_at').where('request_id', '=', row.request_id).executeTakeFirst(),
  ])
  return {
    extractionId: id,
    requestId: row.request_id,
    reference: grant.request.reference,
    came: byHand === undefined ? { result: row.result as unknown as Result } : { byHand },
    why: whyOf(notice?.document, grant.envelope),
    takenAt: byHand === undefined ? (row.finished_at ?? ops.now()) : new Date(byHand.to),
    reviewOn: byHand?.review_on ?? row.review_on ?? undefined,
    destroyedAt: row.destroyed_at ?? undefined,
    withdrawnAt: withdrawal?.happened_at,
    byAgreement: agreement?.outcome === 'agreed',
    child: grant.device.user_is === 'child',
    device: grant.device.device_kind,
    language: notice?.language ?? 'en',
    givenBy: agreement?.given_by,
  }
}

/** In the words of the notice that was served, where there was one; else the lines of enquiry as they were authorised. */
function whyOf(notice: Record<string, unknown> | undefined, envelope: string): string[] {
  const part = (notice as unknown as Paper | undefined)?.parts?.find(({ key }) => key === 'reason')
  // Its first list are the lines of enquiry; the others say why this device, and what else was thought of.
  const told = part?.paragraphs.find(({ items }) => items !== undefined)?.items ?? []
  if (told.length > 0) return [...told]
  const statement = readStatement(openEnvelope(envelope).payload)
  return 'authorisation' in statement
    ? statement.authorisation.lines_of_enquiry.map(({ proposition }) => proposition)
    : []
}
