import { checkDocument, type PowerId, restsOnAgreement } from '../../authorisation/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn, notNow } from '../turn.ts'
import { departuresOf } from './code-of-practice.ts'
import { digestOfWritten } from './document-of.ts'
import { type ReadRequest, requestOf } from './read-request.ts'

/**
 * Sends a request for decision: complete, lawful by the document's own rules, by whoever holds the beliefs in it, and where the power rests on agreement
 * only after agreement was given. Throws ActionError NOT_ALLOWED (Schedule 3: law row B20), NOT_FOUND, NOT_NOW (`REQUEST_…`, `NO_AGREEMENT`,
 * `NOT_THE_REQUESTER`), NOT_VALID (`OPEN_QUESTIONS`, `NOT_LAWFUL`).
 */
export async function submitRequest(ops: Ops, actor: Actor, { id }: { id: string }): Promise<void> {
  const about = await mustAllow(ops, actor, 'request.submit', { of: 'request', id })
  await inTurn(ops, id, ['draft', 'agreed', 'returned'], async () => {
    const request = await requestOf(ops.store, id)
    mustBeReady(request, actor)
    const { document, beliefs, device } = request
    const written = { document: { ...document, device }, beliefs }
    await ops.journal.record({
      kind: 'authorisation.requested',
      actor: actor.id,
      case: about,
      details: {
        request: id,
        version: request.version,
        document: digestOfWritten(written),
        power: document.power as string,
        purpose: document.purpose as string,
        clauses: document.scope?.length ?? 0,
        excess_risk: document.excess_information?.risk === true,
        confidential_risk: document.confidential_information?.risk === true,
        ...(beliefs.sensitive_processing && { condition: beliefs.sensitive_processing.condition }),
        ...(beliefs.code && {
          code: beliefs.code.edition,
          departures: departuresOf(beliefs.code).map(({ step }) => step.id),
        }),
      },
    })
    await ops.store.db
      .updateTable('requests')
      .set({ status: 'submitted', submitted_at: ops.now(), document: JSON.stringify(written.document) })
      .where('id', '=', id)
      .where('status', '=', request.status)
      .execute()
  })
}

function mustBeReady(request: ReadRequest, actor: Actor): void {
  const { open, document, requestedBy, soFar } = request
  // Whoever believes it says it: the belief is that of an authorised person (law rows B3, H2).
  if (requestedBy.id !== actor.id)
    throw new ActionError(
      'NOT_NOW',
      'NOT_THE_REQUESTER',
      'somebody else began this request, and the beliefs in it are theirs',
      'ask them to send it',
    )
  if (document.power !== undefined) mustBeAskedFirst(request, document.power)
  if (open.length > 0 || document.power === undefined)
    throw new ActionError(
      'NOT_VALID',
      'OPEN_QUESTIONS',
      'some questions of the request are still open',
      'its list says which',
    )
  const { faults = [] } = checkDocument(soFar)
  if (faults.length > 0)
    throw new ActionError(
      'NOT_VALID',
      'NOT_LAWFUL',
      `${faults[0]?.path.join('.')} ${faults[0]?.message}`,
      faults[0]?.hint,
    )
}

/** Where the power rests on agreement there is one, and where it does not none was asked for. */
function mustBeAskedFirst(request: ReadRequest, power: PowerId): void {
  if (restsOnAgreement(power)) mustBeAgreed(request)
  else if (request.status === 'agreed') throw notNow(request.status)
}

/** PCSC Act 2022 s.37(1)(b), s.39: agreement first, and one that still stands. */
function mustBeAgreed({ status, soFar, whole }: ReadRequest): void {
  if (status === 'draft' || soFar.agreement === undefined || whole.withdrawal !== undefined)
    throw new ActionError(
      'NOT_NOW',
      'NO_AGREEMENT',
      'this power rests on agreement, and none has been recorded that stands',
      'serve the digital processing notice and record the answer first',
    )
}
