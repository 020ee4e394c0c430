import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantOfDevice, underGrant } from './live-grant.ts'
import { newReceiptCode, receiptDigest } from './receipt-code.ts'

/** How a receipt was given. */
export const RECEIPT_MANNERS = ['paper', 'screen', 'post'] as const
export type ReceiptManner = (typeof RECEIPT_MANNERS)[number]

/**
 * Gives the device user a receipt: a code that opens the page about it, told once and kept by nobody; the service keeps its digest (law rows A4, C11).
 * `again`: the earlier one was lost, and its code ends. Throws ActionError NOT_ALLOWED, NOT_NOW `NOT_SEALED`, `GIVEN`.
 */
export async function giveReceipt(
  ops: Ops,
  actor: Actor,
  { extractionId, manner, again = false }: { extractionId: string; manner: ReceiptManner; again?: boolean },
): Promise<string> {
  await mustAllow(ops, actor, 'receipt.give', { of: 'extraction', id: extractionId })
  const { db } = ops.store
  const row = await db
    .selectFrom('extractions')
    .select(['request_id', 'state', 'receipt_digest'])
    .where('id', '=', extractionId)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.state !== 'sealed' && row.state !== 'recorded')
    throw new ActionError(
      'NOT_NOW',
      'NOT_SEALED',
      'nothing was taken that a receipt could be for',
      'wait until it is done',
    )
  if (row.receipt_digest !== null && !again)
    throw new ActionError('NOT_NOW', 'GIVEN', 'a receipt was given already', 'make a new one only if it was lost')
  const grant = await grantOfDevice(ops, row.request_id)
  const code = newReceiptCode(ops.random)
  const digest = receiptDigest(code)
  await ops.journal.record({
    kind: 'receipt.given',
    actor: actor.id,
    ...underGrant(grant),
    details: { extraction: extractionId, receipt: digest.toString('hex'), manner },
  })
  const given = await db
    .updateTable('extractions')
    .set({ receipt_digest: digest })
    .where('id', '=', extractionId)
    .where('receipt_digest', row.receipt_digest === null ? 'is' : '=', row.receipt_digest)
    .executeTakeFirst()
  if (given.numUpdatedRows === 0n)
    throw new ActionError('NOT_NOW', 'GIVEN', 'somebody else has just given a receipt', 'ask who gave it')
  return code
}
