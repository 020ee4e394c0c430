import type { Authorisation } from '../../authorisation/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { openOne } from '../case/open-one.ts'
import type { Actor, Ops } from '../ops.ts'
import { documentOf } from '../request/document-of.ts'
import { requestOf } from '../request/read-request.ts'
import { inTurn } from '../turn.ts'
import { mustBeAllowedIfJournalistic } from './decide-journalistic.ts'
import { endGrant } from './end-grant.ts'
import { mustHaveReasons, type Reasons, reasonsDigest } from './reasons.ts'
import { signAuthorisation } from './signed-authorisation.ts'
import { mustBeAsSubmitted } from './submission.ts'

/** A grant, with the time in which it may be used. */
export interface GrantInput extends Reasons {
  readonly requestId: string
  /** absent: from now on */
  readonly validFrom?: Date
  readonly validUntil: Date
}

/** Longest time, in days, for which a grant can be given: what is not extracted by then needs a new decision. */
export const LONGEST_GRANT = 90
const DAY = 24 * 60 * 60 * 1000

/**
 * Grants a request: by somebody of sufficient rank who is not its requester (law rows B27, H3), with a reason for each of the two tests (B4), exactly as it
 * was sent. The authorisation is signed by both and checked before it counts; a grant of the version before ends (B29). Nobody can alter it afterwards.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW where somebody else has decided, NOT_VALID.
 */
export async function grantRequest(
  ops: Ops,
  actor: Actor,
  input: GrantInput,
): Promise<{ digest: string; leaf: number; validUntil: Date }> {
  const about = await mustAllow(ops, actor, 'decision.grant', { of: 'request', id: input.requestId })
  const reasons = mustHaveReasons(input)
  await openOne(ops, about.caseId)
  return inTurn(ops, input.requestId, ['submitted'], async (row) => {
    const read = await requestOf(ops.store, row.id)
    await mustBeAsSubmitted(ops, read.whole)
    await mustBeAllowedIfJournalistic(ops, row.id, read.whole.written)
    // Withdrawn in the meantime: PCSC Act 2022 s.37(1)(b).
    if (read.whole.withdrawal !== undefined) throw new ActionError('NOT_NOW', 'WITHDRAWN', 'agreement was withdrawn')
    const now = ops.now()
    const valid = validity(input, now, read.document.instrument?.expires)
    const authorisedBy = { id: actor.id, name: actor.name, rank: actor.rank ?? '' }
    const document = documentOf(read, read.soFar.agreement, { requestedBy: read.requestedBy, authorisedBy }, valid)
    const before = await grantsBefore(ops, row.reference, row.version)
    const { envelope, granted } = await signAuthorisation(ops, document, before)
    const { leaf } = await ops.journal.record({
      kind: 'authorisation.granted',
      actor: actor.id,
      case: about,
      subject: [{ name: 'authorisation', digest: granted.digest }],
      details: {
        request: row.id,
        version: row.version,
        authorisation: granted.digest,
        requested_by: row.requested_by,
        narrowed: await isNarrowed(ops, row.supersedes),
        clauses: granted.scope.length,
        valid_from: valid.from,
        valid_until: valid.until,
        reasons: reasonsDigest(reasons),
      },
    })
    const last = before.at(-1)
    if (last !== undefined && last.grant.ended_at === null)
      await endGrant(ops, { actor: actor.id, case: about, grant: last.grant, because: 'varied', by: granted.digest })
    await ops.store.db.transaction().execute(async (db) => {
      await db
        .insertInto('decisions')
        .values({
          request_id: row.id,
          outcome: 'granted',
          ...reasons,
          decided_by: actor.id,
          decided_at: now,
          envelope,
          digest: granted.digest,
          valid_until: new Date(valid.until),
          leaf,
        })
        .execute()
      await db.updateTable('requests').set({ status: 'granted' }).where('id', '=', row.id).execute()
      if (last !== undefined)
        await db
          .updateTable('requests')
          .set({ status: 'superseded' })
          .where('id', '=', last.grant.request_id)
          .where('status', '=', 'granted')
          .execute()
    })
    return { digest: granted.digest, leaf, validUntil: new Date(valid.until) }
  })
}

/** What is wrong with the time of a grant; undefined where nothing is. */
export function validityFault(
  { validFrom, validUntil }: Pick<GrantInput, 'validFrom' | 'validUntil'>,
  now: Date,
  /** of the document that the power rests on */
  expires?: string,
): { field: 'validFrom' | 'validUntil'; reason: string; says: string } | undefined {
  const from = validFrom !== undefined && validFrom > now ? validFrom : now
  if (Number.isNaN(from.getTime())) return { field: 'validFrom', reason: 'NO_DAY', says: 'Enter a real date.' }
  if (Number.isNaN(validUntil.getTime())) return { field: 'validUntil', reason: 'NO_DAY', says: 'Enter a real date.' }
  if (validUntil <= from)
    return { field: 'validUntil', reason: 'ENDS_BEFORE_IT_BEGINS', says: 'The grant must end after it begins.' }
  if (expires !== undefined && validUntil.getTime() > Date.parse(expires))
    return {
      field: 'validUntil',
      reason: 'OUTLASTS_INSTRUMENT',
      says: 'The grant must not outlast the warrant, order or other document that the power rests on.',
    }
  if (validUntil.getTime() - from.getTime() > LONGEST_GRANT * DAY)
    return {
      field: 'validUntil',
      reason: 'TOO_LONG',
      says: `A grant lasts at most ${LONGEST_GRANT} days: after that the tests must be made again.`,
    }
  return undefined
}

function validity(input: GrantInput, now: Date, expires: string | undefined): Authorisation['valid'] {
  const fault = validityFault(input, now, expires)
  if (fault) throw new ActionError('NOT_VALID', fault.reason, fault.says)
  const from = input.validFrom !== undefined && input.validFrom > now ? input.validFrom : now
  return { from: from.toISOString(), until: input.validUntil.toISOString() }
}

/** Earlier grants under a reference, oldest first, with who signed each. */
async function grantsBefore({ store: { db } }: Ops, reference: string, version: number) {
  const rows = await db
    .selectFrom('decisions')
    .innerJoin('requests', 'requests.id', 'decisions.request_id')
    .selectAll('decisions')
    .select('requested_by')
    .where('reference', '=', reference)
    .where('version', '<', version)
    .where('outcome', '=', 'granted')
    .orderBy('version')
    .execute()
  return rows.map(({ requested_by, ...grant }) => ({
    grant,
    envelope: grant.envelope ?? '',
    people: [requested_by, grant.decided_by],
  }))
}

async function isNarrowed({ store: { db } }: Ops, supersedes: string | null): Promise<boolean> {
  if (supersedes === null) return false
  const row = await db.selectFrom('requests').select('status').where('id', '=', supersedes).executeTakeFirst()
  return row?.status === 'narrowed'
}
