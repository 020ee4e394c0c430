import { type Envelope, IN_TOTO, type PrivateKey, sealEnvelope } from '../signature/index.ts'
import type { Authorisation } from './authorisation.ts'
import { AuthorisationError } from './errors.ts'
import { isSamePerson } from './rules.ts'
import { writeStatement } from './statement.ts'

/**
 * Signs an authorisation by the two people whom it names. Throws AuthorisationError `SAME_KEY` or `SAME_PERSON`: one person
 * with one key is not an authorisation. Deterministic. Where the two sign on two machines, `writeStatement`, `signPayload`
 * on each and `joinEnvelope` do the same.
 */
export function authorise(authorisation: Authorisation, requester: PrivateKey, authoriser: PrivateKey): Envelope {
  if (requester.keyid === authoriser.keyid)
    throw new AuthorisationError(
      'SAME_KEY',
      'the requester and the authoriser sign with the same key',
      'give two keys: nobody authorises their own request',
    )
  if (isSamePerson(authorisation.requested_by.id, authorisation.authorised_by.id))
    throw new AuthorisationError(
      'SAME_PERSON',
      'the requester and the authoriser are the same person',
      'have another officer decide: nobody authorises their own request',
    )
  const roles = { requester: requester.keyid, authoriser: authoriser.keyid }
  return sealEnvelope(IN_TOTO, writeStatement(authorisation, roles), [requester, authoriser])
}
