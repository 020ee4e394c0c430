import {
  type Authorisation,
  authorise,
  checkAuthorisation,
  checkDocument,
  type Granted,
} from '../../authorisation/index.ts'
import { writeEnvelope } from '../../signature/index.ts'
import { ActionError } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { personKey, trustedKeys } from './person-key.ts'

/** An authorisation that two people signed, and that grants what it says. */
export interface SignedAuthorisation {
  readonly envelope: string
  readonly granted: Granted
}

/**
 * Has a document signed by both people whom it names, and checks what came of it as anybody would, before it counts. `before`: envelopes of every earlier
 * grant under the same reference, and the people who signed them. Throws ActionError NOT_VALID with the code of the first refusal.
 */
export async function signAuthorisation(
  ops: Ops,
  document: Authorisation,
  before: readonly { readonly envelope: string; readonly people: readonly string[] }[],
): Promise<SignedAuthorisation> {
  const { authorisation, faults } = checkDocument(document)
  if (authorisation === undefined)
    throw new ActionError(
      'NOT_VALID',
      'NOT_LAWFUL',
      `${faults[0]?.path.join('.')} ${faults[0]?.message}`.trim(),
      faults[0]?.hint,
    )
  const { requested_by: requester, authorised_by: authoriser } = authorisation
  const envelope = writeEnvelope(
    authorise(authorisation, await personKey(ops, requester.id), await personKey(ops, authoriser.id)),
  )
  const people = [requester.id, authoriser.id, ...before.flatMap((one) => one.people)]
  const decision = checkAuthorisation(envelope, {
    trust: await trustedKeys(ops, people),
    // One that begins later grants nothing yet: it is judged by its first moment.
    now: Math.max(ops.now().getTime(), Date.parse(authorisation.valid.from)),
    versions: before.map((one) => one.envelope),
  })
  if (!decision.granted) {
    const [refusal] = decision.refusals
    throw new ActionError('NOT_VALID', refusal?.code ?? 'INVALID', refusal?.message ?? '', refusal?.hint)
  }
  return { envelope, granted: decision }
}
