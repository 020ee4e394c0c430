import type { Selectable } from 'kysely'
import {
  type AuthorisationDecision,
  checkAuthorisation,
  type Granted,
  type RefusalCode,
  type SourceDevice,
} from '../../authorisation/index.ts'
import { type PublicKey, readPublicKeys } from '../../signature/index.ts'
import type { CasesTable, DevicesTable, RequestsTable } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'

/** A grant as it was signed, and what belongs to it. */
export interface Grant {
  readonly request: Selectable<RequestsTable>
  readonly case: Selectable<CasesTable>
  readonly device: Selectable<DevicesTable>
  readonly envelope: string
  /** index in the log of the grant */
  readonly leaf: number
  readonly decidedBy: string
  readonly validUntil: Date | null
  /** keys of the people who signed it and its other versions, each with the person's id */
  readonly trust: readonly PublicKey[]
  /** whether the user has taken back their agreement, or somebody has ended it */
  readonly ended: 'agreement-withdrawn' | 'authorisation-expired' | 'authorisation-ended' | undefined
  /** every other version of it, as envelopes */
  readonly versions: readonly string[]
}

/** Gathers the grant of a request. Throws ActionError NOT_FOUND, and NOT_NOW `NOT_GRANTED` where there is none. */
export async function grantOf({ store: { db }, keyring }: Ops, requestId: string): Promise<Grant> {
  const request = await db.selectFrom('requests').selectAll().where('id', '=', requestId).executeTakeFirst()
  if (request === undefined) throw notFound()
  const [about, device, granted, withdrawal, others] = await Promise.all([
    db.selectFrom('cases').selectAll().where('id', '=', request.case_id).executeTakeFirstOrThrow(),
    db.selectFrom('devices').selectAll().where('id', '=', request.device_id).executeTakeFirstOrThrow(),
    db
      .selectFrom('decisions')
      .selectAll()
      .where('request_id', '=', requestId)
      .where('outcome', '=', 'granted')
      .executeTakeFirst(),
    db.selectFrom('withdrawals').select('id').where('request_id', '=', requestId).executeTakeFirst(),
    db
      .selectFrom('decisions')
      .innerJoin('requests', 'requests.id', 'decisions.request_id')
      .select(['envelope', 'decided_by', 'requests.requested_by'])
      .where('requests.reference', '=', request.reference)
      .where('requests.id', '!=', requestId)
      .where('outcome', '=', 'granted')
      .execute(),
  ])
  if (granted?.envelope == null || granted.leaf === null)
    throw new ActionError('NOT_NOW', 'NOT_GRANTED', 'the request has not been granted', 'wait for the decision')
  const trust: PublicKey[] = []
  // Of every version: one that cannot be verified counts against all.
  const signers = [{ ...granted, requested_by: request.requested_by }, ...others]
  for (const person of new Set(signers.flatMap(({ requested_by, decided_by }) => [requested_by, decided_by]))) {
    const line = await keyring.publicLineOf(`person:${person}`)
    if (line !== undefined) trust.push(...readPublicKeys(`${line} id:${person}`))
  }
  return {
    request,
    case: about,
    device,
    envelope: granted.envelope,
    leaf: granted.leaf,
    decidedBy: granted.decided_by,
    validUntil: granted.valid_until,
    trust,
    ended: endedBy(request.status, withdrawal !== undefined, granted.ended_because),
    versions: others.flatMap(({ envelope }) => envelope ?? []),
  }
}

/**
 * The same for whoever is about to do something with a device. Throws what `grantOf` throws, and NOT_NOW `KEPT_RECORDINGS` where the grant is of recordings that
 * are kept from an archive: no device, and nobody whose device it is.
 */
export async function grantOfDevice(ops: Ops, requestId: string): Promise<Grant> {
  const grant = await grantOf(ops, requestId)
  mustBeOfDevice(grant.device)
  return grant
}

/** Throws ActionError NOT_NOW `KEPT_RECORDINGS` where what stands for a device is a part of an archive: more of it is proposed there. */
export function mustBeOfDevice({ from_archive }: Pick<Selectable<DevicesTable>, 'from_archive'>): void {
  if (from_archive === null) return
  throw new ActionError(
    'NOT_NOW',
    'KEPT_RECORDINGS',
    'these are recordings that were kept from an archive, and no device',
    'propose in the archive what else is to be kept',
  )
}

function endedBy(status: string, withdrawn: boolean, because: string | null): Grant['ended'] {
  if (withdrawn || because === 'agreement-withdrawn') return 'agreement-withdrawn'
  if (status === 'expired' || because === 'expired') return 'authorisation-expired'
  return status === 'granted' && because === null ? undefined : 'authorisation-ended'
}

/** Asks of a grant whether it grants anything now, and, where the source is at hand, for this device (law rows B10, B26, B29). */
export function checkGrant(grant: Grant, now: Date, device?: SourceDevice): AuthorisationDecision {
  if (grant.ended !== undefined && grant.ended !== 'authorisation-expired') return { granted: false, refusals: [ENDED] }
  return checkAuthorisation(grant.envelope, {
    trust: grant.trust,
    now: now.getTime(),
    versions: grant.versions,
    ...(device !== undefined && { device }),
  })
}

const ENDED = {
  code: 'WITHDRAWN',
  message: 'it was withdrawn, or ended before its time',
  hint: 'take nothing, and give the phone back',
} as const

/** The same, and throws ActionError NOT_NOW with the code of the first refusal where it does not. */
export function mustGrant(grant: Grant, now: Date): Granted {
  const decision = checkGrant(grant, now)
  if (decision.granted) return decision
  const [refusal] = decision.refusals
  const [says, next] = WORDS[refusal?.code as RefusalCode] ?? ['grants nothing now', NEXT]
  throw new ActionError(
    'NOT_NOW',
    refusal?.code ?? 'NOT_GRANTED',
    `the authorisation for ${grant.device.exhibit} ${says}`,
    next,
  )
}

const NEXT = 'ask the officer in the case for a new decision'

/** Why a grant grants nothing to whoever stands before the phone, and what they do next. What was signed cannot be mended here: it is decided anew. */
const WORDS: Readonly<Partial<Record<RefusalCode, readonly [says: string, next: string]>>> = {
  NOT_YET_VALID: ['does not run yet', 'wait until it begins: the request says when'],
  EXPIRED: ['has run out', NEXT],
  SUPERSEDED: ['was replaced by a later version', 'use the later version: the request names it'],
  WITHDRAWN: ['was withdrawn, or ended before its time', 'take nothing, and give the phone back'],
  SIGNATURE_MISSING: ['lacks one of its two signatures', NEXT],
  SIGNATURE_INVALID: ['was altered after it was signed', `${NEXT}, and tell whoever runs the service`],
}

/** The case of an event under a grant. */
export function underGrant(grant: Pick<Grant, 'case' | 'leaf'>) {
  return { case: { caseId: grant.case.id, pseudonym: grant.case.pseudonym }, authorisation: grant.leaf }
}
