import type { Scope } from '../../scope/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { newId } from '../new-id.ts'
import { openOne } from '../case/open-one.ts'
import type { Actor, Ops } from '../ops.ts'
import { digestOfWritten } from '../request/document-of.ts'
import { withoutLateParts } from '../request/late-part.ts'
import { inTurn } from '../turn.ts'
import { wholeRequest } from '../whole-request.ts'
import { type Narrowing, narrower } from './narrower.ts'
import { mustHaveReasons, type Reasons, reasonsDigest } from './reasons.ts'

export interface NarrowInput extends Reasons, Narrowing {
  readonly requestId: string
}

/**
 * Offers less than was asked. Makes the next version of the request, a draft with the smaller scope: it grants nothing, because another scope needs a
 * notice, an agreement and a decision of its own (law row B29). Gives its id. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW, NOT_VALID.
 */
export async function narrowRequest(ops: Ops, actor: Actor, input: NarrowInput): Promise<{ nextId: string }> {
  const about = await mustAllow(ops, actor, 'decision.narrow', { of: 'request', id: input.requestId })
  const reasons = mustHaveReasons(input)
  await openOne(ops, about.caseId)
  return inTurn(ops, input.requestId, ['submitted'], async (request) => {
    const { written } = await wholeRequest(ops.store, request.id)
    const made = narrower(written.document.scope ?? [], input)
    if ('faults' in made) {
      const [fault] = made.faults
      throw new ActionError('NOT_VALID', fault?.reason ?? 'NOTHING_CHANGED', fault?.says ?? '')
    }
    const next = {
      beliefs: { ...withoutLateParts(written.beliefs), look_again: toLookAt(written.document.scope ?? [], made.scope) },
      document: { ...written.document, scope: made.scope },
    }
    const nextId = newId(ops.random)
    const version = request.version + 1
    await ops.journal.record({
      kind: 'authorisation.narrowed',
      actor: actor.id,
      case: about,
      details: {
        request: request.id,
        version: request.version,
        document: digestOfWritten(written),
        reasons: reasonsDigest(reasons),
        next: nextId,
        next_document: digestOfWritten(next),
        clauses: made.scope.length,
      },
    })
    await ops.journal.record({
      kind: 'request.started',
      actor: actor.id,
      case: about,
      details: { request: nextId, version, device: request.device_id, supersedes: request.id },
    })
    await ops.store.db.transaction().execute(async (db) => {
      await db
        .insertInto('decisions')
        .values({
          request_id: request.id,
          outcome: 'narrowed',
          ...reasons,
          decided_by: actor.id,
          decided_at: ops.now(),
        })
        .execute()
      await db.updateTable('requests').set({ status: 'narrowed' }).where('id', '=', request.id).execute()
      await db
        .insertInto('requests')
        .values({
          id: nextId,
          case_id: request.case_id,
          device_id: request.device_id,
          reference: request.reference,
          version,
          supersedes: request.id,
          document: JSON.stringify(next.document),
          beliefs: JSON.stringify(next.beliefs),
          requested_by: request.requested_by,
          created_at: ops.now(),
        })
        .execute()
    })
    return { nextId }
  })
}

/** What may speak of what is gone: both reasons, and the lines of whatever was taken out or shortened. */
function toLookAt(before: Scope, after: Scope): string[] {
  const changed = before.filter((clause) => !after.includes(clause))
  return [...new Set(changed.map((clause) => clause.line_of_enquiry)), 'necessity', 'proportionality']
}
