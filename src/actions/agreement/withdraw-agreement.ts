import {
  type CopyToRead,
  type Language,
  type Paper,
  paperDigest,
  withdrawalLetter,
  type WithdrawalStage,
} from '../../notice/index.ts'
import { britishDay } from '../../records/index.ts'
import type { ExtractionState, RequestStatus } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { endGrant } from '../decision/end-grant.ts'
import { audienceOf } from '../notice/prepare-notice.ts'
import { inside } from '../inside.ts'
import type { Actor, Ops } from '../ops.ts'
import { readReceiptCode, receiptDigest } from '../extraction/receipt-code.ts'
import { destroyHandedIn } from '../extraction/destroy-upload.ts'
import type { Source } from '../extraction/start-extraction.ts'
import { lastEventOf } from '../extraction/started-events.ts'
import { stopExtractions } from '../extraction/stop-extraction.ts'
import { inTurn } from '../turn.ts'
import { wholeRequest, type WholeRequest } from '../whole-request.ts'

/** Who the log says acted where somebody proved by the code on their receipt that the device is theirs. */
export const DEVICE_USER = 'device-user'

/** How a change of mind reached the force. */
export const WITHDRAWAL_CHANNELS = ['page', 'telephone', 'paper', 'in-person', 'other'] as const
export type WithdrawalChannel = (typeof WITHDRAWAL_CHANNELS)[number]

/** What follows from a withdrawal. */
export interface Withdrawn {
  readonly withdrawalId: string
  readonly stage: WithdrawalStage
  readonly letter: Paper
}

/** Where agreement stands and can be taken back. */
const WITHDRAWABLE: readonly RequestStatus[] = [
  'agreed',
  'submitted',
  'returned',
  'granted',
  'expired',
  'narrowed',
  'refused',
]
/** Days in which it is decided what of the material has to stay. */
const DECIDED_WITHIN = 28
const DAY = 24 * 60 * 60 * 1000

/**
 * Records that agreement was withdrawn, before, during or after the extraction (law row B23). Whatever is queued or running is told to stop, a grant
 * ends, what was handed in is destroyed, and a letter says what happens now, and who answers for a copy that is not the service's. Needs no reason, and nobody's leave. Throws ActionError NOT_NOW where there is no agreement to withdraw.
 */
export async function withdrawAgreement(
  ops: Ops,
  actor: Actor,
  input: { readonly requestId: string; readonly channel: WithdrawalChannel },
): Promise<Withdrawn> {
  const about = await mustAllow(ops, actor, 'agreement.withdraw', { of: 'request', id: input.requestId })
  return withdraw(ops, about, input.requestId, { actor: actor.id, takenBy: actor.id, channel: input.channel })
}

/**
 * The same, by whoever holds the code on the receipt: the code is the proof, and there is no account. Throws ActionError NOT_FOUND for a code of
 * nothing, NOT_NOW.
 */
export async function withdrawByCode(ops: Ops, code: string): Promise<Withdrawn> {
  const found = await ops.store.db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .select(['requests.id', 'cases.id as caseId', 'cases.pseudonym'])
    .where('receipt_digest', '=', receiptDigest(readReceiptCode(code)))
    .executeTakeFirst()
  if (found === undefined) throw notFound()
  const { id, caseId, pseudonym } = found
  return withdraw(ops, { caseId, pseudonym }, id, { actor: DEVICE_USER, takenBy: null, channel: 'page' })
}

async function withdraw(
  ops: Ops,
  about: { caseId: string; pseudonym: string },
  requestId: string,
  by: { actor: string; takenBy: string | null; channel: WithdrawalChannel },
): Promise<Withdrawn> {
  const withdrawn = await inTurn(ops, requestId, WITHDRAWABLE, async (request) => {
    const whole = await wholeRequest(ops.store, request.id)
    if (whole.agreement?.outcome !== 'agreed' || whole.withdrawal !== undefined)
      throw new ActionError('NOT_NOW', 'NO_AGREEMENT', 'there is no agreement here that could be withdrawn')
    const now = ops.now()
    const grant = whole.decisions.find(({ outcome }) => outcome === 'granted')
    const leaf = grant?.leaf ?? undefined
    const { stage, letter } = await ops.store.db.transaction().execute(async (db) => {
      // Whoever is about to seal an extract has its row, or waits for it: the letter says what is so.
      const extractions = await db
        .selectFrom('extractions')
        .select(['id', 'state', 'source'])
        .where('request_id', '=', request.id)
        .forUpdate()
        .execute()
      const uploads = await db
        .selectFrom('uploads')
        .select('id')
        .where('request_id', '=', request.id)
        .where('destroyed_at', 'is', null)
        .execute()
      const stage = await stageOf(inside(ops, db), about.caseId, extractions)
      const copies: CopyToRead[] = [
        ...(uploads.length > 0 ? (['handed-in'] as const) : []),
        ...(extractions.some(isFromKiosk) ? (['kiosk'] as const) : []),
      ]
      const byHand = extractions.some(({ state }) => state === 'looking')
      const letter = letterOf(ops, whole, { stage, copies, byHand, now })
      await ops.journal.record({
        kind: 'agreement.withdrawn',
        actor: by.actor,
        case: about,
        subject: [{ name: 'letter', digest: paperDigest(letter) }],
        ...(leaf !== undefined && { authorisation: leaf }),
        details: {
          request: request.id,
          version: request.version,
          stage,
          received: by.channel,
          letter: paperDigest(letter),
        },
      })
      // First of all it stops: what follows are papers.
      await db
        .updateTable('extractions')
        .set({ stop: 'agreement-withdrawn', stop_by: by.actor })
        .where('request_id', '=', request.id)
        .where('state', 'in', ['queued', 'running', 'looking'])
        .execute()
      return { stage, letter }
    })
    if (grant !== undefined && grant.ended_at === null)
      await endGrant(ops, { actor: by.actor, case: about, grant, because: 'agreement-withdrawn' })
    return ops.store.db.transaction().execute(async (db) => {
      const { id } = await db
        .insertInto('withdrawals')
        .values({
          request_id: request.id,
          happened_at: now,
          taken_by: by.takenBy,
          channel: by.channel,
          stage,
          letter: JSON.stringify(letter),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db.updateTable('requests').set({ status: 'withdrawn' }).where('id', '=', request.id).execute()
      return { withdrawalId: id, stage, letter }
    })
  })
  await letGo(ops, requestId, by.actor)
  return withdrawn
}

/** Ends what waits and destroys what was handed in. It was withdrawn already, whatever fails here: the clock and the workers do it again. */
async function letGo(ops: Ops, requestId: string, by: string): Promise<void> {
  try {
    await stopExtractions(ops, requestId, 'agreement-withdrawn', by)
    await destroyHandedIn(ops, requestId)
  } catch {
    // `destroyAbandoned` and `runExtraction` tell of what goes on failing.
  }
}

/** Whether a request's extractions read, or were to read, a copy at the kiosk: one that the service did not make and cannot destroy. */
export async function readsAtKiosk({ store: { db } }: Ops, requestId: string): Promise<boolean> {
  const rows = await db.selectFrom('extractions').select('source').where('request_id', '=', requestId).execute()
  return rows.some(isFromKiosk)
}

function isFromKiosk({ source }: { readonly source: unknown }): boolean {
  return (source as Partial<Source>).kind === 'kiosk'
}

/** Whether anything was taken already, or is being taken. What the log says was finished is sealed, whoever was ended before saying so. */
async function stageOf(
  ops: Ops,
  caseId: string,
  extractions: readonly { readonly id: string; readonly state: ExtractionState }[],
): Promise<WithdrawalStage> {
  if (extractions.some(({ state }) => state === 'sealed' || state === 'recorded')) return 'after'
  if (extractions.some(({ state }) => state === 'looking')) return 'during'
  const running = extractions.find(({ state }) => state === 'running')
  if (running === undefined) return 'before'
  return (await lastEventOf(ops, caseId, running.id)) === 'extraction.finished' ? 'after' : 'during'
}

function letterOf(
  ops: Ops,
  whole: WholeRequest,
  { stage, copies, byHand, now }: { stage: WithdrawalStage; copies: readonly CopyToRead[]; byHand: boolean; now: Date },
): Paper {
  const { request, agreement, notice } = whole
  const options = {
    force: ops.force,
    language: (notice?.language ?? 'en') as Language,
    audience: audienceOf(agreement?.given_by as Parameters<typeof audienceOf>[0], whole),
    device: whole.device.device_kind,
    reference: request.reference,
    on: britishDay(now),
    copies,
  }
  if (stage === 'before') return withdrawalLetter({ ...options, stage })
  // An extraction that is stopped leaves nothing behind. By hand there may be pictures, and what becomes of them is decided.
  if (stage === 'during' && !byHand) return withdrawalLetter({ ...options, stage, kept: false })
  const decideBy = britishDay(now.getTime() + DECIDED_WITHIN * DAY)
  return withdrawalLetter({ ...options, stage, decideBy })
}
